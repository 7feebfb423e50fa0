"""The PC/SC service, which there is once on a machine, with a slot for cards of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from devices.simulators.pcsc.slot import Manners, Slot
from tests.devices.pcsc.daemon import the_only_daemon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.devices.pcsc.daemon import PcscDaemon

QUICK = Manners(slow_s=0.15, late_s=0.7)


@pytest.fixture(scope="module")
def pcscd() -> Iterator[PcscDaemon]:
    """The real service; a module that asks for it belongs to the xdist group `pcscd`."""
    with the_only_daemon() as daemon:
        yield daemon


@pytest.fixture(scope="module")
def the_slot(pcscd: PcscDaemon) -> Iterator[Slot]:
    """The virtual reader, empty, and quick faults."""
    slot = Slot(QUICK)
    yield slot
    slot.close()


@pytest.fixture
def slot(the_slot: Slot) -> Iterator[Slot]:
    """The same without faults; the last test's card may still lie there, and is swapped for the next."""
    yield the_slot
    the_slot.clear()
