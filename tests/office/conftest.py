from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain.staff import StaffAccount, hash_pin
from tests.office.hall import Hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def account() -> StaffAccount:
    """A member of staff whose PIN is 483920."""
    salt = bytes(range(16))
    return StaffAccount("1042", "李芳", salt, hash_pin("483920", salt))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """An office that is open; it must end in peace."""
    made = Hall(tmp_path)
    made.open()
    yield made
    assert made.close()
