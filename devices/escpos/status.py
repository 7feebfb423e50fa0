"""What a receipt printer says of itself: DLE EOT 1 to 4, one byte each, and the in-order GS r 1.

A byte of DLE EOT has fixed bits (0xx1xx10); GS r 1 has other ones (0xx0xxxx). Pure: bytes in, meaning out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from devices.contract import DeviceCode, PrinterBlocked, PrinterReady, PrinterStatus, PrinterUnknown

FIXED_MASK, FIXED_BITS = 0x93, 0x12
PROOF_MASK, PROOF_BITS = 0x90, 0x00


class Question(IntEnum):
    """n of DLE EOT n."""

    PRINTER = 1
    OFFLINE = 2
    ERROR = 3
    PAPER = 4


OFFLINE_BIT = 0x08  # of PRINTER
COVER_BIT, FEED_BIT, PAPER_END_STOP_BIT, ERROR_BIT = 0x04, 0x08, 0x20, 0x40  # of OFFLINE
MECHANISM_BIT, CUTTER_BIT, UNRECOVERABLE_BIT, HEAT_BIT = 0x04, 0x08, 0x20, 0x40  # of ERROR
NEAR_END_BITS, PAPER_END_BITS = 0x0C, 0x60  # of PAPER
PROOF_NEAR_END, PROOF_PAPER_END = 0x03, 0x0C  # of GS r 1
LOW = "media-low"


@dataclass(frozen=True, slots=True)
class Answers:
    """The four bytes, None where none came in time."""

    printer: int | None
    offline: int | None
    error: int | None
    paper: int | None


def is_status(byte: int) -> bool:
    """Whether the fixed bits of a DLE EOT answer are right."""
    return byte & FIXED_MASK == FIXED_BITS


def is_proof(byte: int) -> bool:
    """Whether the fixed bits of an answer to GS r 1 are right."""
    return byte & PROOF_MASK == PROOF_BITS


def is_online(answer: int | None) -> bool:
    """Whether an answer to PRINTER says that nothing stops the printer."""
    return answer is not None and is_status(answer) and not answer & OFFLINE_BIT


def assess(answers: Answers) -> PrinterStatus:
    """The status in four answers. One that is missing or senseless makes the whole unknown, never "ready"."""
    told = (answers.printer, answers.offline, answers.error, answers.paper)
    if any(byte is not None and not is_status(byte) for byte in told):
        shown = " ".join("--" if byte is None else f"{byte:02X}" for byte in told)
        return PrinterUnknown(DeviceCode.RECEIPT_GARBLED, shown)
    blocked = _blocked(*(byte or 0 for byte in told))
    if blocked is not None:
        return blocked
    if None in told:
        missing = ", ".join(f"DLE EOT {n}" for n, byte in zip(Question, told, strict=True) if byte is None)
        return PrinterUnknown(DeviceCode.RECEIPT_SILENT, f"no answer to {missing}")
    is_low = bool((answers.paper or 0) & NEAR_END_BITS)
    return PrinterReady(warnings=(LOW,) if is_low else ())


def _blocked(printer: int, offline: int, error: int, paper: int) -> PrinterBlocked | None:
    """What has to be mended first comes first."""
    is_out = bool(paper & PAPER_END_BITS or offline & PAPER_END_STOP_BIT)
    causes = (
        (bool(offline & COVER_BIT), DeviceCode.RECEIPT_COVER_OPEN, "cover-open"),
        (is_out, DeviceCode.RECEIPT_PAPER_OUT, "media-empty"),
        (bool(error & CUTTER_BIT), DeviceCode.RECEIPT_CUTTER, "cutter"),
        (bool(error & UNRECOVERABLE_BIT), DeviceCode.RECEIPT_ERROR, "unrecoverable"),
        (bool(error & HEAT_BIT), DeviceCode.RECEIPT_ERROR, "hot"),
        (bool(error & MECHANISM_BIT), DeviceCode.RECEIPT_ERROR, "mechanism"),
    )
    found = [(code, stem) for is_so, code, stem in causes if is_so]
    if not found and offline & ERROR_BIT:
        found = [(DeviceCode.RECEIPT_ERROR, "error")]
    if not found and offline & FEED_BIT:
        found = [(DeviceCode.RECEIPT_OFFLINE, "feed-button")]
    if not found and printer & OFFLINE_BIT:
        found = [(DeviceCode.RECEIPT_OFFLINE, "offline")]
    return PrinterBlocked(found[0][0], tuple(stem for _, stem in found)) if found else None
