"""After a start: what became of the numbers that the last process left open. Nothing is ever printed here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode
from kiosk.domain.issuance import IssuanceState, Settlement, settlement_of
from kiosk.log import LogEvent
from kiosk.work.paper_check import is_pickup

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import Printer
    from kiosk.domain.issuance import OpenIssuance
    from kiosk.domain.journal import PrintJournal
    from kiosk.log import Log

# A printer that was switched on together with the kiosk may need a while.
SETTLE_DEADLINE = timedelta(seconds=15)


def recover(journal: PrintJournal, printer_of: Callable[[str], Printer | None], log: Log) -> int:
    """Settle every open number by what is known of it; return how many. Raises StoreError.

    `printer_of` gives the printer that the journal names, None where it is no longer fitted.
    """
    left_open = journal.open_issuances()
    for issuance in left_open:
        settlement = _judge(issuance, printer_of(issuance.printer))
        journal.settle(issuance.issuance, settlement)
        log.warning(
            LogEvent.RECOVERY_SETTLED,
            number=issuance.number,
            attempt=issuance.attempt,
            before=issuance.state,
            after=settlement.state,
            code=settlement.code,
        )
    return len(left_open)


def _judge(issuance: OpenIssuance, printer: Printer | None) -> Settlement:
    if printer is None:
        return _judge_alone(issuance)
    match issuance.state:
        case IssuanceState.PREPARED:
            return Settlement(IssuanceState.VOIDED, DeviceCode.JOB_CANCELLED)
        case IssuanceState.CREATING | IssuanceState.CREATED:
            return settlement_of(printer.withdraw(issuance.job_name, SETTLE_DEADLINE))
        case IssuanceState.SENDING:
            # Stopped, so that the sheet never comes out in front of the next person. A document cut in half
            # is "completed" to some printers: their word counts for nothing here.
            printer.withdraw(issuance.job_name, SETTLE_DEADLINE)
            return Settlement(IssuanceState.UNCERTAIN, DeviceCode.JOB_ANSWER_LOST)
        case IssuanceState.ACCEPTED:
            if issuance.job is None:
                return Settlement(IssuanceState.UNCERTAIN, DeviceCode.JOB_VANISHED)
            pages = (
                1 if is_pickup(issuance.number) else issuance.copies
            )  # a slip is one page, whatever it promises
            return settlement_of(printer.settle(issuance.job, pages, SETTLE_DEADLINE))
        case IssuanceState.PRINTED | IssuanceState.VOIDED | IssuanceState.UNCERTAIN:
            raise ValueError("a settled number is not open")
        case other:
            assert_never(other)


def _judge_alone(issuance: OpenIssuance) -> Settlement:
    """Of a receipt printer that is gone: it keeps no jobs, so what was never sent never comes out."""
    if issuance.state in {IssuanceState.SENDING, IssuanceState.ACCEPTED}:
        return Settlement(IssuanceState.UNCERTAIN, DeviceCode.RECEIPT_UNREACHABLE)
    return Settlement(IssuanceState.VOIDED, DeviceCode.JOB_CANCELLED)
