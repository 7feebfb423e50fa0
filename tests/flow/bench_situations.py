"""Technicians at work: boards with every kind of finding, a full bench, and every page of theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from devices.contract import DeviceCode
from kiosk.domain.bench import Bench, DeviceTest, PaperCount, Refill, Refilled
from kiosk.domain.fault_tree import Answer
from kiosk.domain.fault_trees import TREES
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.domain.trials import TRIALS
from kiosk.flow import states as s
from kiosk.flow import technician_states as ts
from kiosk.flow import world as w
from tests.flow.content import STAFF

SINCE = datetime(2026, 11, 23, 8, 5)  # noqa: DTZ001 - the kiosk's local time
PRINTER_BAD = Finding(
    Component.PAGE_PRINTER, Health.BAD, SINCE, DeviceCode.PRINTER_JAM, ("toner-low",), "media-jam-error"
)
READER_UNKNOWN = Finding(Component.SOCIAL_READER, Health.UNKNOWN, SINCE)


def good_board() -> Board:
    """Everything is fitted and good."""
    board = Board()
    for component in Component:
        board = board.put(Finding(component, Health.GOOD, SINCE))
    return board


BOARD = good_board().put(PRINTER_BAD).put(READER_UNKNOWN)
BENCH = Bench(
    tests=(
        DeviceTest(Component.PAGE_PRINTER, passed=False, at=SINCE, staff=STAFF, code="PRN-04", note="page"),
        DeviceTest(Component.ID_READER, passed=True, at=SINCE, staff=STAFF),
    ),
    refills=(
        Refill(Refilled.PAPER, 250, SINCE, STAFF),
        Refill(Refilled.TONER, None, SINCE, STAFF),
        Refill(Refilled.PAPER, 500, SINCE, ""),
    ),
    count=PaperCount(1234, 187, slips=56),
    serials=(("id_reader", "CVR-100 0512-20161125"), ("page_printer", "P2506 610590")),
    versions=(("kiosk", "1.0.0"), ("python", "3.11")),
)
TECHNICIAN = w.Desk(STAFF, loaded=True, technician=True, bench=BENCH)
Stage = ts.TrialStage


def _answers(component: Component, *answers: bool | None) -> tuple[Answer, ...]:
    """Answers to the first questions of the tree, whichever they are."""
    keys = [question.key for question in TREES[component].questions]
    return tuple(Answer(key, yes) for key, yes in zip(keys, answers, strict=False))


def all_unknown(component: Component) -> tuple[Answer, ...]:
    """Nothing could be told."""
    return tuple(Answer(question.key, None) for question in TREES[component].questions)


TRIAL_STEPS = tuple(
    ts.Trial(component, 0, at, stage)
    for component, steps in TRIALS.items()
    for at, step in enumerate(steps)
    for stage in ((Stage.WATCHING,) if step.awaits else (Stage.READY,) if step.device else (Stage.JUDGING,))
)
STAGES = (
    ts.Trial(Component.PAGE_PRINTER, 0, 1, Stage.READY),
    ts.Trial(Component.UPS, 0, 0, Stage.WORKING),
    ts.Trial(Component.ID_READER, 0, 0, Stage.PASSED, seen="CVR-100 0512-20161125"),
    ts.Trial(Component.ID_READER, 0, 1, Stage.PASSED, seen="resident"),
    ts.Trial(Component.SOCIAL_READER, 0, 1, Stage.WATCHING, seen="resident"),
    ts.Trial(Component.ID_READER, 0, 2, Stage.PASSED),
    ts.Trial(Component.PAGE_PRINTER, 0, 1, Stage.JUDGING),
    ts.Trial(Component.PAGE_PRINTER, 0, 1, Stage.JUDGING, seen="P2506 610590"),
    ts.Trial(Component.PAGE_PRINTER, 0, 1, Stage.FAILED, code="PRN-04"),
    ts.Trial(Component.RECEIPT_PRINTER, 0, 2, Stage.JUDGING),
    ts.Trial(Component.RECEIPT_PRINTER, 0, 2, Stage.FAILED),
    ts.Trial(Component.SCANNER, 0, 0, Stage.WATCHING, seen="other_code"),
    ts.Trial(Component.SCREEN, 0, 0, Stage.WATCHING, touched=("top_left", "middle")),
    ts.Trial(Component.LINE, 0, 0, Stage.FAILED, code="KSK-01"),
)
SEARCHES = (
    *(ts.FaultSearch(component, 0) for component in TREES),
    *(ts.FaultSearch(component, 0, all_unknown(component)) for component in TREES),
    ts.FaultSearch(Component.ID_READER, 0, _answers(Component.ID_READER, True, False)),
)
BENCH_PAGES: tuple[s.Page, ...] = (
    ts.Workbench(),
    *(ts.PartList(page) for page in (0, 3)),
    *(ts.Part(component) for component in (Component.PAGE_PRINTER, Component.ID_READER, Component.STORE)),
    *STAGES,
    ts.TrialOver(Component.PAGE_PRINTER, 0, "page", "PRN-04"),
    ts.TrialOver(Component.ID_READER, 0),
    SEARCHES[0],
    SEARCHES[-1],
    ts.FaultSearch(Component.LINE, 0, all_unknown(Component.LINE)),
    ts.RefillList(),
    ts.RefillList(Refilled.PAPER),
    ts.RefillCount(),
    ts.RefillCount(""),
    ts.RefillCount("250"),
    *(ts.Counters(page) for page in range(2)),
)
SHEET_NOTES = (
    w.SheetNote(w.SheetStage.PRINTING),
    w.SheetNote(w.SheetStage.PRINTED),
    w.SheetNote(w.SheetStage.NOT_PRINTED, "PRN-04"),
    w.SheetNote(w.SheetStage.UNCERTAIN, "PRN-09"),
)


def bench_words(quiet: s.Kiosk) -> tuple[s.Kiosk, ...]:
    """Every step of every test and every question: other words on pages of the same kind."""
    there = replace(quiet, desk=TECHNICIAN, world=replace(quiet.world, board=BOARD))
    more: tuple[s.Page, ...] = (
        *(ts.PartList(page) for page in (1, 2)),
        *(ts.RefillList(what) for what in Refilled),
    )
    pages: tuple[s.Page, ...] = (*TRIAL_STEPS, *SEARCHES, *more)
    return tuple(replace(there, page=page) for page in pages)


def bench_states(quiet: s.Kiosk) -> tuple[s.Kiosk, ...]:
    """Every page of a technician, with boards and benches as they may be."""
    there = replace(quiet, desk=TECHNICIAN, world=replace(quiet.world, board=BOARD))
    well = replace(there, world=replace(quiet.world, board=good_board()))
    unread = replace(quiet, desk=replace(TECHNICIAN, bench=None))
    return (
        *(replace(there, page=page) for page in BENCH_PAGES),
        replace(there, page=s.StaffDesk()),
        *(replace(well, page=page) for page in (ts.Workbench(), ts.Part(Component.PAGE_PRINTER))),
        replace(well, page=ts.Workbench(), sheet=SHEET_NOTES[0], sheets_under_way=1),
        replace(well, page=ts.Trial(Component.ID_READER, 0, 2, Stage.WATCHING), card_lies=True),
        *(replace(unread, page=page) for page in (ts.Workbench(), ts.PartList(), ts.Part(Component.STORE))),
        *(replace(unread, page=page) for page in (ts.RefillList(), ts.RefillCount(), ts.Counters())),
    )
