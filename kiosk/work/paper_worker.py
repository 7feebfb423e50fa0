from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode, NotPrinted, Printed
from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import PAGE_PRINTER, IssuanceState, Settlement, settlement_of
from kiosk.domain.journal import StoreError
from kiosk.flow.commands import (
    EndSession,
    PreparePaper,
    PrepareSlip,
    PrintPaper,
    RecordWord,
    VoidPaper,
)
from kiosk.flow.events import PaperPrepared, PreparationFailed, PrintSettled, UncertainPapers
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox
from kiosk.work.outlets import Outlets
from kiosk.work.paper_check import Expected
from kiosk.work.paper_tools import RetrySettlements
from kiosk.work.preparing import NotPrepared, Preparation, PreparedPaper
from kiosk.work.printing import PrintRun, document_for, print_paper
from kiosk.work.recovery import recover
from kiosk.work.session_ends import SessionEnds
from kiosk.work.settling import Settler
from printer_templates.contract import PaperCode

if TYPE_CHECKING:
    from devices.contract import PrintDocument, PrintOutcome
    from kiosk.work.paper_tools import PaperOrder, PaperTools
    from kiosk.work.preparing import PaperWish
    from printer_templates.contract import Papers

RECOVERY_RETRY_S = 2.0
WITHDRAW_DEADLINE = timedelta(seconds=5)
# The driver itself gives up waiting for paper; this is the end of all patience with one job.
BEYOND_PATIENCE = timedelta(seconds=60)
_NO_FAULT = (StoreCode.NO_NUMBERS, StoreCode.REPRINT_REFUSED)  # the store itself works


