"""What every `CardReader` promises, on each driver with its simulator and on real readers.

With `--hardware ADDRESS` lay a card on the reader before, and leave it there.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from devices.addresses import open_reader, open_social_reader
from devices.contract import (
    CardFound,
    CardRead,
    CardRejected,
    DeviceFault,
    NoNewCard,
    Presence,
    ReaderReady,
)
from devices.simulators.pcsc.slot import Slot
from tests.devices.idcard.cards import RESIDENT
from tests.devices.idcard.conftest import QUICK
from tests.devices.idcard.use import AMPLE, in_time, poll_until_read
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.use import until_noticed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from devices.contract import CardReader
    from devices.simulators.idcard.reader import Manners, ReaderSimulator
    from tests.devices.pcsc.daemon import PcscDaemon

SERIAL = "simulator on a serial line"
PCSC = "simulator behind pcscd"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    behind_pcscd = pytest.param(PCSC, marks=pytest.mark.xdist_group("pcscd"))
    real = [one for one in metafunc.config.getoption("--hardware") if one.startswith(("serial:", "pcsc:"))]
    metafunc.parametrize("place", [SERIAL, behind_pcscd, *real], scope="function")


@pytest.fixture
def address(place: str, request: pytest.FixtureRequest) -> str:
    """Where a reader is that has a card on it."""
    if place == SERIAL:
        plug: Callable[[Manners], ReaderSimulator] = request.getfixturevalue("plug")
        simulator = plug(QUICK)
        simulator.lay(RESIDENT)
        return simulator.address
    if place == PCSC:
        behind_pcscd: str = request.getfixturevalue("address_behind_pcscd")
        return behind_pcscd
    return place


@pytest.fixture(scope="module")
def address_behind_pcscd(pcscd: PcscDaemon) -> Iterator[str]:
    """One card lies there for all these tests, for the service takes its time to notice one."""
    slot = Slot()
    slot.lay(HOLDER)
    onlooker = open_social_reader("pcsc:///")
    until_noticed(onlooker)
    onlooker.close()
    yield "pcsc:///?reader=virtual%20pcd"
    slot.close()


def opened(address: str) -> CardReader:
    """The driver for this address."""
    return open_social_reader(address) if address.startswith("pcsc:") else open_reader(address)


@pytest.fixture
def reader(address: str) -> Iterator[CardReader]:
    """A reader with a card on it."""
    driver = opened(address)
    yield driver
    driver.close()


def test_status_tells_serial_and_the_baud_of_a_serial_line(reader: CardReader, address: str) -> None:
    status = in_time(reader.status, AMPLE)

    assert isinstance(status, ReaderReady)
    assert status.serial
    assert status.baud >= 9600 if address.startswith("serial:") else status.baud == 0


def test_a_card_is_found_and_read_whole(reader: CardReader) -> None:
    read, _ = poll_until_read(reader)

    assert read.identity.name
    assert len(read.identity.number) in {15, 18}
    assert isinstance(read.identity.birth, date)


def test_a_card_that_was_read_and_left_is_present_and_not_new(reader: CardReader) -> None:
    poll_until_read(reader)

    seen = [in_time(reader.presence, AMPLE) for _ in range(3)]
    found = [in_time(reader.find, AMPLE) for _ in range(8)]
    later = in_time(reader.presence, AMPLE)

    assert seen == [Presence.PRESENT] * 3
    assert found == [NoNewCard()] * 8
    assert later is not Presence.ABSENT


def test_reading_without_finding_is_an_outcome(reader: CardReader) -> None:
    outcome = in_time(reader.read, AMPLE)

    assert isinstance(outcome, CardRead | CardRejected | DeviceFault)


@pytest.mark.parametrize("deadline_ms", [0, 1, 30, 100])
def test_a_deadline_too_short_is_kept_all_the_same(reader: CardReader, deadline_ms: int) -> None:
    deadline = timedelta(milliseconds=deadline_ms)

    in_time(reader.status, deadline)
    in_time(reader.find, deadline)
    in_time(reader.read, deadline)
    in_time(reader.presence, deadline)

    assert isinstance(in_time(reader.status, AMPLE), ReaderReady)


def test_closing_twice_is_harmless_and_the_next_call_opens_again(reader: CardReader) -> None:
    reader.status(AMPLE)

    reader.close()
    reader.close()

    assert isinstance(in_time(reader.status, AMPLE), ReaderReady)


def test_a_card_laid_before_the_program_started_is_found(reader: CardReader) -> None:
    assert isinstance(in_time(reader.find, AMPLE), CardFound)


def test_another_program_that_read_the_card_does_not_hide_it(reader: CardReader, address: str) -> None:
    """Many readers say of a card that was read: nothing new. A program that starts must see it."""
    poll_until_read(reader)
    reader.close()
    later = opened(address)

    found = in_time(later.find, AMPLE)

    later.close()
    assert isinstance(found, CardFound)
