"""What staff and technicians may ask of the running core: it alone has the store in its hands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from kiosk.domain.journal import StoreError
from kiosk.flow.commands import RESIDENT
from kiosk.flow.events import UncertainPapers
from kiosk.log import LogEvent
from kiosk.work.office_answers import TextParts, finding_row, paper_row, send_parts
from kiosk.work.office_requests import (
    ExportLedger,
    ExportOutbox,
    ExportReport,
    ListOutbox,
    ListPapers,
    RetryOutbox,
    SettlePaper,
    TellBoard,
    TellKeys,
    TellStatus,
)
from printer_templates.contract import PaperError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiosk.domain.health import Board
    from kiosk.domain.issuance import Moment, UncertainPaper
    from kiosk.domain.journal import NumberStock, Outbox, PrintJournal
    from kiosk.domain.ledger import WholeLedger
    from kiosk.domain.night import StoreHealthReport
    from kiosk.domain.offline import OfflineRegister
    from kiosk.domain.staff import StaffAccount
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.office_requests import Request
    from kiosk.work.store_state import StoreState

    Say = Callable[[Mapping[str, Any]], None]  # one line of the answer

_STAFF = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{1,39}")


class RefusedError(Exception):
    """What was asked for cannot be done; one sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class OfficeTools:
    """What the office works with. `seal` makes the file of the second road, `keys` are the public ones.

    `register` None = this kiosk has none for times without a line.
    """

    outbox: Outbox
    journal: PrintJournal
    numbers: NumberStock
    ledger: WholeLedger
    register: OfflineRegister | None
    health: Callable[[], StoreHealthReport]
    staff: tuple[StaffAccount, ...]
    seal: Callable[[Iterable[bytes]], bytes]
    keys: tuple[str, ...]
    store_state: StoreState
    moment: Callable[[], Moment]
    post: Callable[[Event], None]
    log: Log
    on_retry: Callable[[], None]
    on_settled: Callable[[], None]
    board: Callable[[], Board]
    report: Callable[[str], bytes]  # who asks -> the readiness report as PDF


