"""Whatever people and devices do, the kiosk finds its way back, and nobody's data stays."""

from __future__ import annotations

import random
from dataclasses import replace

from devices.contract import DeviceCode, NotPrinted, PrinterReady
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import technician_states as ts
from kiosk.flow import world as w
from kiosk.flow.commands import EndSession, LookUp, PreparePaper, PrepareSlip, PrintPaper
from kiosk.flow.moves import MOST_REMINDERS
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.contract import Language, TextSize
from kiosk.scene.nodes import walk
from tests.flow.bench_situations import BENCH, good_board
from tests.flow.content import JOB, SLIP_NUMBER, STAFF, make_desk, make_notices, make_organisations
from tests.flow.happenings import answers, every_event
from tests.flow.people import NEXT_PERSON, TENANT
from tests.flow.situations import PNG, QUIET, every_state
from tests.flow.soundness import check_sound, knows

SECRETS = (*TENANT.secrets(), *NEXT_PERSON.secrets())
STEPS = 10_000
# A walk that never gets here proves nothing.
FARTHEST = {
    *(s.Guide, s.Preview, s.Printing, s.PrinterWaits, s.CameOut, s.TakePaper, s.Refusal, s.TakeCard),
    *(s.Pickups, s.SlipOffer, s.PreparingSlip, s.Slip, s.TakeSlip, s.SlipNoted, s.NotOut),
    *(s.StaffDoor, s.CheckingStaff, s.StaffDesk, s.DoubtList, s.Doubt, s.ParkedList, s.CodeShown),
    *(ts.Workbench, ts.RefillList, ts.FaultSearch),  # the rest: test_technician.py
}
MENDED = (
    e.LineChanged(None),
    e.StoreRecovered(),
    e.ReaderRecovered(),
    e.PrinterChanged(PrinterReady()),
    e.ContentArrived(make_notices(), make_organisations()),
    e.HealthChanged(good_board()),
)
MOSTLY = 0.8
DESK = make_desk(6)
ADMISSIONS = (e.StaffAdmitted(STAFF, "李明远"), *2 * (e.StaffAdmitted(STAFF, "李明远", technician=True),))
STAFF_ANSWERS = (
    e.TechnicianLoaded(STAFF, BENCH),
    e.StaffRefused(0),
    e.DeskLoaded(STAFF, DESK.uncertain, DESK.parked, DESK.waiting),
)
PREFERENCES = ("language", "text_size", "theme", "low_reach", "speech")
PATIENCE = 12  # time limits until nobody can be standing there any more


def settle(kiosk: s.Kiosk) -> s.Kiosk:
    """Let time run out, let the printer answer, as it always does, and let a card that was left be found."""
    for _ in range(PATIENCE):
        if isinstance(kiosk.page, s.IdlePage):
            break
        if isinstance(kiosk.page, s.Printing | s.PrinterWaits) and kiosk.session:
            outcome = NotPrinted(DeviceCode.JOB_CANCELLED)
            kiosk, _ = step(kiosk, e.PrintSettled(kiosk.session.id, outcome))
        if isinstance(kiosk.page, s.TakeCard) and kiosk.page.reminders >= MOST_REMINDERS:
            kiosk, _ = step(kiosk, e.CardLifted())
        kiosk, _ = step(kiosk, e.TimeUp(kiosk.turn))
    return kiosk


def test_from_every_state_time_alone_leads_to_an_idle_page_without_a_person() -> None:
    for kiosk in every_state():
        settled = settle(kiosk)

        assert isinstance(settled.page, s.IdlePage)
        assert settled.session is None
        assert not knows(settled, SECRETS)


def test_a_random_walk_stays_sound_and_always_finds_its_way_back() -> None:
    dice = random.Random(8)  # noqa: S311 - a walk, not a secret
    kiosk = replace(QUIET, page=s.Attract())
    commands: list[object] = []
    pages: set[type[s.Page]] = set()

    for number in range(STEPS):
        kiosk, ordered = step(kiosk, next_event(kiosk, dice, number))
        commands += ordered
        pages.add(type(kiosk.page))
        if number % 25 == 0:
            check_sound(kiosk)
            assert isinstance(settle(kiosk).page, s.IdlePage)

    begun = [command.session for command in commands if isinstance(command, LookUp)]
    ended = [command.session for command in commands if isinstance(command, EndSession)]
    assert pages >= FARTHEST
    assert len(ended) == len(set(ended))
    assert set(begun) - set(ended) <= {kiosk.session.id if kiosk.session else ""}


