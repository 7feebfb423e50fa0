"""Rows of the receipt printer and the page printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, Uncertain
from devices.simulators.escpos.printer import MachineFault as Slip
from devices.simulators.mishaps import Mishap
from devices.simulators.page.faults import FaultName as Page
from tests.devices.matrix.rows import Cells, Said, always

if TYPE_CHECKING:
    from collections.abc import Mapping

_PRINTED = Said(Printed)


def _none_then_doubt(code: Code) -> Cells:
    """Before the first byte nothing is printed; after it nobody knows."""
    none, doubt = Said(NotPrinted, code), Said(Uncertain, code)
    return Cells((none,), (doubt,), (none,))


_BROKE = Said(Uncertain, Code.RECEIPT_LINE_BROKE)
_NO_RECEIPT_PRINTER = Said(NotPrinted, Code.RECEIPT_UNREACHABLE)
_NOT_PROVED = Said(Uncertain, Code.RECEIPT_NOT_CONFIRMED)

RECEIPT: Mapping[str, Cells] = {
    Mishap.SILENT: _none_then_doubt(Code.RECEIPT_SILENT),
    Mishap.SLOW: _none_then_doubt(Code.RECEIPT_SILENT),  # than a printer may be with one byte
    Mishap.HALF_ANSWER: _none_then_doubt(Code.RECEIPT_SILENT),  # half a byte is none
    Mishap.GARBAGE: _none_then_doubt(Code.RECEIPT_GARBLED),
    Mishap.WRONG_CHECKSUM: _none_then_doubt(Code.RECEIPT_GARBLED),  # wrong fixed bits
    Mishap.LATE_ANSWER: _none_then_doubt(Code.RECEIPT_GARBLED),  # two bytes where one was asked for
    Mishap.DISCONNECT: Cells((_NO_RECEIPT_PRINTER,), (_BROKE,), (_NO_RECEIPT_PRINTER,)),
    # A line that was open before is opened once more before the first byte of the slip.
    Mishap.NEW_NODE: Cells((_NO_RECEIPT_PRINTER,), (_BROKE,), (_PRINTED,), is_new_node=True),
    Slip.PAPER_OUT: _none_then_doubt(Code.RECEIPT_PAPER_OUT),
    Slip.NEAR_END: always(_PRINTED),  # a warning
    Slip.COVER_OPEN: _none_then_doubt(Code.RECEIPT_COVER_OPEN),
    Slip.CUTTER: _none_then_doubt(Code.RECEIPT_CUTTER),
    Slip.OFFLINE: _none_then_doubt(Code.RECEIPT_OFFLINE),
    Slip.FEED_BUTTON: _none_then_doubt(Code.RECEIPT_OFFLINE),
    Slip.ERROR: _none_then_doubt(Code.RECEIPT_ERROR),
    Slip.HOT: _none_then_doubt(Code.RECEIPT_ERROR),
    Slip.BUSY: always(_NOT_PROVED),
    Slip.NO_PROOF: always(_NOT_PROVED),
    Slip.PRINTS_NOTHING: always(_PRINTED),  # the one fault that no answer of a printer shows
    Slip.DISCONNECT_IN_JOB: always(_BROKE),
    Slip.POWER_CUT_IN_JOB: always(_BROKE),
}

_NO_PRINTER = Said(NotPrinted, Code.PRINTER_UNREACHABLE)
_ANSWER_LOST = Said(Uncertain, Code.JOB_ANSWER_LOST)
_NOT_IPP = Said(NotPrinted, Code.PRINTER_PROTOCOL)
_FEWER = Said(Uncertain, Code.JOB_COUNT_SHORT)
_REFUSED = Said(NotPrinted, Code.PRINTER_REFUSED)


def _stops(code: Code) -> Cells:
    """Nothing came out of a machine that stopped before the first sheet."""
    return always(Said(NotPrinted, code))


PAGE: Mapping[str, Cells] = {
    Page.SILENT: Cells((_NO_PRINTER,), (_ANSWER_LOST,), (_NO_PRINTER,)),
    Page.SLOW: always(_PRINTED),
    Page.HALF_ANSWER: Cells((_NO_PRINTER,), (_ANSWER_LOST,), (_NO_PRINTER,)),
    Page.GARBAGE: Cells((_NOT_IPP,), (_ANSWER_LOST,), (_NOT_IPP,)),
    Page.LATE_ANSWER: Cells((_NOT_IPP,), (_ANSWER_LOST,), (_NOT_IPP,)),
    Page.DISCONNECT_WHILE_SENDING: always(_ANSWER_LOST),
    Page.DISCONNECT_AFTER_SENDING: always(_ANSWER_LOST),
    Page.REFUSE_CONNECTION: always(_NO_PRINTER),
    Page.OFFLINE: Cells((_NO_PRINTER,), (_ANSWER_LOST,), (_NO_PRINTER,)),
    Page.PAPER_OUT: Cells(
        (Said(NotPrinted, Code.PRINTER_PAPER_OUT),),
        (Said(NotPrinted, Code.JOB_CANCELLED),),  # by the driver, which has waited for paper
        (Said(NotPrinted, Code.PRINTER_PAPER_OUT),),
    ),
    Page.JAM: _stops(Code.PRINTER_JAM),
    Page.COVER_OPEN: _stops(Code.PRINTER_COVER_OPEN),
    Page.TONER_OUT: _stops(Code.PRINTER_TONER_OUT),
    Page.STOPPED: _stops(Code.PRINTER_STOPPED),
    Page.SAYS_COMPLETED: always(_FEWER),
    Page.ABORT: always(Said(NotPrinted, Code.JOB_ABORTED)),
    # These strike the jobs that are known at this moment: only during a call there is one.
    Page.VANISH: Cells((_PRINTED,), (_REFUSED,), (_PRINTED,)),
    Page.WRONG_UUID: Cells((_PRINTED,), (_REFUSED,), (_PRINTED,)),
}
