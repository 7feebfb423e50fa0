"""What the ledger says of a paper: every step, and nothing of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain.issuance import IssuanceState, Settlement
from kiosk.store.attempts import TransitionError
from tests.store.builders import (
    CITIZEN_KEY,
    HOUSEHOLD,
    IDENTITY,
    JOB,
    PERSON,
    SHA,
    block,
    deliver_all,
    doubt_one,
    entries,
    entry_texts,
    print_one,
    reprint_of,
    reserve,
    slip_request,
    void_one,
)

if TYPE_CHECKING:
    from tests.store.builders import Bench

WAY = ["reserved", "document", "creating", "created", "sending", "accepted", "settled"]


def test_every_step_of_a_paper_is_an_entry(bench: Bench) -> None:
    bench.store.numbers.add_block(block())

    print_one(bench.store)
    deliver_all(bench.store)

    told = entries(bench.store)
    assert [entry["kind"] for entry in told] == ["block", *WAY, "acknowledged"]
    assert [entry["seq"] for entry in told] == list(range(9))
    assert {entry["kiosk"] for entry in told} == {IDENTITY.kiosk}


def test_an_entry_says_what_was_printed_by_which_job_and_when(bench: Bench) -> None:
    bench.store.numbers.add_block(block())

    number = print_one(bench.store)

    reserved, settled = entries(bench.store)[1], entries(bench.store)[-1]
    now = bench.clock.moment()
    expected = {
        "seq": 7,
        "kiosk": IDENTITY.kiosk,
        "kind": "settled",
        "number": number,
        "attempt": 1,
        "session": "session-1",
        "state": "printed",
        "document_sha256": SHA,
        "job": JOB.uuid,
        "copies": 1,
        "person": reserved["person"],
        "sealed_sha256": reserved["sealed_sha256"],
        "wall": now.wall.isoformat(),
        "mono_ms": now.monotonic_ms,
        "boot": now.boot_id,
        "clock": "synced",
    }
    assert settled == expected


def test_words_reprints_and_slips_are_entries_too(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = doubt_one(bench.store)

    bench.store.issuances.settle_by_word(issuance, came_out=False, settled_by="staff-7")
    bench.store.issuances.reprint(again := reprint_of(issuance))
    bench.store.issuances.revise(again.issuance, "bank", 2)
    bench.store.issuances.reserve_slip(slip_request())

    told = entries(bench.store)[7:]
    kinds = ["word", "superseded", "reserved", "revised", "reserved", "pickup"]
    assert [entry["kind"] for entry in told] == kinds
    assert (told[0]["settled_by"], told[0]["state"]) == ("staff-7", "voided")


def test_nothing_of_a_person_stands_in_it(bench: Bench) -> None:
    bench.store.numbers.add_block(block())

    print_one(bench.store)
    bench.store.issuances.reserve_slip(slip_request())
    deliver_all(bench.store)

    everything = "".join(entry_texts(bench.store))
    for secret in (CITIZEN_KEY, PERSON, HOUSEHOLD, block().code_key):
        assert secret not in everything


def test_one_person_has_another_mark_at_each_number(bench: Bench) -> None:
    """Else the marks of one person could be counted, and would outlive the deletion of one number."""
    bench.store.numbers.add_block(block())

    for _ in range(2):
        reserve(bench.store)

    marks = [entry["person"] for entry in entries(bench.store) if entry["kind"] == "reserved"]
    assert len(set(marks)) == 2


def test_a_step_that_fails_leaves_no_entry(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = void_one(bench.store)
    before = entry_texts(bench.store)

    with pytest.raises(TransitionError):
        bench.store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED))

    assert entry_texts(bench.store) == before
    assert bench.store.ledger.check()
