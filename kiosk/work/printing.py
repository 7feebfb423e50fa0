"""One print with its journal: every step is durable before the printer hears of the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.contract import (
    DeviceCode,
    NotPrinted,
    PrintDocument,
    Uncertain,
)
from kiosk.domain.journal import StoreError
from kiosk.flow.events import PrintAccepted, PrintProgressed
from kiosk.work.paper_check import is_still_its_own
from printer_templates.contract import PaperError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from devices.contract import JobRef, PrintOutcome, PrintProgress
    from kiosk.domain.journal import PrintJournal
    from kiosk.flow.events import Event
    from kiosk.work.paper_check import Expected
    from kiosk.work.preparing import PreparedPaper
    from printer_templates.contract import Papers


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What one print needs beside its paper."""

    journal: PrintJournal
    post: Callable[[Event], None]
    on_accepted: Callable[[], None]
    wants_cancel: Callable[[], bool]  # raises ClosedError when the process is ending
    deadline: timedelta
    withdraw_deadline: timedelta


def job_name_of(paper: PreparedPaper) -> str:
    """Number, attempt and session in one: unique per attempt, and names no person."""
    return f"{paper.number}.{paper.attempt}.{paper.session}"


class GivenUpError(Exception):
    """Nobody waits for this print any more, and not a byte of it was sent."""


def document_for(papers: Papers, paper: PreparedPaper, expected: Expected) -> PrintDocument | None:
    """What is sent: bytes that still say what this session says, for a roll as dots made of them now.

    None where they say something else, or can no longer be read.
    """
    if not is_still_its_own(papers, paper.paper, expected):
        return None
    pdf, pages, dots = paper.paper.pdf, paper.paper.pages, paper.outlet.width_dots
    try:
        bitmaps = tuple(papers.bitmap(pdf, page, dots) for page in range(pages)) if dots else ()
    except PaperError:
        return None
    return PrintDocument(job_name_of(paper), pdf, pages, bitmaps)


def print_paper(
    run: PrintRun, paper: PreparedPaper, document: PrintDocument
) -> tuple[PrintOutcome, StoreError | None]:
    """Print and say what is known, and what the journal could not write, if anything.

    A journal that cannot write stops the print: before SENDING nothing can come out, after it the job is
    cancelled all the same, and only a person can tell.
    """
    scribe = Scribe(run, paper)
    try:
        return paper.outlet.printer.print(document, scribe, run.deadline), None
    except GivenUpError:
        return _withdraw(run, scribe, paper), None
    except StoreError as error:
        return _withdraw(run, scribe, paper), error


def _withdraw(run: PrintRun, scribe: Scribe, paper: PreparedPaper) -> NotPrinted | Uncertain:
    if not scribe.has_created:
        return NotPrinted(DeviceCode.JOB_CANCELLED)
    withdrawn = paper.outlet.printer.withdraw(job_name_of(paper), run.withdraw_deadline)
    return Uncertain(DeviceCode.JOB_ANSWER_LOST) if scribe.has_sent else withdrawn


class Scribe:
    """The journal's side of one print (`PrintObserver` of the devices' contract)."""

    def __init__(self, run: PrintRun, paper: PreparedPaper) -> None:
        self._run = run
        self._paper = paper
        self.has_created = False
        self.has_sent = False

    def creating(self) -> None:
        """TX2, for the document that was prepared and no other."""
        self._go_on()
        paper, name = self._paper, job_name_of(self._paper)
        self._run.journal.begin_print(paper.issuance, paper.paper.sha256, name, paper.outlet.name)
        self.has_created = True

    def created(self, job: JobRef) -> None:
        """The job can be found again."""
        self._run.journal.note_created(self._paper.issuance, job)

    def sending(self) -> None:
        """From here on paper may come out: the last moment to stop for a session that ended meanwhile."""
        self._go_on()
        self._run.journal.note_sending(self._paper.issuance)
        self.has_sent = True

    def accepted(self) -> None:
        """The printer took the whole document."""
        self._run.journal.note_accepted(self._paper.issuance)
        self._run.on_accepted()
        self._run.post(PrintAccepted(self._paper.session))

    def progressed(self, progress: PrintProgress) -> None:
        """The resident sees how far it is."""
        self._run.post(PrintProgressed(self._paper.session, progress))

    def wants_cancel(self) -> bool:
        """True when the resident, or the flow's clock, gave up waiting."""
        return self._run.wants_cancel()

    def _go_on(self) -> None:
        """Not a single step for nobody, and none once the process is ending."""
        if self._run.wants_cancel():
            raise GivenUpError
