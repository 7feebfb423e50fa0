"""Every step of a paper stands in a log that only grows, and that the platform countersigns."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from backend_client.contract import LedgerAnswer, LedgerVerdict
from backend_client.contract.ledger import (
    EMPTY_ROOT,
    Accumulator,
    Trust,
    is_consistent,
    kiosk_key_name,
    leaf_hash,
    parse_origin,
    read_checkpoint,
    verify_ledger,
)
from kiosk.domain.ledger import LedgerTrust
from kiosk.store.ledger import begin_anew
from tests.store.builders import (
    IDENTITY,
    PLATFORM_SEED,
    anchor,
    block,
    countersigned,
    entry_texts,
    print_one,
    public_key,
    reserve,
    slip_request,
    void_one,
)

if TYPE_CHECKING:
    from backend_client.contract import LedgerGrowth
    from backend_client.contract.ledger import Checkpoint
    from tests.store.builders import Bench


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

    change(bench, tampering)

    assert not bench.store.ledger.check()


def change(bench: Bench, statement: str) -> None:
    bench.store._database.run(lambda session: session.sql.execute(text(statement)) and None)


def test_the_nightly_look_finds_a_whole_ledger_that_was_written_anew(bench: Bench) -> None:
    """Entries and hashes agree with each other, but not with what the platform countersigned."""
    grow(bench, "paper")
    anchor(bench.store)
    for statement in ("DELETE FROM ledger_entry", "DELETE FROM ledger_node"):
        change(bench, statement)
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


@pytest.mark.parametrize("is_anchored", [True, False])
def test_the_export_is_verified_without_the_kiosk(
    bench: Bench,
    is_anchored: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    if is_anchored:
        grow(bench)
        anchor(bench.store)
    for _ in range(1001):  # more than are read at once
        bench.store.issuances.reserve_slip(slip_request())
    written = io.StringIO()

    count = bench.store.ledger.export(written)

    file = io.BytesIO(written.getvalue().encode())
    trust = Trust(public_key(IDENTITY.seed), public_key(PLATFORM_SEED) if is_anchored else None)
    verified = verify_ledger(file, trust, wanted=7)
    assert (verified.kiosk, verified.checkpoint.size) == (IDENTITY.kiosk, count)
    assert verified.entry.decode() == entry_texts(bench.store)[7]
    assert (verified.seen is not None) == is_anchored
