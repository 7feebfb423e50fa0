"""The way of a number through the journal: TX1, TX2, TX3, and no short cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import (
    CertificateRecord,
    PaperState,
    SettlementRecord,
    check_code,
)
from kiosk.domain.issuance import IssuanceState, ReservedNumber, Settlement, UncertainPaper
from kiosk.store.attempts import TransitionError
from tests.store.builders import (
    CITIZEN_KEY,
    HOUSEHOLD,
    JOB,
    LAST_DAY,
    PERSON,
    SHA,
    block,
    doubt_one,
    entries,
    print_one,
    reservation,
    reserve,
    row_of,
    void_one,
    walk,
)

if TYPE_CHECKING:
    from tests.store.builders import Bench

OPEN = (
    IssuanceState.PREPARED,
    IssuanceState.CREATING,
    IssuanceState.CREATED,
    IssuanceState.SENDING,
    IssuanceState.ACCEPTED,
)


def test_a_number_is_kept_for_another_number_of_copies(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, number = reserve(bench.store)

    kept = bench.store.issuances.revise(issuance, "employment", 2)

    assert kept == ReservedNumber(number, check_code(block().code_key, number))
    assert [left.copies for left in bench.store.issuances.open_issuances()] == [2]
    with pytest.raises(TransitionError):  # the old document is not this issuance's any more
        bench.store.issuances.begin_print(issuance, SHA, JOB.name)


def test_only_the_document_that_was_prepared_is_printed(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = reserve(bench.store)

    with pytest.raises(TransitionError):
        bench.store.issuances.begin_print(issuance, "00" * 32, JOB.name)

    assert bench.store.issuances.open_issuances()[0].state is IssuanceState.PREPARED


@pytest.mark.parametrize("state", OPEN)
def test_every_step_stands_after_a_restart(bench: Bench, state: IssuanceState) -> None:
    bench.store.numbers.add_block(block())
    issuance, number = reserve(bench.store)
    walk(bench.store, issuance, state)

    bench.reopen()

    [left] = bench.store.issuances.open_issuances()
    has_job = state in {IssuanceState.CREATED, IssuanceState.SENDING, IssuanceState.ACCEPTED}
    assert (left.issuance, left.number, left.state) == (issuance, number, state)
    assert left.job == (JOB if has_job else None)


@pytest.mark.parametrize("state", OPEN[:-1])
def test_never_printed_unless_it_was_stored_that_the_printer_took_the_document(
    bench: Bench, state: IssuanceState
) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = reserve(bench.store)
    walk(bench.store, issuance, state)

    with pytest.raises(TransitionError):
        bench.store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))

    assert bench.store.issuances.open_issuances()[0].state is state
    assert bench.store.outbox.due(50) == ()


@pytest.mark.parametrize("step", ["begin_print", "note_created", "note_sending", "note_accepted"])
def test_a_settled_number_never_moves_again(bench: Bench, step: str) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = reserve(bench.store)
    bench.store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED))
    arguments = {"begin_print": (SHA, JOB.name), "note_created": (JOB,)}.get(step, ())

    with pytest.raises(TransitionError):
        getattr(bench.store.issuances, step)(issuance, *arguments)
    with pytest.raises(TransitionError):
        bench.store.issuances.settle(issuance, Settlement(IssuanceState.UNCERTAIN))

    assert len(bench.store.outbox.due(50)) == 1


def test_settling_again_in_the_same_way_changes_nothing(bench: Bench) -> None:
    """A disk that failed at the very commit may have kept it: whoever was told so tries again."""
    bench.store.numbers.add_block(block())
    issuance, _ = void_one(bench.store)
    before = entries(bench.store)

    bench.store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED, "PRN-01"))

    assert len(bench.store.outbox.due(50)) == 1
    assert entries(bench.store) == before


def test_settling_owes_one_whole_record_without_a_name(bench: Bench) -> None:
    bench.store.numbers.add_block(block())

    number = print_one(bench.store)

    [owed] = bench.store.outbox.due(50)
    now = bench.clock.wall
    assert owed.item.body == CertificateRecord(
        number=number,
        kind="JZ",
        state=PaperState.PRINTED,
        session="session-1",
        household_id=HOUSEHOLD,
        person_id=PERSON,
        citizen_key=CITIZEN_KEY,
        record_version=4,
        purpose="school",
        copies=1,
        document_sha256=SHA,
        valid_until=LAST_DAY,
        job_uuid=JOB.uuid,
        prepared_at=now,
        settled_at=now,
        prepared=bench.clock.moment().stamp(),
        settled=bench.clock.moment().stamp(),
    )


@pytest.mark.parametrize(("came_out", "state"), [(True, PaperState.PRINTED), (False, PaperState.VOIDED)])
def test_a_persons_word_settles_an_uncertain_paper_once(
    bench: Bench,
    came_out: bool,  # noqa: FBT001 - pytest passes it by name
    state: PaperState,
) -> None:
    bench.store.numbers.add_block(block())
    issuance, number = doubt_one(bench.store)
    assert bench.store.issuances.count_uncertain() == 1

    bench.clock.move(timedelta(seconds=9))
    words = [
        bench.store.issuances.settle_by_word(issuance, came_out=came_out, settled_by="resident")
        for _ in range(2)
    ]

    assert words == [True, False]
    assert bench.store.issuances.count_uncertain() == 0
    bodies = [row.item.body for row in bench.store.outbox.due(50)]
    assert [body.state for body in bodies if isinstance(body, CertificateRecord)] == [PaperState.UNCERTAIN]
    assert bodies[1] == SettlementRecord(
        number=number,
        state=state,
        settled_by="resident",
        settled_at=bench.clock.wall,
        settled=bench.clock.moment().stamp(),
    )
    row = row_of(bench.store, issuance)
    assert (row.settled_by, row.settled_at) == ("resident", bench.clock.wall.isoformat())


def test_a_word_on_a_paper_that_is_not_in_doubt_changes_nothing(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    printed, _ = reserve(bench.store)
    walk(bench.store, printed, IssuanceState.ACCEPTED)
    bench.store.issuances.settle(printed, Settlement(IssuanceState.PRINTED))
    voided, _ = void_one(bench.store)
    before = entries(bench.store)

    words = [
        bench.store.issuances.settle_by_word(issuance, came_out=True, settled_by="resident")
        for issuance in (printed, voided, "of nobody")
    ]

    assert words == [False, False, False]
    assert (row_of(bench.store, printed).state, row_of(bench.store, voided).state) == ("printed", "voided")
    assert entries(bench.store) == before


def test_what_waits_for_a_word_is_listed_oldest_first_also_under_a_clock_that_went_back(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    first, first_number = doubt_one(bench.store)
    began = bench.clock.wall
    bench.clock.move(timedelta(days=-400))
    doubt_one(bench.store)

    oldest, newer = bench.store.issuances.uncertain_papers()

    assert oldest == UncertainPaper(first, first_number, 1, "JZ", 1, "PRN-09", JOB.id, began)
    assert newer.prepared_at < oldest.prepared_at


def test_an_offline_paper_says_so_in_its_record(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    as_of = bench.clock.wall - timedelta(hours=70)
    asked = replace(reservation(), offline_as_of=as_of, pickup="Q-8F2K-71QD")

    bench.store.issuances.reserve(asked)
    bench.store.issuances.settle(asked.issuance, Settlement(IssuanceState.VOIDED))

    [owed] = bench.store.outbox.due(50)
    assert isinstance(owed.item.body, CertificateRecord)
    assert (owed.item.body.offline_as_of, owed.item.body.pickup) == (as_of, "Q-8F2K-71QD")
