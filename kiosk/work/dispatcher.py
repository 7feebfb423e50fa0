from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from kiosk.flow.commands import (
    CallStaff,
    CancelPrint,
    CheckStaff,
    EndSession,
    LoadBench,
    LoadDesk,
    LoadPicture,
    LookUp,
    PreparePaper,
    PrepareSlip,
    PrintPaper,
    PrintSheet,
    RecordRating,
    RecordRefill,
    RecordTest,
    RecordWord,
    RetryParked,
    TryDevice,
    VoidPaper,
)
from kiosk.log import LogEvent

if TYPE_CHECKING:
    from kiosk.flow.commands import Command
    from kiosk.log import Log
    from kiosk.work.bench_keeper import BenchKeeper
    from kiosk.work.clerk import Clerk
    from kiosk.work.content_keeper import ContentKeeper
    from kiosk.work.lookup_worker import LookupWorker
    from kiosk.work.paper_worker import PaperWorker
    from kiosk.work.sheet_worker import SheetWorker
    from kiosk.work.staff_worker import StaffWorker
    from kiosk.work.trial_worker import TrialWorker


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Hands each command to the worker that carries it out; never waits."""

    lookup: LookupWorker
    paper: PaperWorker
    clerk: Clerk
    staff: StaffWorker
    sheets: SheetWorker
    trials: TrialWorker
    bench: BenchKeeper
    content: ContentKeeper
    log: Log

    def dispatch(self, command: Command, caused_at: float) -> None:
        """Put the command into an inbox; `caused_at` is the monotonic time of its event."""
        match command:
            case LookUp():
                self.lookup.order(command)
            case PrintPaper(session):
                self.log.info(LogEvent.PRINT_TOUCHED, session=session)
                self.paper.order(command, caused_at)
            case PreparePaper() | PrepareSlip() | VoidPaper() | RecordWord() | EndSession():
                self.paper.order(command, caused_at)
            case CancelPrint(session):
                self.paper.cancel(session)
            case CallStaff() | RecordRating():
                self.clerk.order(command)
            case CheckStaff() | LoadDesk() | RetryParked():
                self.staff.order(command)
            case LoadPicture():
                self.content.order(command)
            case PrintSheet():
                self.sheets.order(command)
            case TryDevice():
                self.trials.order(command)
            case RecordTest() | RecordRefill() | LoadBench():
                self.bench.order(command)
            case _:
                assert_never(command)
