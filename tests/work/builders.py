"""Invented people, households and ports that do as they are told. Region 610590 belongs to no county."""

from __future__ import annotations

import hashlib
import queue
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from backend_client.contract import (
    Address,
    Grid,
    Household,
    HukouType,
    Member,
    MemberStatus,
    Residence,
    ResidenceMode,
)
from devices.contract import (
    CardKind,
    DeviceCode,
    Identity,
    JobRef,
    NotPrinted,
    Printed,
    PrinterReady,
    RollPaper,
    Uncertain,
)
from kiosk.domain.certificate import IssuingPlace
from kiosk.domain.offline import OfflineCode
from kiosk.flow.commands import PreparePaper, PrepareSlip, PrintPaper
from kiosk.work.writing import Writer
from printer_templates.contract import (
    Format,
    PaperAddress,
    PaperFacts,
    PickupSlip,
    ReadBackError,
    RenderedPaper,
    ResidenceCertificate,
    Residing,
)
from tests.core.stand import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import (
        PrintDocument,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
    )
    from kiosk.domain.issuance import ReservedNumber
    from kiosk.flow.events import Event, PaperPrepared
    from kiosk.work.preparing import PaperWish
    from printer_templates.contract import Document, Sheet

SESSION = "6f1c2b9e-0000-4000-8000-000000000001"
Wanted = TypeVar("Wanted")


def identity(name: str = "王桂花", number: str = "610590198404122346") -> Identity:
    return Identity(CardKind.RESIDENT, name=name, number=number, sex="2", birth=date(1984, 4, 12))


def member() -> Member:
    return Member(
        person_id="person-1",
        citizen_key="c1" * 32,
        name_key="d2" * 32,
        masked_name="王××",
        sex="2",
        birth=date(1984, 4, 12),
        relation_code="02",
        status=MemberStatus.PRESENT,
        since=date(2025, 3, 5),
    )


def household() -> Household:
    address = Address(county="澄城县", street="城关街道", community="乐楼社区", code="610525001003")
    grid = Grid(number=7, name="第07网格", officer="李某", phone="0913-0000107")
    residence = Residence(
        mode=ResidenceMode.RENTED, address=address, registered_on=date(2025, 3, 5), grid=grid
    )
    return Household(
        household_id="household-1",
        hukou_type=HukouType.FAMILY,
        members=(member(),),
        residence=residence,
        record_version=4,
        as_of=datetime(2026, 11, 23, tzinfo=UTC),
    )


def prepare_paper(session: str = SESSION, issuance: str = "", copies: int = 1) -> PreparePaper:
    return PreparePaper(
        session=session,
        card_read=session,
        issuance=issuance,
        identity=identity(),
        household=household(),
        applicant=member(),
        purpose="school",
        copies=copies,
    )


def prepare_slip(session: str = SESSION, copies: int = 1) -> PrepareSlip:
    return PrepareSlip(session, session, identity(), "school", copies, OfflineCode.NOT_HELD)


def print_paper(prepared: PaperPrepared, session: str = "", who: Identity | None = None) -> PrintPaper:
    """The order to print what was prepared; `who` is the person of the live session."""
    return PrintPaper(session or prepared.session, prepared.issuance, prepared.number, who or identity())


def number_key(number: str) -> str:
    """The keyed hash of a citizen number; the one person of these tests has that of `member`."""
    return (
        member().citizen_key if number == identity().number else hashlib.sha256(number.encode()).hexdigest()
    )


def document(order: PaperWish, reserved: ReservedNumber, now: datetime) -> Document:
    """Enough of a certificate, or the very slip."""
    if isinstance(order, PreparePaper):
        return certificate(order, reserved, now)
    place = IssuingPlace("CG-KSK-03", "610525001003", "澄城县城关街道乐楼社区居民委员会", "0913-0000103", "")
    return Writer(place).write(order, reserved, now)


def certificate(order: PreparePaper, reserved: ReservedNumber, now: datetime) -> ResidenceCertificate:
    """Enough of a certificate for papers that are not real."""
    return ResidenceCertificate(
        number=reserved.number,
        check_code=reserved.check_code,
        qr=f"https://platform.example/v/{reserved.number}?c={reserved.check_code}",
        issuer="澄城县城关街道乐楼社区居民委员会",
        issuer_phone="0913-0000103",
        kiosk="CG-KSK-03",
        name=order.identity.name,
        sex="女",
        citizen_number=order.identity.number,
        address=PaperAddress("澄城县", "城关街道", "乐楼社区"),
        residing=Residing.RENTED,
        landlord="",
        period_from=None,
        period_until=None,
        registered_on=date(2025, 3, 5),
        verified_on=date(2026, 10, 12),
        grid="第07网格",
        purpose="子女入学",
        receiver="",
        issued_at=now,
        valid_until=now.date() + timedelta(days=30),
        copies=order.copies,
        session=order.session,
        attempt=reserved.attempt,
        offline_as_of=order.offline_as_of,
    )


