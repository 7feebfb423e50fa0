"""Every step of a paper stands in a log that only grows, and that the platform countersigns."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from backend_client.contract import LedgerAnswer, LedgerVerdict
from backend_client.contract.ledger import (
    EMPTY_ROOT,
    Accumulator,
    is_consistent,
    kiosk_key_name,
    leaf_hash,
    parse_origin,
    read_checkpoint,
)
from kiosk.domain.issuance import IssuanceState, Settlement
from kiosk.domain.ledger import LedgerTrust
from kiosk.store.attempts import TransitionError
from kiosk.store.ledger import begin_anew
from tests.store.builders import (
    CITIZEN_KEY,
    HOUSEHOLD,
    IDENTITY,
    JOB,
    PERSON,
    SHA,
    anchor,
    block,
    countersigned,
    deliver_all,
    doubt_one,
    entries,
    entry_texts,
    print_one,
    public_key,
    reprint_of,
    reserve,
    slip_request,
    void_one,
)

if TYPE_CHECKING:
    from backend_client.contract import LedgerGrowth
    from backend_client.contract.ledger import Checkpoint
    from tests.store.builders import Bench

WAY = ["reserved", "document", "creating", "created", "sending", "accepted", "settled"]


def read(growth: LedgerGrowth) -> Checkpoint:
    """The checkpoint, which this kiosk must have signed."""
    return read_checkpoint(growth.checkpoint, kiosk_key_name(IDENTITY.kiosk), public_key(IDENTITY.seed))


def grow(bench: Bench, kind: str = "") -> LedgerGrowth:
    """Something happens, and there is growth to show."""
    bench.store.numbers.add_block(block(count=100))
    if kind == "paper":
        print_one(bench.store)
    else:
        reserve(bench.store)
    growth = bench.store.ledger.growth()
    assert growth is not None
    return growth


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


def test_the_signed_root_is_that_of_all_entries(bench: Bench) -> None:
    growth = grow(bench, "paper")

    shown = read(growth)

    tree = Accumulator()
    for entry in entry_texts(bench.store):
        tree.append(leaf_hash(entry.encode()))
    assert (shown.size, shown.root) == (tree.size, tree.root()) == (bench.store.ledger.size(), shown.root)
    assert parse_origin(shown.origin)[0] == IDENTITY.kiosk
    assert (growth.from_size, growth.proof) == (0, ())


def test_growth_is_proven_from_what_was_countersigned_last(bench: Bench) -> None:
    first = grow(bench)
    assert bench.store.ledger.take_answer(countersigned(first)) is LedgerTrust.ANCHORED
    assert bench.store.ledger.growth() is None

    bench.reopen()
    second = grow(bench, "paper")

    old, new = read(first), read(second)
    proof = tuple(base64.b64decode(part) for part in second.proof)
    assert (second.from_size, bench.store.ledger.anchored_size()) == (old.size, old.size)
    assert is_consistent(old.size, new.size, old.root, new.root, proof)
    assert old.origin == new.origin


def test_a_platform_that_holds_another_size_of_ours_is_shown_growth_from_there(bench: Bench) -> None:
    """It countersigned, and its answer was lost; or it was set back to a backup."""
    lost = countersigned(grow(bench)).model_copy(update={"verdict": LedgerVerdict.PROVE_FROM})
    bench.store.ledger.take_answer(countersigned(grow(bench)))

    trust = bench.store.ledger.take_answer(lost)
    growth = bench.store.ledger.growth()

    assert trust is LedgerTrust.AGAIN
    assert growth is not None
    assert growth.from_size < bench.store.ledger.anchored_size() == read(growth).size
    nothing = LedgerAnswer(kiosk=IDENTITY.kiosk, verdict=LedgerVerdict.PROVE_FROM, checkpoint="")
    assert bench.store.ledger.take_answer(nothing) is LedgerTrust.AGAIN
    whole = bench.store.ledger.growth()
    assert whole is not None
    assert (whole.from_size, whole.proof) == (0, ())


@pytest.mark.parametrize("verdict", [LedgerVerdict.SHORTER, LedgerVerdict.FORK, LedgerVerdict.UNREADABLE])
def test_what_the_platform_calls_false_is_an_alarm_and_changes_nothing(
    bench: Bench, verdict: LedgerVerdict
) -> None:
    growth = grow(bench)

    trust = bench.store.ledger.take_answer(countersigned(growth).model_copy(update={"verdict": verdict}))

    assert trust is LedgerTrust.ALARM
    assert bench.store.ledger.growth() == growth
    assert bench.store.ledger.anchored_size() == 0


@pytest.mark.parametrize("verdict", [LedgerVerdict.COUNTERSIGNED, LedgerVerdict.PROVE_FROM])
@pytest.mark.parametrize("wrong", ["size", "root", "origin", "unsigned", "other platform", "kiosk", "text"])
def test_a_checkpoint_that_was_never_ours_is_not_believed(
    bench: Bench, wrong: str, verdict: LedgerVerdict
) -> None:
    """Each is off in one thing only; the answer that is right in all is taken at the end."""
    growth = grow(bench, "paper")
    right = countersigned(growth).model_copy(update={"verdict": verdict})
    lines = growth.checkpoint.split("\n")
    other_root = base64.b64encode(EMPTY_ROOT).decode()
    answers = {
        "size": countersigned(changed(growth, lines, 1, str(int(lines[1]) + 1))),
        "root": countersigned(changed(growth, lines, 2, other_root)),
        "origin": countersigned(changed(growth, lines, 0, lines[0][:-16] + "00" * 8)),
        "unsigned": right.model_copy(update={"checkpoint": growth.checkpoint}),
        "other platform": countersigned(growth, seed=b"?" * 32),
        "kiosk": right.model_copy(update={"kiosk": "CG-KSK-04"}),
        "text": right.model_copy(update={"checkpoint": "no note"}),
    }

    answer = answers[wrong].model_copy(update={"verdict": verdict})
    trust = bench.store.ledger.take_answer(answer)

    assert trust is LedgerTrust.PLATFORM_DIFFERS
    assert (bench.store.ledger.anchored_size(), bench.store.ledger.growth()) == (0, growth)
    assert bench.store.ledger.take_answer(right) is not LedgerTrust.PLATFORM_DIFFERS


def changed(growth: LedgerGrowth, lines: list[str], at: int, value: str) -> LedgerGrowth:
    note = "\n".join([*lines[:at], value, *lines[at + 1 :]])
    return growth.model_copy(update={"checkpoint": note})


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ledger_entry SET entry = replace(entry, 'printed', 'voided') WHERE seq = 7",
        "UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND position = 1",
        "DELETE FROM ledger_entry WHERE seq = (SELECT max(seq) FROM ledger_entry)",
    ],
)
def test_the_nightly_look_finds_what_was_changed(bench: Bench, tampering: str) -> None:
    grow(bench, "paper")
    anchor(bench.store)
    assert bench.store.ledger.check()

    bench.store._database.run(lambda session: session.sql.execute(text(tampering)) and None)

    assert not bench.store.ledger.check()


def test_the_nightly_look_finds_a_whole_ledger_that_was_written_anew(bench: Bench) -> None:
    """Entries and hashes agree with each other, but not with what the platform countersigned."""
    grow(bench, "paper")
    anchor(bench.store)
    for table in ("ledger_entry", "ledger_node"):
        wipe = text(f"DELETE FROM {table}")  # noqa: S608 - two names that stand here
        bench.store._database.run(lambda session, wipe=wipe: session.sql.execute(wipe) and None)
    for _ in range(9):
        void_one(bench.store)

    assert not bench.store.ledger.check()


def test_a_restored_store_goes_on_under_another_name(bench: Bench) -> None:
    before = read(grow(bench))
    anchor(bench.store)

    ended = bench.store._database.run(lambda session: begin_anew(session, IDENTITY.kiosk))
    growth = bench.store.ledger.growth()

    assert growth is not None
    after = read(growth)
    assert (ended, growth.from_size, bench.store.ledger.anchored_size()) == (before.origin, 0, 0)
    assert (after.origin != before.origin, after.root) == (True, before.root)