def fitting(kiosk: s.Kiosk, answer: e.Event) -> e.Event:
    """A prepared paper answers the wish that is open, as the worker's answers do."""
    page = kiosk.page
    if not isinstance(answer, e.PaperPrepared):
        return answer
    match page:
        case s.Preparing(purpose, copies):
            issuance = f"{page.reprint_of}-again" if page.reprint_of else answer.issuance
            return replace(answer, issuance=issuance, number=JOB.number, purpose=purpose, copies=copies)
        case s.PreparingSlip(purpose):
            return replace(answer, number=SLIP_NUMBER, purpose=purpose, copies=1)
        case _:
            return answer


def as_new(event: e.Event, number: int) -> e.Event:
    """No two readings of a card have the same id."""
    return replace(event, card_read=f"reading-{number}") if isinstance(event, e.IdentityRead) else event


def next_event(kiosk: s.Kiosk, dice: random.Random, number: int) -> e.Event:
    """Mostly what residents and workers would do on this page, and now and then anything at all."""
    way = dice.choices(("anything", "mended", "answer", "card", "time", "touch"), (2, 6, 40, 3, 4, 45))[0]
    match way:
        case "anything":
            return as_new(dice.choice(every_event(kiosk.turn)), number)
        case "mended":
            return dice.choice(MENDED)
        case "answer" if isinstance(kiosk.page, s.CheckingStaff):
            return dice.choice((*ADMISSIONS, e.StaffRefused(0)))
        case "answer" if isinstance(kiosk.page, ts.TechnicianPage) and dice.random() < MOSTLY:
            return STAFF_ANSWERS[0]  # the others send a technician away
        case "answer" if isinstance(kiosk.page, s.StaffPage):
            return dice.choice(STAFF_ANSWERS)
        case "answer":
            possible = answers(kiosk.session.id if kiosk.session else "nobody")
            usual = dice.random() < MOSTLY
            return fitting(kiosk, dice.choice(likely(kiosk, possible) if usual else possible))
        case "time":
            return e.TimeUp(kiosk.turn)
        case "card" if isinstance(kiosk.page, s.TakeCard):
            return e.CardLifted()
        case "card" if kiosk.session is None and not isinstance(kiosk.page, ts.TechnicianPage):
            read = e.IdentityRead(f"reading-{number}", NEXT_PERSON.identity)
            return dice.choice((e.CardLaid(), read, read, e.CodeScanned(SLIP_NUMBER)))
        case _:
            return e.Tapped(dice.choice(onward(kiosk)))


def likely(kiosk: s.Kiosk, possible: tuple[e.Event, ...]) -> tuple[e.Event, ...]:
    """Most people are who they say, and most papers are made: else the walk would hardly ever see one."""
    match kiosk.page:
        case s.LookingUp():
            found = [each for each in possible if isinstance(each, e.HouseholdFound) and each.name_matches]
            return (*found, *(each for each in possible if isinstance(each, e.HouseholdOutOfReach)))
        case s.Preparing() | s.PreparingSlip():
            return tuple(each for each in possible if isinstance(each, e.PaperPrepared))
        case s.Printing() | s.PrinterWaits():
            return tuple(each for each in possible if isinstance(each, e.PrintProgressed | e.PrintSettled))
        case _:
            return possible


def onward(kiosk: s.Kiosk) -> list[str]:
    """What can be touched, without what leads away where there is anything else."""
    offered = [node.action for node in walk(view(kiosk).nodes) if node.action and node.enabled]
    if isinstance(kiosk.page, s.StaffDoor) and "enter" in offered:
        return ["enter"]  # anybody may; the answer is the worker's
    if isinstance(kiosk.page, ts.TechnicianPage):
        offered = [action for action in offered if not action.startswith(("finish", "home", "call_staff"))]
        return [action for action in offered if not action.startswith(PREFERENCES)]
    if isinstance(kiosk.page, s.Attract | s.Home):
        # Rather than reading, of which there is much.
        offered += [action for action in offered if action in {"start", "staff", "services"}] * 7
    aside = ("finish", "home", "back", "call_staff", *PREFERENCES)
    return (
        [action for action in offered if not action.startswith(aside)]
        or [action for action in offered if action.startswith(("finish", "home", "back"))]
        or offered
    )