@dataclass
class PlainPapers:
    """Papers that are text; `says` may be set to what another page says."""

    missing: tuple[str, ...] = ()
    says: PaperFacts | None = None
    no_bitmap: bool = False
    rendered: list[Document] = field(default_factory=list)
    forms: list[Format] = field(default_factory=list)
    at_render: Callable[[], None] = field(default=lambda: None)

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        return tuple(character for character in self.missing if character in text)

    def render(self, document: Document | Sheet, form: Format = Format.A4) -> RenderedPaper:
        assert isinstance(document, ResidenceCertificate | PickupSlip)
        self.rendered.append(document)
        self.forms.append(form)
        self.at_render()
        pdf = "\n".join([_text(document), document.qr, document.session, str(document.copies)]).encode()
        return RenderedPaper(pdf, document.copies, hashlib.sha256(pdf).hexdigest())

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        text, qr, session, copies = pdf.decode().split("\n")
        return tuple(self.says or PaperFacts(text, qr, session) for _ in range(int(copies)))

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        return f"{width_px}:{page}:".encode() + pdf[:8]

    def bitmap(self, pdf: bytes, page: int, width_dots: int) -> bytes:
        if self.no_bitmap:
            raise ReadBackError
        return f"dots:{width_dots}:{page}:".encode() + pdf


def _text(document: Document) -> str:
    if isinstance(document, ResidenceCertificate):
        return document.name + document.citizen_number + document.number
    return "".join((document.masked_name + document.masked_number).split()) + document.number


@dataclass
class ObedientPrinter:
    """Prints nothing and says what it was told to say; `at` is called at each step of a print."""

    outcome: PrintOutcome = field(default_factory=lambda: Printed(1))
    settles: PrintOutcome = field(default_factory=lambda: Printed(1))
    withdraws: NotPrinted | Uncertain | None = None
    at: Callable[[str], None] = field(default=lambda _step: None)
    waits_for_cancel: bool = False
    printed: list[PrintDocument] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    deadlines: list[timedelta] = field(default_factory=list)

    def status(self, deadline: timedelta) -> PrinterStatus:
        self.deadlines.append(deadline)
        return PrinterReady("obedient")

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        self.deadlines.append(deadline)
        self.at("prepared")
        observer.creating()
        self.at("creating")
        observer.created(JobRef(document.job_name, "urn:uuid:" + document.job_name, 1))
        self.at("created")
        observer.sending()
        self.at("sending")
        self.printed.append(document)
        observer.accepted()
        self.at("accepted")
        while not observer.wants_cancel():
            if not self.waits_for_cancel:
                return self.outcome
            threading.Event().wait(0.01)
        return NotPrinted(DeviceCode.JOB_CANCELLED)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        self.deadlines.append(deadline)
        self.asked.append(f"settle {job.uuid} {pages}")
        return self.settles

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        self.deadlines.append(deadline)
        self.asked.append(f"withdraw {job_name}")
        return self.withdraws or NotPrinted(DeviceCode.JOB_CANCELLED)

    def close(self) -> None:
        self.asked.append("close")


@dataclass
class ObedientReceiptPrinter(ObedientPrinter):
    """The same on a roll."""

    outcome: PrintOutcome = field(default_factory=lambda: Printed(None))
    is_as: PrinterStatus = field(default_factory=lambda: PrinterReady("roll"))
    roll: RollPaper = field(default_factory=lambda: RollPaper(80, 576))

    def status(self, deadline: timedelta) -> PrinterStatus:
        self.deadlines.append(deadline)
        return self.is_as


class Events:
    """Collects what workers post, and waits for a kind of event."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def post(self, event: Event) -> None:
        self.all.append(event)
        self._queue.put(event)

    def wait_for(self, kind: type[Wanted]) -> Wanted:
        """The next event of this kind; others are passed over."""
        while True:
            event = self._queue.get(timeout=PATIENCE_S)
            if isinstance(event, kind):
                return event
