"""Whatever goes wrong with a card that lies there: an outcome in time, and what heals is healed.

A driver that starts takes the card that lies there for a new one, so that nobody must lay it down each time.
"""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from smartcard import scard

from devices.contract import CardRead, CardRejected, DeviceCode, DeviceFault, NoNewCard, Presence
from devices.pcsc.driver import PcscCardReader
from devices.simulators.pcsc.faults import UNTIL_CLEARED, FaultName, Moment
from tests.devices.idcard.use import AMPLE, in_time, poll
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.use import assert_reads, until_noticed, until_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.simulators.pcsc.slot import Slot

pytestmark = pytest.mark.xdist_group("pcscd")

BRIEF = timedelta(seconds=0.3)
HEALED = (
    *((FaultName.SLOW, moment) for moment in (Moment.SELECT, Moment.READ)),
    (FaultName.HALF_ANSWER, Moment.READ),
    *((FaultName.GARBAGE, moment) for moment in (Moment.SELECT, Moment.FILE, Moment.READ)),
    *((name, Moment.READ) for name in (FaultName.REFUSED, FaultName.WRONG_RECORD, FaultName.WRONG_TAG)),
    *((name, Moment.READ) for name in (FaultName.ENDLESS_61, FaultName.ENDLESS_6C)),
)
LASTING = {
    (FaultName.REFUSED, Moment.READ): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.REFUSED, Moment.FILE): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.GARBAGE, Moment.SELECT): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.HALF_ANSWER, Moment.READ): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.ENDLESS_61, Moment.READ): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.ENDLESS_6C, Moment.READ): DeviceCode.SOCIAL_CARD_UNREADABLE,
    (FaultName.WRONG_RECORD, Moment.READ): DeviceCode.SOCIAL_CARD_DAMAGED_TEXT,
    (FaultName.WRONG_TAG, Moment.READ): DeviceCode.SOCIAL_CARD_DAMAGED_TEXT,
    (FaultName.DAMAGED_TEXT, Moment.READ): DeviceCode.SOCIAL_CARD_DAMAGED_TEXT,
}


@pytest.fixture(scope="module")
def holder_lies_there(the_slot: Slot) -> None:
    """The service has noticed the holder's card."""
    the_slot.lay(HOLDER)
    onlooker = PcscCardReader("pcsc:///")
    until_noticed(onlooker)
    onlooker.close()


@pytest.fixture
def reader(slot: Slot, holder_lies_there: None) -> Iterator[PcscCardReader]:
    """A driver that has just started."""
    driver = PcscCardReader("pcsc:///")
    yield driver
    slot.clear()  # else closing would wait for a card that is silent
    driver.close()


@pytest.mark.parametrize(("name", "moment"), HEALED)
def test_the_caller_does_not_notice_what_one_more_question_heals(
    name: FaultName, moment: Moment, reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(name, moment=moment)

    assert_reads(reader, HOLDER)
    assert slot.state()["faults"] == []


@pytest.mark.parametrize(("where", "code"), LASTING.items(), ids=str)
def test_a_lasting_fault_of_the_card_has_its_code_and_is_told_once(
    where: tuple[FaultName, Moment], code: DeviceCode, reader: PcscCardReader, slot: Slot
) -> None:
    name, moment = where
    slot.fault(name, UNTIL_CLEARED, moment)

    outcome = poll(reader, AMPLE)
    again = [poll(reader) for _ in range(2)]

    assert outcome == CardRejected(code)
    assert again == [NoNewCard()] * 2


@pytest.mark.parametrize("moment", [Moment.SELECT, Moment.FILE, Moment.READ])
def test_an_answer_of_one_byte_is_a_card_taken_away_which_reads_if_it_lies_there_all_the_same(
    moment: Moment, reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(FaultName.ONE_BYTE, moment=moment)

    outcome = poll(reader, AMPLE)

    assert outcome == CardRejected(DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
    assert_reads(reader, HOLDER)


def test_a_card_that_always_breaks_off_is_not_told_of_for_ever(reader: PcscCardReader, slot: Slot) -> None:
    slot.fault(FaultName.ONE_BYTE, UNTIL_CLEARED, Moment.READ)

    outcomes = [poll(reader, AMPLE) for _ in range(6)]

    taken_away = CardRejected(DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
    assert outcomes == [taken_away, taken_away, *[NoNewCard()] * 4]


def test_a_silent_card_costs_no_call_more_than_its_deadline_and_reads_once_it_speaks(
    reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(FaultName.SILENT, moment=Moment.READ)

    outcome = poll(reader, BRIEF)
    held_up = [in_time(reader.find, BRIEF), in_time(reader.status, BRIEF), in_time(reader.presence, BRIEF)]
    slot.clear()

    assert isinstance(outcome, DeviceFault)
    assert outcome.code is DeviceCode.SOCIAL_READER_SILENT
    assert (
        held_up[0]
        == held_up[1]
        == DeviceFault(DeviceCode.SOCIAL_READER_SILENT, "an earlier call still hangs")
    )
    assert held_up[2] is Presence.UNKNOWN
    assert_reads(reader, HOLDER)


def test_an_answer_that_comes_too_late_is_not_taken_for_a_later_one(
    reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(FaultName.LATE_ANSWER, moment=Moment.READ)
    outcome = poll(reader, BRIEF)

    assert isinstance(outcome, DeviceFault)
    assert_reads(reader, HOLDER)


def test_calls_that_hang_never_pile_up_threads_and_closing_does_not_wait_for_them(
    reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(FaultName.SILENT, moment=Moment.READ)
    poll(reader, BRIEF)
    for _ in range(5):
        reader.find(timedelta(0))
    threads = [thread.name for thread in threading.enumerate()].count("pcsc")
    started = time.monotonic()
    reader.close()
    taken = time.monotonic() - started
    slot.clear()

    assert threads == 1
    assert taken < 1.0
    assert isinstance(until_outcome(reader), CardRead)


def test_a_card_that_another_program_keeps_for_itself_is_told_and_read_once_it_is_free(
    reader: PcscCardReader, slot: Slot
) -> None:
    context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)[1]
    name = scard.SCardListReaders(context, [])[1][0]
    code, card, _ = scard.SCardConnect(context, name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0)

    outcomes = [poll(reader) for _ in range(2)]
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)

    assert code == scard.SCARD_S_SUCCESS
    assert [one.code for one in outcomes if isinstance(one, DeviceFault)] == [
        DeviceCode.SOCIAL_READER_BUSY
    ] * 2
    assert_reads(reader, HOLDER)
