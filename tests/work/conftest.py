from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.backend.platform_fixtures import town
from tests.work.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["town"]


@pytest.fixture
def is_printing() -> threading.Event:
    """The flag that a running print sets."""
    return threading.Event()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    """A paper worker at work; it must end in peace."""
    made = Workshop(tmp_path / "state").start()
    yield made
    assert made.stop()
