"""Whether a card still lies there, on readers that say so and on readers that never do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import CardFound, CardRead, CardRejected, DeviceCode, NoNewCard, Presence
from devices.idcard.driver import SerialIdCardReader
from devices.idcard.lying_card import ABSENCES, RECHECK_EVERY, LyingCard
from devices.simulators.idcard.faults import UNTIL_CLEARED, FaultName
from tests.devices.idcard.cards import OTHER, RESIDENT
from tests.devices.idcard.conftest import QUICK
from tests.devices.idcard.use import AMPLE, SHORT, poll, poll_until_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.simulators.idcard.reader import Manners, ReaderSimulator

POLLS = 3 * RECHECK_EVERY


@pytest.fixture(params=[0x80, 0x9F], ids=["says-80", "says-9F"])
def simulator(request: pytest.FixtureRequest, plug: Callable[[Manners], ReaderSimulator]) -> ReaderSimulator:
    """Both kinds of reader: what find says of a card that was read and still lies there."""
    return plug(replace(QUICK, after_read=request.param))


def test_a_card_that_stays_is_not_new(reader: SerialIdCardReader, simulator: ReaderSimulator) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)

    assert [reader.find(SHORT) for _ in range(POLLS)] == [NoNewCard()] * POLLS


@pytest.mark.parametrize("finds", [0, 1, POLLS])
def test_a_card_that_stays_is_never_absent(
    finds: int, reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    """On readers that find nothing new, a find in between costs certainty."""
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    for _ in range(finds):
        reader.find(SHORT)

    seen = {reader.presence(SHORT) for _ in range(3)}

    assert seen <= {Presence.PRESENT, Presence.UNKNOWN}
    assert finds or seen == {Presence.PRESENT}


def test_a_card_seen_to_go_stays_absent(reader: SerialIdCardReader, simulator: ReaderSimulator) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lift()

    seen = {reader.presence(SHORT)}
    reader.find(SHORT)
    seen.add(reader.presence(SHORT))

    assert seen == {Presence.ABSENT}


def test_a_card_that_was_lifted_is_absent(reader: SerialIdCardReader, simulator: ReaderSimulator) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lift()

    assert reader.presence(SHORT) is Presence.ABSENT


def test_a_lifted_card_that_is_laid_down_again_is_new(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lift()
    for _ in range(ABSENCES):
        assert reader.find(SHORT) == NoNewCard()
    simulator.lay(RESIDENT)

    assert reader.find(SHORT) == CardFound()


def test_another_card_is_new_although_nobody_saw_the_first_one_go(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lay(OTHER)

    outcomes = [poll(reader) for _ in range(RECHECK_EVERY)]

    reads = [one for one in outcomes if isinstance(one, CardRead)]
    assert [one.identity.number for one in reads] == [OTHER.number]


def test_a_card_that_was_shifted_is_still_present(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lay(RESIDENT)

    assert reader.presence(AMPLE) is Presence.PRESENT


def test_a_card_in_place_of_the_last_one_makes_that_absent_and_is_found_next(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lay(OTHER)

    assert reader.presence(AMPLE) is Presence.ABSENT
    outcome = poll(reader)
    assert isinstance(outcome, CardRead)
    assert outcome.identity.number == OTHER.number


def test_a_bank_card_in_place_of_the_last_one_makes_that_absent(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.lay(OTHER)
    simulator.fault(FaultName.NOT_ID, UNTIL_CLEARED)

    assert reader.presence(AMPLE) is Presence.ABSENT
    assert poll(reader) == CardRejected(DeviceCode.CARD_NOT_ID)


def test_a_reader_that_does_not_answer_knows_nothing_of_the_card(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.fault(FaultName.SILENT)

    assert reader.presence(SHORT) is Presence.UNKNOWN
    assert reader.presence(AMPLE) is Presence.PRESENT


def test_a_reader_that_was_unplugged_does_not_make_the_card_new(
    plug: Callable[[Manners], ReaderSimulator],
) -> None:
    """On a reader that says so each time, the number tells that it is the same card."""
    simulator = plug(replace(QUICK, after_read=0x9F))
    reader = SerialIdCardReader(simulator.address)
    simulator.lay(RESIDENT)
    poll_until_read(reader)
    simulator.fault(FaultName.DISCONNECT, moment="find")

    outcomes = [poll(reader) for _ in range(POLLS)]

    reader.close()
    assert not any(isinstance(one, CardRead | CardRejected) for one in outcomes)


@pytest.mark.parametrize(("tolerant", "is_read"), [("1", True), ("0", False)])
def test_tolerant_find_reads_a_card_that_find_does_not_see(
    tolerant: str,
    is_read: bool,  # noqa: FBT001 - a column of the table
    simulator: ReaderSimulator,
) -> None:
    reader = SerialIdCardReader(f"{simulator.address}?tolerant_find={tolerant}")
    simulator.lay(RESIDENT)
    simulator.fault(FaultName.FIND_STUCK, UNTIL_CLEARED)

    outcomes = [poll(reader) for _ in range(POLLS)]
    presence = reader.presence(AMPLE)
    simulator.lift()
    absent = reader.presence(AMPLE)

    reader.close()
    assert sum(isinstance(one, CardRead) for one in outcomes) == is_read
    assert presence is (Presence.PRESENT if is_read else Presence.ABSENT)
    assert absent is Presence.ABSENT


def test_one_absence_alone_is_no_lifting() -> None:
    card = LyingCard()
    card.lay("610590199001020027")

    card.miss()
    card.see()
    card.miss()

    assert card.is_there


def test_no_number_is_kept() -> None:
    card = LyingCard()
    card.lay("610590199001020027")

    kept = [getattr(card, name) for name in vars(card)]

    assert card.is_same("610590199001020027")
    assert not card.is_same("610590199001020019")
    assert not any("610590" in str(one) for one in kept)
