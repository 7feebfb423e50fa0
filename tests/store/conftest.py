from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.builders import Bench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A fresh store."""
    made = Bench(tmp_path / "state")
    yield made
    made.store.close()
