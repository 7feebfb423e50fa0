"""Whatever goes wrong at whatever moment: an outcome in time, and the next card reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import CardRead, CardRejected, DeviceCode, DeviceFault, NoNewCard, ReaderReady
from devices.idcard.driver import SerialIdCardReader
from devices.simulators.idcard.faults import UNTIL_CLEARED, FaultName
from tests.devices.idcard.cards import OTHER, RESIDENT
from tests.devices.idcard.conftest import QUICK
from tests.devices.idcard.use import AMPLE, SHORT, Outcome, in_time, poll, poll_until_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.simulators.idcard.reader import Manners, ReaderSimulator

HEALED = (FaultName.GARBAGE_BEFORE, FaultName.SLOW, FaultName.HALF_ANSWER, FaultName.WRONG_CHECKSUM)
LINE_FAULTS = {
    FaultName.SILENT: DeviceCode.READER_SILENT,
    FaultName.LATE_ANSWER: DeviceCode.READER_SILENT,
    FaultName.FOREIGN_FRAME: DeviceCode.READER_GARBLED,
    FaultName.DISCONNECT: DeviceCode.READER_NOT_FOUND,
    FaultName.COMES_BACK_NEW: DeviceCode.READER_NOT_FOUND,
}
CARD_FAULTS = {
    FaultName.CARD_UNREADABLE: DeviceCode.CARD_UNREADABLE,
    FaultName.NOT_ID: DeviceCode.CARD_NOT_ID,
    FaultName.NOT_GENUINE: DeviceCode.CARD_NOT_GENUINE,
    FaultName.DAMAGED_TEXT: DeviceCode.CARD_DAMAGED_TEXT,
    FaultName.LIFTED_WHILE_READING: DeviceCode.CARD_TAKEN_AWAY,
}
MOMENTS = ("find", "select", "read", "address")


def assert_next_card_reads(reader: SerialIdCardReader, simulator: ReaderSimulator) -> None:
    simulator.lift()
    for _ in range(3):
        poll(reader)
    simulator.lay(OTHER)
    read, before = poll_until_read(reader)
    assert read.identity.number == OTHER.number
    assert before == []


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", HEALED)
def test_the_caller_does_not_notice_a_fault_that_one_more_question_heals(
    name: FaultName, moment: str, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    reader.status(AMPLE)
    simulator.lay(RESIDENT)
    simulator.fault(name, moment=moment)

    outcome = poll(reader, AMPLE)

    assert isinstance(outcome, CardRead)
    assert outcome.identity.appended_address == RESIDENT.appended_address
    assert simulator.state()["faults"] == []
    assert_next_card_reads(reader, simulator)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", LINE_FAULTS)
def test_a_fault_of_the_line_has_its_code_and_costs_neither_this_card_nor_the_next(
    name: FaultName, moment: str, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    """The card need not even be lifted."""
    reader.status(AMPLE)
    simulator.lay(RESIDENT)
    simulator.fault(name, moment=moment)

    outcome = poll(reader)
    read, _ = poll_until_read(reader)

    assert isinstance(outcome, DeviceFault)
    assert outcome.code is LINE_FAULTS[name]
    assert read.identity.number == RESIDENT.number
    assert_next_card_reads(reader, simulator)


@pytest.mark.parametrize("name", CARD_FAULTS)
def test_a_fault_of_the_card_is_told_once_and_the_next_card_reads(
    name: FaultName, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    reader.status(AMPLE)
    simulator.lay(RESIDENT)
    simulator.fault(name, UNTIL_CLEARED)

    outcome = poll(reader, AMPLE)
    again = [poll(reader) for _ in range(5)]
    simulator.clear()

    assert outcome == CardRejected(CARD_FAULTS[name])
    assert again == [NoNewCard()] * 5
    assert_next_card_reads(reader, simulator)


@pytest.mark.parametrize("name", [FaultName.SELF_TEST_FAILED, FaultName.UNLICENSED])
def test_a_reader_that_cannot_work_says_so_and_recovers(
    name: FaultName, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    codes = {
        FaultName.SELF_TEST_FAILED: DeviceCode.READER_SELF_TEST,
        FaultName.UNLICENSED: DeviceCode.READER_UNLICENSED,
    }
    simulator.fault(name, UNTIL_CLEARED)

    outcomes: list[object] = [in_time(reader.status, AMPLE), *(poll(reader) for _ in range(5))]
    simulator.clear()

    assert {one.code for one in outcomes if isinstance(one, DeviceFault)} == {codes[name]}
    assert len(outcomes) == 6
    assert "10ff" in simulator.log
    assert isinstance(in_time(reader.status, AMPLE), ReaderReady)
    assert_next_card_reads(reader, simulator)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (FaultName.SILENT, DeviceCode.READER_SILENT),
        (FaultName.HALF_ANSWER, DeviceCode.READER_GARBLED),
        (FaultName.WRONG_CHECKSUM, DeviceCode.READER_GARBLED),
        (FaultName.FOREIGN_FRAME, DeviceCode.READER_GARBLED),
    ],
)
def test_a_fault_that_stays_is_a_fault_until_it_goes(
    name: FaultName, code: DeviceCode, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    reader.status(AMPLE)
    simulator.fault(name, UNTIL_CLEARED)

    outcomes = [in_time(reader.find, SHORT) for _ in range(3)]
    simulator.clear()

    assert all(isinstance(outcome, DeviceFault) for outcome in outcomes)
    assert {outcome.code for outcome in outcomes if isinstance(outcome, DeviceFault)} <= {
        code,
        DeviceCode.READER_SILENT,
        DeviceCode.READER_GARBLED,
    }
    assert isinstance(outcomes[0], DeviceFault)
    assert outcomes[0].code is code
    assert_recovers(reader)
    assert_next_card_reads(reader, simulator)


def assert_recovers(reader: SerialIdCardReader) -> None:
    statuses = [in_time(reader.status, AMPLE) for _ in range(2)]
    assert isinstance(statuses[-1], ReaderReady)


def test_a_late_answer_to_find_is_not_taken_for_the_answer_to_select(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    reader.status(AMPLE)
    simulator.fault(FaultName.LATE_ANSWER, moment="find")

    outcomes: list[Outcome] = [poll(reader)]
    read, more = poll_until_read(reader)

    assert [one for one in [*outcomes, *more] if isinstance(one, CardRejected)] == []
    assert read.identity.number == RESIDENT.number


def test_a_reader_that_came_back_as_another_node_is_the_same_reader(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    before = reader.status(AMPLE)
    old_node = simulator._link.readlink()
    simulator.lay(RESIDENT)
    simulator.fault(FaultName.COMES_BACK_NEW, moment="read")

    poll_until_read(reader)

    assert simulator._link.readlink() != old_node
    assert reader.status(AMPLE) == before


def test_a_reader_at_the_end_of_a_slow_line_is_read_whole(plug: Callable[[Manners], ReaderSimulator]) -> None:
    simulator = plug(replace(QUICK, baud=38400))
    reader = SerialIdCardReader(f"{simulator.address}?baud=38400")
    simulator.lay(RESIDENT)
    simulator.fault(FaultName.WRONG_CHECKSUM, moment="read")

    outcome = poll(reader, AMPLE)

    reader.close()
    assert isinstance(outcome, CardRead)


def test_fingerprints_are_never_asked_for(reader: SerialIdCardReader, simulator: ReaderSimulator) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    reader.presence(AMPLE)
    assert_next_card_reads(reader, simulator)

    assert "3001" in simulator.log
    assert "3010" not in simulator.log