def test_every_session_that_ends_is_ended_with_the_workers_too() -> None:
    for kiosk in every_state():
        if kiosk.session is None:
            continue
        for event in every_event(kiosk.turn):
            after, commands = step(kiosk, event)

            is_over = after.session is None or after.session.id != kiosk.session.id
            assert (EndSession(kiosk.session.id) in commands) == is_over


def test_nothing_of_a_person_is_left_in_a_state_without_a_session() -> None:
    """Searched in every field, whatever its repr hides."""
    for kiosk in every_state():
        for event in every_event(kiosk.turn):
            after, _ = step(kiosk, event)

            if after.session is None:
                assert not knows(after.page, (*SECRETS, PNG.decode("latin-1")))
                assert after.world is kiosk.world or not knows(after.world, SECRETS)


def test_the_next_session_holds_nothing_of_the_last_one() -> None:
    for kiosk in every_state():
        after, _ = step(kiosk, e.IdentityRead("reading-2", NEXT_PERSON.identity))

        if after.session and after.session.id == "reading-2":
            assert isinstance(after.page, s.LookingUp)
            assert not knows(after, TENANT.secrets())


def test_only_the_person_on_the_card_is_looked_up_and_certified() -> None:
    for kiosk in every_state():
        for event in every_event(kiosk.turn):
            after, commands = step(kiosk, event)

            for command in commands:
                if isinstance(command, LookUp | PreparePaper | PrepareSlip | PrintPaper):
                    assert after.session is not None
                    assert command.session == after.session.id
                    assert command.identity == after.session.identity


def test_the_repr_of_a_state_shows_nobody() -> None:
    for kiosk in every_state():
        shown = repr(kiosk)

        assert not any(secret in shown for secret in TENANT.secrets())


def test_answers_to_an_earlier_session_change_nothing() -> None:
    for kiosk in every_state():
        for event in answers("reading-0"):
            assert step(kiosk, event) == (kiosk, ())


def test_a_print_under_way_is_never_abandoned() -> None:
    """Only its outcome leads away from it, whatever else happens."""
    under_way = s.Printing | s.PrinterWaits
    for kiosk in every_state():
        page = kiosk.page
        for event in every_event(kiosk.turn) if isinstance(page, under_way) else ():
            after, commands = step(kiosk, event)

            is_settled = isinstance(event, e.PrintSettled) and event.session == "reading-1"
            if not is_settled and not _gives_up(kiosk, event):
                assert isinstance(after.page, under_way)
                assert isinstance(page, under_way)
                assert after.page.job.issuance == page.job.issuance
                assert not any(isinstance(command, EndSession) for command in commands)


def _gives_up(kiosk: s.Kiosk, event: e.Event) -> bool:
    """The second time limit: the printer was asked to stop and has not answered since."""
    page = kiosk.page
    is_asked = isinstance(page, s.Printing | s.PrinterWaits) and page.job.cancelled
    return is_asked and event == e.TimeUp(kiosk.turn)


def test_a_print_is_ordered_only_by_touching_print_on_the_preview() -> None:
    for kiosk in every_state():
        for event in every_event(kiosk.turn):
            _, commands = step(kiosk, event)

            if any(isinstance(command, PrintPaper) for command in commands):
                assert event == e.Tapped("print")
                assert isinstance(kiosk.page, s.Preview | s.Slip)
                page = kiosk.page
                assert commands == (PrintPaper("reading-1", page.issuance, page.number, TENANT.identity),)


def test_the_next_resident_finds_the_default_language_size_and_colours() -> None:
    english = w.Preferences(Language.EN, TextSize.LARGEST)
    for kiosk in every_state():
        if isinstance(kiosk.page, s.IdlePage):
            continue

        settled = settle(replace(kiosk, preferences=english))

        assert settled.preferences == w.Preferences()
