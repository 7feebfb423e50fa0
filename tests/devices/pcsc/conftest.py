"""A driver at the virtual reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from devices.pcsc.driver import PcscCardReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.simulators.pcsc.slot import Slot


@pytest.fixture(scope="module")
def reader(the_slot: Slot) -> Iterator[PcscCardReader]:
    """One driver for all tests of a module, as a kiosk has one all day long."""
    driver = PcscCardReader("pcsc:///")
    yield driver
    driver.close()
