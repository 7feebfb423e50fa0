"""At least one event of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from backend_client.contract import Notices, Organisations, PlatformCode
from devices.contract import (
    CardKind,
    DeviceCode,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    PrintProgress,
    Uncertain,
)
from kiosk.domain.codes import StoreCode
from kiosk.domain.health import Component
from kiosk.domain.offline import OfflineCode
from kiosk.domain.purposes import PURPOSES
from kiosk.domain.trials import TRIAL_CODE
from kiosk.flow import events as e
from printer_templates.contract import PaperCode
from tests.flow.bench_situations import BENCH, BOARD, good_board
from tests.flow.content import (
    AS_OF,
    JOB,
    PICTURE,
    SLIP_NUMBER,
    STAFF,
    make_desk,
    make_links,
    make_notices,
    make_organisations,
    make_pickups,
)
from tests.flow.people import NEXT_PERSON, NOW, TENANT
from tests.flow.situations import OTHER_SESSION, PNG, SESSION, VERIFY_URL

ACTIONS = (
    *("start", "home", "back", "party", "organisations", "services", "confirm", "print", "cancel_print"),
    *("more_time", "finish", "retry", "call_staff", "page:next", "page:previous", "page:sideways"),
    *(
        "news",
        "links",
        "link:app",
        "link:gone",
        "column:news",
        "column:gone",
        "search",
        "type",
        "found",
        "key:9",
    ),
    *("member:0:c1", "member:7:gone", "member:x"),
    *("notice:n0", "notice:gone", "organisation:street", "organisation:c0", "organisation:gone"),
    *("service:residence", "service:not_issued", "service:allowance", "service:kinship", "service:gone"),
    *(f"purpose:{purpose.key}" for purpose in PURPOSES),
    *("purpose:gone", "copies:0", "copies:1", "copies:2", "copies:3", "copies:many"),
    *("came_out:yes", "came_out:no", "came_out:perhaps", "language:en", "language:zh-Hans", "language:xx"),
    *("text_size:large", "text_size:huge", "theme:contrast_dark", "theme:pink", "", ":", "no such action"),
    *("pickup:0", "pickup:1", "pickup:7", "others", "slip", "noted", "reprint"),
    *("staff", "key:0", "key:7", "key:x", "key:", "erase", "clear", "enter", "doubts", "parked", "resend"),
    *("doubt:doubt-0", "doubt:gone", "word:yes", "word:no", "word:perhaps"),
    *(
        "sheet",
        "bench",
        "parts",
        "part:page_printer",
        "part:gone",
        "trial",
        "search",
        "part_again",
        "refills",
    ),
    *(
        "begin",
        "next",
        "repeat",
        "record",
        "judge:yes",
        "judge:no",
        "judge:perhaps",
        "spot:middle",
        "spot:moon",
    ),
    *("answer:yes", "answer:no", "answer:unknown", "answer:perhaps", "counters", "refill:paper"),
    *("grade:5", "grade:1", "grade:0", "grade:good", "reason:slow", "reason:none", "rated"),
    *("refill:toner", "refill:gold", "sheets:full", "sheets:more", "sheets:typed", "sheets:gone"),
)


def every_event(turn: int) -> tuple[e.Event, ...]:
    """Events of every kind, for a state of this turn."""
    return (
        *(e.Tapped(action) for action in ACTIONS),
        e.TextTyped("search", "zgq"),
        e.TimeNearlyUp(turn),
        e.TimeNearlyUp(turn - 1),
        e.TimeUp(turn),
        e.TimeUp(turn - 1),
        e.ClockTicked(NOW + timedelta(minutes=1), NOW.date()),
        *_card_events(),
        *_platform_events(),
        *_kiosk_events(),
        *_staff_events(),
        *(event for session in (SESSION, OTHER_SESSION) for event in answers(session)),
    )


def answers(session: str) -> tuple[e.Event, ...]:
    """What workers may answer to a session."""
    person = TENANT
    return (
        e.HouseholdFound(session, person.household, person.applicant, name_matches=True),
        e.HouseholdFound(session, person.household, person.applicant, name_matches=False),
        e.HouseholdFound(
            session, person.household.model_copy(update={"members": ()}), None, name_matches=False
        ),
        e.HouseholdFound(
            session, person.household, person.applicant, name_matches=True, offline=e.OfflineRecord(AS_OF)
        ),
        e.HouseholdFound(
            session,
            person.household,
            person.applicant,
            name_matches=True,
            offline=e.OfflineRecord(AS_OF, OfflineCode.NOT_CHECKED),
        ),
        e.HouseholdFound(
            session, person.household, person.applicant, name_matches=True, pickups=make_pickups()
        ),
        *(
            e.HouseholdOutOfReach(session, PlatformCode.UNREACHABLE, code)
            for code in (OfflineCode.NOT_HELD, OfflineCode.CLOCK)
        ),
        e.PaperPrepared(session, "issuance-3", SLIP_NUMBER, "school", 1, (PNG,)),
        e.PersonUnknown(session),
        e.LookupFailed(session, PlatformCode.UNREACHABLE),
        e.PaperPrepared(session, "issuance-2", JOB.number, "school", 1, (PNG,)),
        *(e.PreparationFailed(session, code) for code in (*PaperCode, *StoreCode)),
        e.PrintAccepted(session),
        e.PrintProgressed(session, PrintProgress(1)),
        e.PrintProgressed(session, PrintProgress(1, DeviceCode.PRINTER_PAPER_OUT)),
        e.PrintSettled(session, Printed(2)),
        e.PrintSettled(session, NotPrinted(DeviceCode.PRINTER_JAM)),
        e.PrintSettled(session, Uncertain(DeviceCode.JOB_ANSWER_LOST)),
    )


def _card_events() -> tuple[e.Event, ...]:
    return (
        e.CardLaid(),
        e.CardLifted(),
        e.IdentityRead("reading-2", NEXT_PERSON.identity),
        e.IdentityRead("reading-3", replace(NEXT_PERSON.identity, kind=CardKind.SOCIAL_SECURITY)),
        *(e.CardRefused(code) for code in (DeviceCode.CARD_NOT_ID, DeviceCode.CARD_TAKEN_AWAY)),
        e.ReaderFailed(DeviceCode.READER_NOT_FOUND),
        e.ReaderRecovered(),
    )


def _platform_events() -> tuple[e.Event, ...]:
    nothing = datetime(2026, 11, 23, tzinfo=UTC)
    return (
        e.LineChanged(PlatformCode.UNREACHABLE),
        e.LineChanged(None),
        e.OfflineMeansChanged(AS_OF, fresh=True),
        e.OfflineMeansChanged(None, fresh=False),
        e.ContentArrived(make_notices(), make_organisations(), make_links()),
        e.PictureLoaded(PICTURE, PNG),
        e.PictureLoaded("d4" * 32, PNG),
        e.ContentArrived(Notices(items=(), as_of=nothing), Organisations(items=(), as_of=nothing)),
    )


def _staff_events() -> tuple[e.Event, ...]:
    desk = make_desk(2)
    return (
        e.StaffAdmitted(STAFF, "李明远"),
        e.StaffAdmitted(STAFF, "李明远", technician=True),
        e.TechnicianLoaded(STAFF, BENCH),
        e.TechnicianLoaded("somebody else", BENCH),
        e.StaffRefused(0),
        e.StaffRefused(30),
        e.DeskLoaded(STAFF, desk.uncertain, desk.parked, 3),
        e.DeskLoaded(STAFF, (), (), 0),
        e.DeskLoaded("somebody else", desk.uncertain, (), 3),
    )


def _kiosk_events() -> tuple[e.Event, ...]:
    return (
        e.PrinterChanged(PrinterReady(warnings=("media-low",))),
        e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT)),
        e.PrinterChanged(PrinterUnknown(DeviceCode.PRINTER_UNREACHABLE)),
        e.StoreFailed(StoreCode.DISK_FULL),
        e.StoreRecovered(),
        e.UncertainPapers(1),
        e.HealthChanged(BOARD),
        e.HealthChanged(good_board()),
        *(
            e.CodeScanned(text)
            for text in (SLIP_NUMBER, f"{VERIFY_URL}/{JOB.number}?c=8F2K", TRIAL_CODE, "?")
        ),
        e.SheetSettled(Printed(1)),
        e.SheetSettled(NotPrinted(DeviceCode.RECEIPT_PAPER_OUT)),
        e.SheetSettled(Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED)),
        e.SheetSettled(PaperCode.READ_BACK_DIFFERS),
        *(
            e.TrialFinished(Component.PAGE_PRINTER, step, passed, DeviceCode.PRINTER_JAM, "P2506")
            for step in ("status", "page", "gone")
            for passed in (True, False, None)
        ),
        *(e.StaffCalled(state) for state in e.StaffCallState),
    )