class PaperWorker:
    """Prepares, prints and settles papers, one after the other, after settling what was left open."""

    name = "paper"

    def __init__(self, tools: PaperTools) -> None:
        self._tools = tools
        self._inbox: Inbox[tuple[PaperOrder, float]] = Inbox()
        self._papers: dict[str, PreparedPaper] = {}  # papers live here and nowhere else
        self._settler = Settler(tools.journal, tools.store_state, tools.log, tools.on_settled, tools.post)
        self._ends = SessionEnds()
        self._outlets = Outlets(tools.printer, tools.receipt_printer)
        self.is_printing = threading.Event()

    def order(self, order: PaperOrder, touched_at: float) -> None:
        """Do this in its turn; `touched_at` is the monotonic time of what caused it."""
        if isinstance(order, PrintPaper):
            self._ends.expect_print(order.session)
        if isinstance(order, EndSession):
            self._ends.end(order.session)  # ahead of whatever of this session still waits in the inbox
        self._inbox.put((order, touched_at))

    def cancel(self, session: str) -> None:
        """Cancel the print of this session that was ordered last, at once; not any later one."""
        self._ends.cancel(session)

    def close(self) -> None:
        """Make `run` come to an end, in the middle of a print too; the journal knows how far it was."""
        self._inbox.close()

    def run(self) -> None:
        """Recover, then work until closed."""
        try:
            self._recover()
            papers = self._tools.open_papers()
            tools = self._tools
            preparation = Preparation(
                papers, tools.journal, tools.build, tools.citizen_key, tools.now, self._outlets
            )
            while True:
                # In a frame of its own: no person stays behind in a local while it waits.
                self._do_next(preparation)
        finally:
            self._outlets.close()

    def _do_next(self, preparation: Preparation) -> None:
        received = self._inbox.take()
        if received:
            self._do(*received, preparation)

    def _recover(self) -> None:
        began = time.monotonic()
        while True:
            try:
                count = recover(self._tools.journal, self._outlets.printer, self._tools.log)
                uncertain = self._tools.journal.count_uncertain()
                break
            except StoreError as error:
                self._tools.store_state.failed(error.code)
                self._inbox.check_open()
                time.sleep(RECOVERY_RETRY_S)
        if uncertain:
            self._tools.post(UncertainPapers(uncertain))
        self._tools.log.info(LogEvent.RECOVERY_DONE, count=count, uncertain=uncertain, ms=_elapsed_ms(began))
        self._tools.on_settled()
        self._tools.may_begin.open()

    def _do(self, order: PaperOrder, touched_at: float, preparation: Preparation) -> None:
        match order:
            case PreparePaper() | PrepareSlip():
                self._prepare(order, touched_at, preparation)
            case PrintPaper():
                self._print(order, touched_at, preparation.papers)
            case VoidPaper(issuance):
                self._void(issuance)
            case RecordWord():
                self._settler.settle_by_word(order)
            case EndSession(session):
                self._forget(session)
            case RetrySettlements():
                self._settler.retry()
            case _:
                assert_never(order)

    def _prepare(self, order: PaperWish, touched_at: float, preparation: Preparation) -> None:
        if self._ends.has_ended(order.session):
            return  # nobody waits for the answer, and no number is spent on it
        if isinstance(order, PreparePaper) and order.issuance and not self._keeps(order):
            self._refuse(order.session, PaperCode.READ_BACK_DIFFERS)
            return
        made = preparation.prepare(order)
        self._tools.on_number_used()
        match made:
            case NotPrepared(code, to_void):
                self._papers.pop(to_void, None)
                if to_void:
                    self._settler.settle(to_void, Settlement(IssuanceState.VOIDED, code))
                self._refuse(order.session, code)
            case PreparedPaper(session, issuance, number):
                self._papers[issuance] = made
                if self._ends.has_ended(session):
                    self._void(issuance)
                    return
                self._tools.post(
                    PaperPrepared(session, issuance, number, order.purpose, order.copies, made.previews)
                )
                self._tools.log.info(
                    LogEvent.PAPER_PREPARED, session=session, number=number, ms=_elapsed_ms(touched_at)
                )
            case _:
                assert_never(made)

    def _keeps(self, order: PreparePaper | PrintPaper) -> bool:
        paper = self._papers.get(order.issuance)
        return paper is not None and paper.session == order.session

    def _refuse(self, session: str, code: PaperCode | StoreCode) -> None:
        if isinstance(code, StoreCode) and code not in _NO_FAULT:
            self._tools.store_state.failed(code)
        self._tools.log.warning(LogEvent.PAPER_FAILED, session=session, code=code)
        self._tools.post(PreparationFailed(session, code))

    def _print(self, order: PrintPaper, touched_at: float, papers: Papers) -> None:
        if not self._keeps(order) or self._ends.has_ended(order.session):
            # The paper of another session is no paper at all; that of an ended one is voided with its end.
            self._tools.post(PrintSettled(order.session, NotPrinted(DeviceCode.JOB_CANCELLED)))
            return
        paper = self._papers.pop(order.issuance)
        expected = Expected(order.session, order.number, order.identity, paper.qr, paper.paper.pages)
        document = document_for(papers, paper, expected)
        if document is None:
            code = PaperCode.READ_BACK_DIFFERS
            self._settler.settle(order.issuance, Settlement(IssuanceState.VOIDED, code))
            self._tools.log.error(LogEvent.PAPER_FAILED, session=order.session, code=code)
            self._tools.post(PrintSettled(order.session, NotPrinted(DeviceCode.JOB_CANCELLED)))
            return
        outcome = self._run_print(paper, document, touched_at)
        if isinstance(outcome, Printed):
            self._tools.on_printed()
        self._settler.settle(paper.issuance, settlement_of(outcome))
        self._log_settled(paper, outcome, touched_at)
        self._tools.post(PrintSettled(paper.session, outcome))

    def _run_print(self, paper: PreparedPaper, document: PrintDocument, touched_at: float) -> PrintOutcome:
        if paper.outlet.name == PAGE_PRINTER:
            self.is_printing.set()
        outcome, trouble = print_paper(self._print_run(paper, touched_at), paper, document)
        self.is_printing.clear()
        if trouble:
            self._tools.store_state.failed(trouble.code)
        if isinstance(outcome, NotPrinted):
            self._outlets.note_failure(paper.session, paper.outlet)
        return outcome

    def _print_run(self, paper: PreparedPaper, touched_at: float) -> PrintRun:
        def log_accepted() -> None:
            self._tools.log.info(
                LogEvent.JOB_ACCEPTED,
                session=paper.session,
                number=paper.number,
                ms=_elapsed_ms(touched_at),
            )

        return PrintRun(
            journal=self._tools.journal,
            post=self._tools.post,
            on_accepted=log_accepted,
            wants_cancel=lambda: self._wants_cancel(paper.session),
            deadline=self._tools.paper_patience + BEYOND_PATIENCE,
            withdraw_deadline=WITHDRAW_DEADLINE,
        )

    def _wants_cancel(self, session: str) -> bool:
        self._inbox.check_open()
        return self._ends.wants_cancel(session)

    def _void(self, issuance: str) -> None:
        paper = self._papers.pop(issuance, None)
        if paper is None:
            return
        self._settler.settle(issuance, Settlement(IssuanceState.VOIDED, DeviceCode.JOB_CANCELLED))
        self._tools.log.info(LogEvent.PAPER_VOIDED, number=paper.number)

    def _forget(self, session: str) -> None:
        """Nothing of the session stays here; a paper that was never printed is voided."""
        for paper in [paper for paper in self._papers.values() if paper.session == session]:
            self._void(paper.issuance)
        self._outlets.forget(session)

    def _log_settled(self, paper: PreparedPaper, outcome: PrintOutcome, touched_at: float) -> None:
        settlement = settlement_of(outcome)
        self._tools.log.info(
            LogEvent.PRINT_SETTLED,
            session=paper.session,
            number=paper.number,
            state=settlement.state,
            code=settlement.code,
            ms=_elapsed_ms(touched_at),
        )


def _elapsed_ms(since: float) -> float:
    return round((time.monotonic() - since) * 1000, 1)
