"""Printers: documents, what became of them, what a printer is like now, and the port."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract.codes import DeviceCode


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """One document for one job. `job_name` is unique per attempt and holds no person."""

    job_name: str
    pdf: bytes = field(repr=False)
    pages: int
    bitmaps: tuple[bytes, ...] = field(
        default=(), repr=False
    )  # each page as PNG of 1 bit, for receipt printers


@dataclass(frozen=True, slots=True)
class JobRef:
    """How to find one job again. Ids are reused by some spoolers, so the uuid decides."""

    name: str
    uuid: str
    id: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer's own job settled as completed, no fault on the way, all impressions counted."""

    impressions: int | None  # None where the printer does not report them


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """No paper of this job came out, and none will."""

    code: DeviceCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Paper may or may not have come out. Only a person can tell; nobody prints again by machine."""

    code: DeviceCode
    detail: str = ""


PrintOutcome = Printed | NotPrinted | Uncertain


@dataclass(frozen=True, slots=True)
class Supply:
    """Toner, ink, drum or waste box; `percent` None = the printer does not know (-1, -2, -3 of IPP)."""

    name: str
    kind: str  # marker-type, such as "toner"; "" = not told
    percent: int | None


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """What a printer tells about itself beside its state; "" and None = it does not tell."""

    serial: str = ""
    supplies: tuple[Supply, ...] = ()
    impressions: int | None = None  # since it was made


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """Idle or busy, accepting jobs. `warnings` are reason stems such as "toner-low"."""

    model: str = ""
    warnings: tuple[str, ...] = ()
    facts: PrinterFacts = field(default=PrinterFacts(), compare=False)


@dataclass(frozen=True, slots=True)
class PrinterBlocked:
    """Reachable, but would not print now: PRINTER_PAPER_OUT, RECEIPT_PAPER_OUT, PRINTER_JAM and the like."""

    code: DeviceCode
    reasons: tuple[str, ...] = ()
    facts: PrinterFacts = field(default=PrinterFacts(), compare=False)


@dataclass(frozen=True, slots=True)
class PrinterUnknown:
    """Nothing is known: unreachable, silent, or not speaking the protocol. Never to be read as "ready"."""

    code: DeviceCode
    detail: str = ""


PrinterStatus = PrinterReady | PrinterBlocked | PrinterUnknown


@dataclass(frozen=True, slots=True)
class PrintProgress:
    """While the job runs: sheets counted so far, and what it is waiting for, if anything."""

    impressions: int
    waiting_for: DeviceCode | None = None


class PrintObserver(Protocol):
    """The journal's side of a print. Each method returns only when what it is told is durable.

    An exception of the observer stops the print at that point; before `sending` no paper can come out.
    """

    def creating(self) -> None:
        """Told before Create-Job."""
        ...

    def created(self, job: JobRef) -> None:
        """Told after Create-Job; nothing can print yet."""
        ...

    def sending(self) -> None:
        """Told before the first byte of the document."""
        ...

    def accepted(self) -> None:
        """Told after the printer took the whole document."""
        ...

    def progressed(self, progress: PrintProgress) -> None:
        """Told whenever the progress changes."""
        ...

    def wants_cancel(self) -> bool:
        """Asked about every 200 ms while waiting; True cancels the job."""
        ...


class Printer(Protocol):
    """Whatever puts a document on paper: pages over IPP, slips over ESC/POS. One thread calls it."""

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask the printer how it is (Get-Printer-Attributes)."""
        ...

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print once and say honestly what is known about the paper. Never prints a document twice."""
        ...

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """After a restart: what became of a job whose document had been accepted? Prints nothing."""
        ...

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """After a restart: cancel any job of this name for which no byte was sent. Prints nothing."""
        ...

    def close(self) -> None:
        """Let go of connections. Calling it twice is harmless."""
        ...


@dataclass(frozen=True, slots=True)
class RollPaper:
    """The roll of a receipt printer. Bitmaps must be exactly `width_dots` wide."""

    width_mm: int  # 80 or 58
    width_dots: int  # printable: 576 or 384 at 203 dpi


class ReceiptPrinter(Printer, Protocol):
    """A receipt printer over ESC/POS: prints `PrintDocument.bitmaps`, and proves it where the model can.

    A created job is known here only (`JobRef.id` 0): `settle` says Uncertain, `withdraw` NotPrinted.
    """

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        ...
