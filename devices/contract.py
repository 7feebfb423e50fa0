"""What callers may know about devices: ports, outcomes, stable codes.

Ports speak in outcomes, never in exceptions: whatever a cable does, the caller gets a value of a closed
union. Each call takes a deadline and keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, timedelta


class DeviceCode(StrEnum):
    """Stable codes; the same on the screen, in the log and in the technician's table."""

    READER_NOT_FOUND = "IDR-01"  # the port does not exist or cannot be opened
    READER_NO_PERMISSION = "IDR-02"  # the port exists, this user may not open it
    READER_SILENT = "IDR-03"  # opened, but no answer at any baud rate
    READER_GARBLED = "IDR-04"  # answers, but no whole frame with a right checksum
    READER_SELF_TEST = "IDR-05"  # SW3 60: the SAM reports a failed self-test
    READER_UNLICENSED = "IDR-06"  # SW3 66: the SAM is not authorised
    CARD_UNREADABLE = "IDR-07"  # SW3 31, 41, 47 and the like: lift and lay down again
    CARD_NOT_ID = "IDR-08"  # SW3 40: another kind of card
    CARD_NOT_GENUINE = "IDR-09"  # SW3 32, 33: the reader does not accept the card
    CARD_TAKEN_AWAY = "IDR-10"  # lifted while it was read
    CARD_DAMAGED_TEXT = "IDR-11"  # a whole frame, but no sense in its text block

    PRINTER_UNREACHABLE = "PRN-01"
    PRINTER_STOPPED = "PRN-02"  # stopped or not accepting jobs, for no reason listed below
    PRINTER_PAPER_OUT = "PRN-03"
    PRINTER_JAM = "PRN-04"
    PRINTER_COVER_OPEN = "PRN-05"
    PRINTER_TONER_OUT = "PRN-06"
    JOB_ABORTED = "PRN-07"  # the printer gave the job up
    JOB_CANCELLED = "PRN-08"  # by us, by a person at the printer, or after waiting for paper
    JOB_ANSWER_LOST = "PRN-09"  # the line broke while the document was sent
    JOB_VANISHED = "PRN-10"  # the printer no longer knows the job
    JOB_TOO_SLOW = "PRN-11"  # accepted, but not settled within the deadline
    PRINTER_PROTOCOL = "PRN-12"  # the answer is not IPP
    PRINTER_REFUSED = "PRN-13"  # the printer refuses the request or the format
    JOB_COUNT_SHORT = "PRN-14"  # "completed", but fewer impressions than pages, or a fault on the way


# --- ID-card reader --------------------------------------------------------------------------------------


class CardKind(StrEnum):
    """The letter at offset 248 of the text block decides (card-reader protocol, GA/T 490 and successors)."""

    RESIDENT = "resident"
    PERMIT_HMT = "permit_hmt"  # J: residence permit for Hong Kong, Macao, Taiwan
    FOREIGNER_2017 = "foreigner_2017"  # I
    FOREIGNER_2023 = "foreigner_2023"  # Y


class IdentityDoubt(StrEnum):
    """Cross-checks that failed: a reason to ask staff, never a reason to reject by machine."""

    NUMBER_CHECK = "number_check"  # check character wrong
    NUMBER_PROVINCE = "number_province"  # first two digits name no province
    BIRTH_DIFFERS = "birth_differs"  # birth in the number differs from the birth field
    SEX_DIFFERS = "sex_differs"  # parity of the sequence differs from the sex field
    UNKNOWN_TYPE = "unknown_type"  # unknown type letter: only number and name are trusted


@dataclass(frozen=True, slots=True)
class Identity:
    """What one card says of its holder. Lives in memory for one session; its repr shows no person."""

    kind: CardKind
    name: str = field(repr=False)  # Chinese name where there is one, else the Latin name
    number: str = field(repr=False)  # 18 characters, or 15 for FOREIGNER_2017
    sex: str = field(repr=False)  # GB/T 2261.1: "0" unknown, "1" male, "2" female, "9" not stated
    birth: date | None = field(repr=False)
    nation: str = field(default="", repr=False)  # "汉", "回"; the bare code where it is not in GB/T 3304
    address: str = field(default="", repr=False)
    appended_address: str = field(default="", repr=False)  # newest appended address, "" = none
    authority: str = field(default="", repr=False)
    valid_from: date | None = field(default=None, repr=False)
    valid_until: date | None = field(default=None, repr=False)  # None with long_term, or unreadable
    long_term: bool = field(default=False, repr=False)  # 长期
    latin_name: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)  # ISO 3166 alpha-3, foreigner cards
    permit_number: str = field(default="", repr=False)  # travel-permit number, J cards
    doubts: tuple[IdentityDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card that was not there before lies on the reader, selected and ready to be read."""


@dataclass(frozen=True, slots=True)
class NoNewCard:
    """No new card. It does not mean that the last one was taken away (SW3 80)."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card was read whole and every checksum held."""

    identity: Identity


@dataclass(frozen=True, slots=True)
class CardRejected:
    """This card gave no identity: CARD_UNREADABLE, _NOT_ID, _NOT_GENUINE, _TAKEN_AWAY, _DAMAGED_TEXT."""

    code: DeviceCode


@dataclass(frozen=True, slots=True)
class DeviceFault:
    """The device itself is at fault; the driver reconnects by itself on the next call."""

    code: DeviceCode
    detail: str = ""  # for the technician; never a person's data


class Presence(StrEnum):
    """Whether the card that was read still lies there."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """The reader answers; `serial` is the SAM id, the device's serial number."""

    serial: str
    baud: int


FindOutcome = CardFound | NoNewCard | CardRejected | DeviceFault
ReadOutcome = CardRead | CardRejected | DeviceFault
ReaderStatus = ReaderReady | DeviceFault


class IdCardReader(Protocol):
    """An ID-card reader. One thread calls it; every call returns within its deadline plus 100 ms."""

    def status(self, deadline: timedelta) -> ReaderStatus:
        """Open if need be, detect the baud rate, ask for the SAM status and id."""
        ...

    def find(self, deadline: timedelta) -> FindOutcome:
        """Look once for a new card. The caller keeps 300 ms or more between calls."""
        ...

    def read(self, deadline: timedelta) -> ReadOutcome:
        """Read text (30 01) and appended address (30 03) of the card just found; never fingerprints."""
        ...

    def presence(self, deadline: timedelta) -> Presence:
        """Say whether the card last read still lies there, by whichever means this model offers.

        Poll this and not `find` while the card should lie there: a find in between makes many readers
        forget it, and then the answer is UNKNOWN.
        """
        ...

    def close(self) -> None:
        """Let go of the port. Calling it twice is harmless."""
        ...


# --- page printer ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """One document for one job. `job_name` is unique per attempt and holds no person."""

    job_name: str
    pdf: bytes = field(repr=False)
    pages: int


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
class PrinterReady:
    """Idle or busy, accepting jobs. `warnings` are reason stems such as "toner-low"."""

    model: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterBlocked:
    """Reachable, but would not print now: PRINTER_PAPER_OUT, _JAM, _COVER_OPEN, _TONER_OUT, _STOPPED."""

    code: DeviceCode
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterUnknown:
    """Nothing is known: unreachable or not speaking IPP."""

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


class PagePrinter(Protocol):
    """A page printer over IPP. One thread calls it."""

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
