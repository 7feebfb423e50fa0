from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.backend.intake import open_intake
from tests.backend.platform_fixtures import town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.backend.intake import Intake

__all__ = ["intake", "town"]


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    """An intake for one test."""
    with open_intake(tmp_path) as opened:
        yield opened
