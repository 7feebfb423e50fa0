"""At least one sound state for each page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backend_client.contract import (
    PlatformCode,
)
from devices.contract import (
    DeviceCode,
    PrinterBlocked,
    PrinterReady,
)
from kiosk.domain.codes import EligibilityCode, FlowCode, StoreCode
from kiosk.domain.eligibility import Reason
from kiosk.domain.offline import OfflineCode
from kiosk.domain.rules import Rules
from kiosk.domain.services import MAIN_SERVICES, NOT_ISSUED
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.rating_states import Rated, Rating, RatingReasons
from kiosk.scene.contract import Language, TextSize, Theme
from printer_templates.contract import PaperCode
from tests.flow.bench_situations import BOARD, SHEET_NOTES, bench_states, bench_words, good_board
from tests.flow.browse_situations import CONTENT_PAGES, browse_looks
from tests.flow.content import (
    AS_OF,
    JOB,
    SLIP_NUMBER,
    STAFF,
    make_desk,
    make_links,
    make_notices,
    make_organisations,
    make_pickups,
)
from tests.flow.people import LELOU, NOW, TENANT

SESSION = "reading-1"
OTHER_SESSION = "reading-0"
PNG = b"\x89PNG\r\n\x1a\n"
VERIFY_URL = "https://platform.example/v"
PLAN = w.Plan("乐楼社区便民服务点", "0913-0000103", Rules(LELOU), verify_url=VERIFY_URL)
SLIP_JOB = s.Job("issuance-3", SLIP_NUMBER, pages=1, is_slip=True)
GRID = TENANT.household.residence.grid


FULL_WORLD = w.World(NOW, notices=make_notices(), organisations=make_organisations(), links=make_links())
KNOWN = w.Session(SESSION, TENANT.identity, TENANT.household, TENANT.applicant, name_matches=True)
UNKNOWN = w.Session(SESSION, TENANT.identity)
ATTEMPT = w.Attempt(JOB.issuance, JOB.number, "school", 2)
# Served from the kiosk's own register; with requests that wait; with an attempt that failed.
OFFLINE = replace(KNOWN, offline_as_of=AS_OF)
EXPECTED = replace(KNOWN, pickups=make_pickups(8))
TRIED = replace(KNOWN, attempt=ATTEMPT)

RATING_PAGES = (
    Rating(JOB.number),
    RatingReasons(JOB.number, 1),
    RatingReasons(JOB.number, 2, frozenset(("slow", "paper"))),
    Rated(),
)
# Pages that nobody's data belongs to.
QUIET_PAGES: tuple[s.Page, ...] = (
    s.Attract(),
    s.Home(),
    s.Attract(1),
    s.Dark(),
    s.NoticeList(),
    s.NoticeList("notice", page=2),
    s.NoticeReading("n0"),
    s.NoticeReading("n0", s.NoticeList(), piece=9),
    s.NoticeReading("gone"),
    *CONTENT_PAGES,
    s.OrganisationList(),
    s.OrganisationList("street", page=1),
    s.OrganisationReading("c0", s.OrganisationList("street")),
    s.OrganisationReading("c0", s.OrganisationList("street"), page=1),
    s.OrganisationReading("gone"),
    s.CodeShown(s.CodeKind.PICKUP, SLIP_NUMBER),
    s.CodeShown(s.CodeKind.CERTIFICATE, JOB.number),
    s.CodeShown(s.CodeKind.OTHER),
    s.LayCard(),
    s.Reading(),
    s.TakePaper(JOB.number),
    s.TakePaper(JOB.number, reminded=True),
    s.TakeSlip(SLIP_NUMBER),
    s.TakeSlip(SLIP_NUMBER, reminded=True),
    *RATING_PAGES,
    s.SlipNoted(SLIP_NUMBER),
    s.SlipNoted(SLIP_NUMBER, DeviceCode.PRINTER_JAM),
    s.SlipNoted("", FlowCode.NO_ANSWER),
    s.NotOut(JOB.number),
    s.NotOut(JOB.number, s.Reprint.USED_UP),
    s.TakeCard(),
    s.TakeCard(JOB.number, reminders=1),
    s.TakeCard(JOB.number, reminders=3),
    s.Ended(s.Ending.CARD_LIFTED),
    s.Ended(s.Ending.TIME_UP),
    s.Trouble(DeviceCode.CARD_UNREADABLE),  # a card without an identity begins no session
    s.StaffCalled(s.Home()),
    s.StaffCalled(s.Attract(), recorded=True),
    s.StaffCalled(s.LayCard(), recorded=False),
    s.StaffDoor(),
    s.StaffDoor("0107"),
    s.StaffDoor("0107", "2468", asks_pin=True),
    s.StaffDoor("123456789012", "123456789012", asks_pin=True),
    s.StaffDoor(note=s.DoorNote.WRONG),
    s.StaffDoor(note=s.DoorNote.WAIT, wait_s=30),
    s.StaffDoor(note=s.DoorNote.WAIT, wait_s=3600),
    s.StaffDoor(note=s.DoorNote.SILENT),
    s.CheckingStaff(),
)
# Pages of staff who were let in.
DESK_PAGES: tuple[s.Page, ...] = (
    s.StaffDesk(),
    s.DoubtList(),
    s.DoubtList(page=1),
    s.Doubt("doubt-0"),
    s.Doubt("doubt-1"),
    s.Doubt("doubt-5", list_page=1),
    s.Doubt("gone"),
    s.ParkedList(),
    s.ParkedList(page=1),
    s.ParkedList(sending=True),
)
# Pages of somebody whose household is known.
KNOWN_PAGES: tuple[s.Page, ...] = (
    s.WhoYouAre(),
    s.Services(),
    s.Services(not_issued=True),
    s.Services(page=3, not_issued=True),
    s.Guide("allowance", s.Services()),
    s.Guide("kinship", s.Services(page=1, not_issued=True)),
    s.Purposes(),
    s.Preparing("school", 1, pickup="Q-8F2K-71Q0"),
    s.Preparing("school", 2, reprint_of="issuance-1"),
    s.Preview("school", 1, "issuance-1", JOB.number, (PNG,), pickup="Q-8F2K-71Q0"),
    s.Preview("school", 2, "issuance-4", JOB.number, (PNG, PNG), attempt=2),
    s.Preparing("school", 1),
    s.Preparing("school", 2, "issuance-1"),
    s.Preview("school", 1, "issuance-1", JOB.number, (PNG,)),
    s.Preview("other", 2, "issuance-1", JOB.number, (PNG, PNG)),
    s.Printing(JOB),
    s.Printing(replace(JOB, impressions=2)),
    s.Printing(replace(JOB, cancelled=True)),
    s.PrinterWaits(JOB, DeviceCode.PRINTER_PAPER_OUT),
    s.PrinterWaits(replace(JOB, cancelled=True), DeviceCode.PRINTER_JAM),
    s.CameOut(JOB, DeviceCode.JOB_ANSWER_LOST),
    s.StaffCalled(s.Preview("school", 1, "issuance-1", JOB.number, (PNG,)), recorded=True),
)
# Pages of somebody whose household is not known, because the line is down.
SLIP_PAGES: tuple[s.Page, ...] = (
    *(s.SlipOffer(code) for code in OfflineCode),
    s.Purposes(slip_for=OfflineCode.NOT_HELD),
    s.PreparingSlip("school", OfflineCode.NOT_FRESH),
    s.Slip("issuance-3", SLIP_NUMBER),
    s.Printing(SLIP_JOB),
    s.PrinterWaits(SLIP_JOB, DeviceCode.PRINTER_PAPER_OUT),
    s.PrinterWaits(SLIP_JOB, DeviceCode.PRINTER_JAM),
    s.CameOut(SLIP_JOB, DeviceCode.JOB_VANISHED),
)
REPRINT_PAGES: tuple[s.Page, ...] = (
    s.Trouble(DeviceCode.PRINTER_JAM, reprint=s.Reprint.OFFERED),
    s.Trouble(DeviceCode.PRINTER_JAM, reprint=s.Reprint.USED_UP),
    s.NotOut(JOB.number, s.Reprint.OFFERED),
)
_SIDES = ((True, None), (False, None), (False, GRID))
_REASONS = tuple(Reason(code, date(2026, 8, 31)) for code in EligibilityCode)
REFUSALS = tuple(s.Refusal((reason,), by_staff=by_staff) for reason in _REASONS for by_staff in (True, False))
_CODES: tuple[s.Code, ...] = (*DeviceCode, *PlatformCode, *PaperCode, *StoreCode)
TROUBLES = tuple(s.Trouble(code, can_retry=retry) for code in _CODES for retry in (True, False))
# Pages that stand with and without a session.
EITHER_PAGES: tuple[s.Page, ...] = (
    s.Refusal((_REASONS[1],)),
    s.Refusal((_REASONS[3],), by_staff=True, grid=GRID),
    s.Refusal(_REASONS[:3], grid=GRID),
    s.Trouble(PlatformCode.UNREACHABLE, can_retry=True),
)
QUIET = s.Kiosk(PLAN, FULL_WORLD)
KNOWN_PERSON = replace(QUIET, session=KNOWN, card_lies=True, turn=3)
NOTHING_LEFT = w.World(NOW, reader=DeviceCode.READER_SILENT)
BROKEN_WORLD = replace(
    FULL_WORLD,
    line=PlatformCode.UNREACHABLE,
    reader=DeviceCode.READER_SILENT,
    printer=PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT),
    store=StoreCode.DISK_FULL,
    uncertain=1,
)
LINE_DOWN = replace(FULL_WORLD, line=PlatformCode.UNREACHABLE)
OWN_REGISTER = replace(LINE_DOWN, register_as_of=AS_OF, register_is_fresh=True)
LINE_WORLDS = (LINE_DOWN, OWN_REGISTER, BROKEN_WORLD, replace(BROKEN_WORLD, reader=None, store=None))
# Where it is said what works and what does not, before and during a session.
OPEN_PAGES: tuple[s.Page, ...] = (s.Attract(), s.Home(), s.LayCard())
OFFLINE_PAGES: tuple[s.Page, ...] = (
    s.WhoYouAre(),
    s.Services(),
    s.Preview("school", 1, "issuance-1", JOB.number, (PNG,)),
    s.Preview("school", 1, "issuance-4", JOB.number, (PNG,), attempt=2),
)
ENGLISH = w.Preferences(Language.EN, TextSize.LARGEST, Theme.YELLOW_ON_BLACK)


# Pages that speak of the card on the reader, where one lies there.
TAKING_PAGES: tuple[s.Page, ...] = (
    s.TakePaper(JOB.number),
    s.TakePaper(JOB.number, reminded=True),
    s.TakeSlip(SLIP_NUMBER, reminded=True),
    *(s.TakeCard(JOB.number, reminders) for reminders in (0, 1, 2, 3)),
    s.Ended(s.Ending.TIME_UP),
    s.Home(),
)
# Where sheets that name nobody are offered.
SHEET_PAGES: tuple[s.Page, ...] = (
    s.Guide("allowance", s.Services()),
    s.StaffCalled(s.Services(), recorded=True, reason=DeviceCode.PRINTER_JAM),
)
WELL = replace(FULL_WORLD, board=good_board())
UNWELL = replace(FULL_WORLD, board=BOARD)
SOCIAL = w.Plan(PLAN.place, PLAN.phone, Rules(LELOU, social_card_services=("residence",)))


def every_state() -> tuple[s.Kiosk, ...]:
    """Sound states: every page with all that it may stand with."""
    return (
        *(replace(QUIET, page=page) for page in (*QUIET_PAGES, *EITHER_PAGES)),
        *browse_looks(QUIET),
        *(replace(KNOWN_PERSON, page=page) for page in (*KNOWN_PAGES, *EITHER_PAGES)),
        *(replace(KNOWN_PERSON, session=UNKNOWN, page=page, world=LINE_DOWN) for page in SLIP_PAGES),
        *(replace(QUIET, page=page, world=world) for page in OPEN_PAGES for world in LINE_WORLDS),
        *(replace(KNOWN_PERSON, session=OFFLINE, page=page, world=LINE_DOWN) for page in OFFLINE_PAGES),
        replace(KNOWN_PERSON, page=s.Services(), world=LINE_DOWN),
        *(replace(QUIET, page=page, card_lies=True) for page in TAKING_PAGES),
        *(replace(KNOWN_PERSON, session=UNKNOWN, page=page, world=BROKEN_WORLD) for page in SLIP_PAGES[-7:]),
        *(replace(KNOWN_PERSON, session=TRIED, page=page) for page in REPRINT_PAGES),
        *(replace(KNOWN_PERSON, session=EXPECTED, page=page) for page in (s.Pickups(), s.WhoYouAre())),
        *(replace(KNOWN_PERSON, session=replace(KNOWN, pickups=make_pickups(1)), page=s.Pickups()),),
        *(replace(QUIET, page=page, desk=make_desk()) for page in DESK_PAGES),
        *bench_states(QUIET),
        *(replace(KNOWN_PERSON, page=page, sheet=note) for page in SHEET_PAGES for note in SHEET_NOTES),
        *(replace(KNOWN_PERSON, page=page, sheets_under_way=1) for page in SHEET_PAGES),
        *(replace(KNOWN_PERSON, page=page, world=UNWELL) for page in (*SHEET_PAGES, s.Services())),
        *(replace(QUIET, page=page, world=WELL, plan=SOCIAL) for page in OPEN_PAGES),
        replace(QUIET, page=s.LayCard(), world=replace(WELL, reader=DeviceCode.READER_SILENT), plan=SOCIAL),
        replace(QUIET, page=s.StaffDesk(), desk=w.Desk(STAFF)),
        replace(QUIET, page=s.StaffDesk(), desk=make_desk(0)),
        replace(QUIET, page=s.CheckingStaff(), stale_checks=1),
        replace(KNOWN_PERSON, session=UNKNOWN, page=s.LookingUp()),
        replace(KNOWN_PERSON, session=UNKNOWN, page=s.StaffCalled(s.LookingUp())),
        replace(KNOWN_PERSON, session=UNKNOWN, page=EITHER_PAGES[0]),
        replace(KNOWN_PERSON, session=UNKNOWN, page=EITHER_PAGES[3]),
        replace(KNOWN_PERSON, page=s.Printing(JOB), staff_called=True),
        replace(QUIET, world=NOTHING_LEFT, page=s.OutOfService(DeviceCode.READER_SILENT)),
    )


def every_look() -> tuple[s.Kiosk, ...]:
    """States that look different: all codes, broken and empty worlds, warnings, English."""
    states = every_state()
    low = replace(FULL_WORLD, printer=PrinterReady(warnings=("media-low",)))
    guides = (*MAIN_SERVICES[1:-1], *NOT_ISSUED)
    reasons = [s.Refusal((reason,), staff, grid) for reason in _REASONS for staff, grid in _SIDES]
    codes: tuple[s.Code, ...] = (*DeviceCode, *PlatformCode, *PaperCode, *StoreCode)
    return (
        *states,
        *bench_words(QUIET),
        *(replace(KNOWN_PERSON, page=page) for page in reasons),
        *(replace(QUIET, page=s.Trouble(code)) for code in codes),
        *(replace(KNOWN_PERSON, page=s.Trouble(code, can_retry=True)) for code in codes[len(DeviceCode) :]),
        *(replace(KNOWN_PERSON, page=s.Guide(guide.key, s.Services())) for guide in guides),
        *(replace(kiosk, warned=True, preferences=ENGLISH) for kiosk in states),
        *(replace(kiosk, world=world) for kiosk in states for world in (BROKEN_WORLD, w.World(NOW), low)),
        *(replace(kiosk, world=world) for kiosk in states for world in (LINE_DOWN, OWN_REGISTER)),
        *(replace(KNOWN_PERSON, session=OFFLINE, page=page) for page in KNOWN_PAGES),
    )
