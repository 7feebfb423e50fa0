"""The core is killed at every state of a print. After the restart the truth stands, and nothing prints."""

from __future__ import annotations

import multiprocessing
import signal
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed, Uncertain
from kiosk.flow.events import PaperPrepared, UncertainPapers
from tests.work.builders import SESSION, ObedientPrinter, prepare_paper
from tests.work.crash_child import run_until
from tests.work.workshop import Workshop, print_and_wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerContext
    from pathlib import Path

KINDS = ("certificate", "reprint", "slip")
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def nursery() -> ForkServerContext:
    """Where children are forked from: one process that has loaded what all of them need, and no more."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.work.crash_child"])
    return context


@pytest.fixture
def crash_at(nursery: ForkServerContext, tmp_path: Path) -> Callable[..., None]:
    """Let a core die at one state of a print; what it stored lies in tmp_path/state."""

    def crash(state: str, kind: str = "certificate") -> None:
        here, there = nursery.Pipe(duplex=False)
        child = nursery.Process(target=run_until, args=(tmp_path / "state", state, kind, there))
        child.start()
        there.close()
        assert here.poll(PATIENCE_S)
        assert here.recv() == state
        child.kill()
        child.join(PATIENCE_S)
        assert child.exitcode == -signal.SIGKILL

    return crash


@dataclass(frozen=True)
class Crash:
    """Where the core died, what the printer says afterwards, and what must stand in the journal then."""

    state: str
    after: str
    code: str = ""
    asked: str = ""  # what the printer is asked: nothing, to withdraw, to settle
    printer: ObedientPrinter = field(default_factory=ObedientPrinter)


# The arrows of the state chain: with each of them, every kind of paper.
ARROWS = (
    ("prepared", "voided", ""),
    ("creating", "voided", "withdraw"),
    ("created", "voided", "withdraw"),
    ("sending", "uncertain", "withdraw"),
    ("accepted", "printed", "settle"),
)
UNREACHABLE = Uncertain(DeviceCode.PRINTER_UNREACHABLE)
CRASHES = (
    Crash("prepared", "voided", "PRN-08"),
    Crash("creating", "voided", "PRN-08", "withdraw"),
    Crash("created", "voided", "PRN-08", "withdraw"),
    Crash("created", "uncertain", "PRN-01", "withdraw", ObedientPrinter(withdraws=UNREACHABLE)),
    Crash("sending", "uncertain", "PRN-09", "withdraw"),  # stopped, and its word is not believed
    Crash("accepted", "printed", "", "settle", ObedientPrinter(settles=Printed(1))),
    Crash(
        "accepted", "voided", "PRN-07", "settle", ObedientPrinter(settles=NotPrinted(DeviceCode.JOB_ABORTED))
    ),
    Crash(
        "accepted",
        "uncertain",
        "PRN-10",
        "settle",
        ObedientPrinter(settles=Uncertain(DeviceCode.JOB_VANISHED)),
    ),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("arrow", ARROWS, ids=[arrow[0] for arrow in ARROWS])
def test_kill_9_at_every_arrow_of_every_kind_of_paper(
    crash_at: Callable[..., None], tmp_path: Path, arrow: tuple[str, str, str], kind: str
) -> None:
    state, after, asked = arrow
    crash_at(state, kind)

    shop = Workshop(tmp_path / "state").start()

    assert shop.states() == (["voided", after] if kind == "reprint" else [after])
    assert shop.owed_states() == {"certificate": [after], "reprint": ["voided", after], "slip": []}[kind]
    assert len(shop.owed_pickups()) == (kind == "slip")  # the request outlives its slip
    assert shop.printer.printed == []
    questions = [question.split() for question in shop.printer.asked]
    assert [question[0] for question in questions] == ([asked] if asked else [])
    attempt = 2 if kind == "reprint" else 1
    assert all(f".{attempt}.{SESSION}" in question[1] for question in questions)
    assert all(question[2:] in ([], ["1"]) for question in questions)  # a slip is one page
    assert shop.stop()


def test_a_killed_reprint_can_be_tried_again_and_only_one_paper_counts(
    crash_at: Callable[..., None], tmp_path: Path
) -> None:
    crash_at("created", "reprint")
    shop = Workshop(tmp_path / "state").start()
    [voided] = [row for row in shop.rows("id", "superseded_by") if not row[1]]

    shop.order(replace(prepare_paper(), reprint_of=voided[0]))
    outcome = print_and_wait(shop, shop.events.wait_for(PaperPrepared)).outcome

    assert outcome == Printed(1)
    assert shop.states() == ["voided", "voided", "printed"]
    assert [bool(row[0]) for row in shop.rows("superseded_by")] == [True, True, False]
    assert shop.stop()


@pytest.mark.parametrize("crash", CRASHES, ids=lambda crash: f"{crash.state}-{crash.after}")
def test_a_killed_core_settles_by_what_it_had_stored(
    crash_at: Callable[..., None], tmp_path: Path, crash: Crash
) -> None:
    crash_at(crash.state)

    shop = Workshop(tmp_path / "state", printer=crash.printer).start()

    assert shop.states() == shop.owed_states() == [crash.after]
    [owed] = shop.bench.store.outbox.due(50)
    assert getattr(owed.item.body, "reason", None) == crash.code
    assert [question.split()[0] for question in crash.printer.asked] == ([crash.asked] if crash.asked else [])
    assert crash.printer.printed == []
    uncertain = [event for event in shop.events.all if isinstance(event, UncertainPapers)]
    assert uncertain == ([UncertainPapers(1)] if crash.after == "uncertain" else [])
    assert shop.stop()


def test_a_second_restart_finds_nothing_left_to_settle(crash_at: Callable[..., None], tmp_path: Path) -> None:
    crash_at("sending")
    assert Workshop(tmp_path / "state").start().stop()

    shop = Workshop(tmp_path / "state").start()

    assert shop.owed_states() == ["uncertain"]  # one record, not two
    assert shop.book.lines("recovery_done")[0]["count"] == 0
    assert shop.stop()


def test_cards_are_not_looked_for_before_the_recovery_is_done(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "state")
    shop.state_dir.touch()  # the store cannot be opened
    shop.crew.start(shop.worker)
    stays_shut = not shop.may_begin._passable.wait(0.3)

    shop.state_dir.unlink()
    shop.may_begin.wait()

    assert stays_shut
    assert shop.stop()