class OfficeDesk:
    """Answers one request after the other."""

    def __init__(self, tools: OfficeTools) -> None:
        self._tools = tools

    def answer(self, request: Request, say: Say) -> None:
        """Say the whole answer; its last line is "done" or "error"."""
        try:
            done = self._do(request, say)
        except RefusedError as error:
            say({"error": str(error)})
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            say({"error": f"the store cannot do it now ({error.code})"})
        else:
            self._tools.log.info(LogEvent.OFFICE_ANSWERED, request=type(request).__name__)
            say({"done": done})

    def _do(self, request: Request, say: Say) -> Mapping[str, Any]:
        match request:
            case ListOutbox():
                return self._list_outbox(say)
            case RetryOutbox():
                return self._retry()
            case ExportOutbox():
                return self._export_outbox(say)
            case ListPapers():
                return self._list_papers(say)
            case SettlePaper():
                return self._settle(request)
            case ExportLedger():
                return self._export_ledger(say)
            case TellKeys():
                return {"keys": list(self._tools.keys)}
            case TellStatus():
                return self._status()
            case TellBoard():
                return self._tell_board(say)
            case ExportReport():
                return self._export_report(say)
            case _:
                assert_never(request)

    def _list_outbox(self, say: Say) -> Mapping[str, Any]:
        for item in self._tools.outbox.parked():
            since = item.parked_at.isoformat() if item.parked_at else ""
            row = {"id": item.id, "number": item.number, "type": item.type, "reason": item.reason}
            say({"row": row | {"since": since}})
        return self._counts()

    def _retry(self) -> Mapping[str, Any]:
        self._tools.log.info(LogEvent.PARKED_RETRIED, staff="office")
        counts = self._counts()
        self._tools.outbox.retry_parked()
        self._tools.on_retry()
        return counts

    def _export_outbox(self, say: Say) -> Mapping[str, Any]:
        # The very fields that were stored, as they go over the line: same ids, same fingerprints.
        items = [
            item.model_dump_json(exclude_unset=True).encode() for item in self._tools.outbox.everything()
        ]
        content = self._tools.seal(items)
        send_parts(content, say)
        return {"items": len(items)}

    def _list_papers(self, say: Say) -> Mapping[str, Any]:
        papers = self._tools.journal.uncertain_papers()
        for paper in papers:
            say({"row": paper_row(paper)})
        return {"papers": len(papers)}

    def _settle(self, request: SettlePaper) -> Mapping[str, Any]:
        tools = self._tools
        self._check_staff(request.staff)
        paper = self._find(request)
        if not tools.journal.settle_by_word(
            paper.issuance, came_out=request.came_out, settled_by=request.staff
        ):
            raise RefusedError(f"somebody has settled {paper.number} meanwhile")
        tools.log.info(LogEvent.WORD_RECORDED, came_out=request.came_out, settled_by=request.staff)
        tools.on_settled()
        tools.post(UncertainPapers(tools.journal.count_uncertain()))
        return {"number": paper.number, "attempt": paper.attempt, "came_out": request.came_out}

    def _check_staff(self, staff: str) -> None:
        if not _STAFF.fullmatch(staff) or staff == RESIDENT:
            raise RefusedError("staff are named by 2 to 40 letters and digits, such as their badge")
        badges = {account.badge for account in self._tools.staff}
        if badges and staff not in badges:
            raise RefusedError("nobody has that badge at this kiosk")

    def _find(self, request: SettlePaper) -> UncertainPaper:
        for paper in self._tools.journal.uncertain_papers():
            if paper.number == request.number and request.attempt in {None, paper.attempt}:
                return paper  # of one number, one attempt at most is in doubt
        raise RefusedError("no such paper waits for a word")

    def _export_ledger(self, say: Say) -> Mapping[str, Any]:
        sheet = TextParts(say)
        entries = self._tools.ledger.export(sheet)
        sheet.send()
        return {"entries": entries}

    def _tell_board(self, say: Say) -> Mapping[str, Any]:
        findings = self._tools.board().findings
        for finding in findings:
            say({"row": finding_row(finding)})
        return {"components": len(findings)}

    def _export_report(self, say: Say) -> Mapping[str, Any]:
        try:
            content = self._tools.report("office")
        except PaperError as error:
            raise RefusedError(f"the report cannot be made ({error.code})") from error
        send_parts(content, say)
        return {"bytes": len(content)}

    def _status(self) -> Mapping[str, Any]:
        tools, health = self._tools, self._tools.health()
        return {
            **self._counts(),
            "papers_in_doubt": tools.journal.count_uncertain(),
            "numbers_left": tools.numbers.remaining(),
            **self._register(),
            "ledger_entries": tools.ledger.size(),
            "ledger_countersigned": tools.ledger.anchored_size(),
            "sqlite": health.sqlite_version,
            "wal_reset_risk": health.wal_reset_risk,
            "schema": health.schema,
            "last_backup": health.last_backup.isoformat() if health.last_backup else "",
            "integrity": health.integrity,
            "store_failed": tools.store_state.has_failed(),
        }

    def _register(self) -> dict[str, Any]:
        register = self._tools.register
        if register is None:
            return {"register_as_of": "", "register_age_s": ""}
        known = register.freshness(self._tools.moment())
        return {
            "register_as_of": known.as_of.isoformat() if known else "",
            # A clock that went backwards: nobody can say how old it is.
            "register_age_s": int(known.age.total_seconds()) if known and known.age is not None else "",
        }

    def _counts(self) -> dict[str, Any]:
        counts = self._tools.outbox.counts()
        age = (self._tools.moment().wall - counts.oldest).total_seconds() if counts.oldest else 0
        return {"waiting": counts.waiting, "parked": counts.parked, "oldest_s": max(0, int(age))}
