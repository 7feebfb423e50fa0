"""Technicians behind the staff door: what they see, how a test goes, and that nobody's session begins."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import get_args

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed
from kiosk.domain.bench import Refilled
from kiosk.domain.fault_trees import TREES
from kiosk.domain.faults import fault_of
from kiosk.domain.health import Component
from kiosk.domain.trials import TRIAL_CODE
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import technician_states as ts
from kiosk.flow.commands import LoadBench, PrintSheet, RecordRefill, ReportWish
from kiosk.flow.step import step
from kiosk.flow.technician_steps import question_of
from kiosk.flow.trial_steps import step_of
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.bench_situations import BENCH, BOARD, good_board
from tests.flow.content import STAFF
from tests.flow.people import NEXT_PERSON
from tests.flow.situations import UNWELL, WELL
from tests.flow.soundness import check_sound, knows, strings_in, texts_in
from tests.flow.staff_story import LOADED, at_the_door
from tests.flow.technician_story import READ, SOCIAL_READ, at_the_bench

STEPS = 4_000


def test_only_technicians_find_the_way_to_the_devices() -> None:
    for technician in (True, False):
        story = at_the_door()
        story.play(e.StaffAdmitted(STAFF, "李明远", technician=technician), LOADED)

        offered = {node.action for node in walk(view(story.kiosk).nodes)}
        assert ("bench" in offered) == technician
        story.play(e.Tapped("bench"))
        assert isinstance(story.kiosk.page, ts.Workbench) == technician
        assert (LoadBench(STAFF) in story.commands) == technician


def test_the_list_leads_to_each_part_and_back_to_its_own_page() -> None:
    story = at_the_bench(world=UNWELL)
    story.tap("parts", "page:next")
    page = next(node.action for node in walk(view(story.kiosk).nodes) if node.action.startswith("part:"))
    story.tap(page)

    assert view(story.kiosk).name == "part"
    story.tap("back")
    assert story.kiosk.page == ts.PartList(1)


def test_a_bad_part_says_its_code_since_when_and_how_its_last_test_went() -> None:
    story = at_the_bench(ts.Part(Component.PAGE_PRINTER), UNWELL)

    keys = {text.key for text in texts_in(view(story.kiosk).nodes)}
    words = set(strings_in(view(story.kiosk)))
    assert {"health.bad", "part.cause", "part.remedy", "part.failed", "part.search", "part.trial"} <= keys
    assert {"08:05", "PRN-04", fault_of("PRN-04").remedy.zh} <= words


def test_the_search_asks_until_one_cause_is_left_and_goes_back_one_answer() -> None:
    story = at_the_bench(ts.Part(Component.LINE))
    story.tap("search", "answer:no")
    answered = story.kiosk.page
    story.tap("answer:unknown", "back")

    assert story.kiosk.page == answered
    while isinstance(story.kiosk.page, ts.FaultSearch) and question_of(story.kiosk.world, story.kiosk.page):
        story.tap("answer:no")
    assert "fault_search.found" in {text.key for text in texts_in(view(story.kiosk).nodes)}
    story.tap("part_again")
    assert story.kiosk.page == ts.Part(Component.LINE)


def test_what_the_board_says_comes_first_in_the_search() -> None:
    page = ts.FaultSearch(Component.PAGE_PRINTER, 0)

    told = question_of(UNWELL, page)

    assert told is not None
    assert told.key == "stuck"  # PRN-04 stands on the board
    assert question_of(WELL, page) != told
    assert all(question_of(WELL, ts.FaultSearch(component, 0)) for component in TREES)


@pytest.mark.parametrize(
    ("taps", "sheets"),
    [
        (("sheets:full",), 500),  # the most that was ever told
        (("sheets:more",), 287),
        (("sheets:typed", "key:3", "key:0", "key:9", "erase", "enter"), 30),
    ],
)
def test_paper_is_recorded_as_full_as_more_or_as_typed(taps: tuple[str, ...], sheets: int) -> None:
    story = at_the_bench()
    story.tap("refills", "refill:paper", *taps)

    assert story.commands == [RecordRefill(STAFF, Refilled.PAPER, sheets)]
    assert story.kiosk.page == ts.RefillList(Refilled.PAPER)


def test_the_new_estimate_is_shown_as_soon_as_it_is_known() -> None:
    story = at_the_bench(ts.RefillList(Refilled.PAPER))

    story.play(e.TechnicianLoaded(STAFF, replace(BENCH, count=replace(BENCH.count, left=411))))

    assert "411" in set(strings_in(view(story.kiosk)))


def test_nobody_adds_to_what_is_not_known() -> None:
    story = at_the_bench(ts.RefillCount())
    bench = replace(BENCH, count=replace(BENCH.count, left=None))
    story.play(e.TechnicianLoaded(STAFF, bench))

    assert story.play(e.Tapped("sheets:more")) == ["refill_count"]
    assert story.commands == []


def test_the_report_is_printed_once_and_again_only_after_it_failed() -> None:
    story = at_the_bench()
    story.tap("sheet")
    story.play(e.Tapped("sheet"))

    assert story.commands == [PrintSheet(ReportWish(STAFF))]
    story.play(e.SheetSettled(NotPrinted(DeviceCode.PRINTER_PAPER_OUT)))
    story.tap("sheet")
    story.play(e.SheetSettled(Printed(1)), e.Tapped("sheet"))
    assert story.commands == [PrintSheet(ReportWish(STAFF))] * 2


def test_a_random_walk_of_a_technician_reaches_every_page_and_shows_nobody() -> None:
    dice = random.Random(20261123)  # noqa: S311 - a walk, not a secret
    start = at_the_bench(world=replace(WELL, board=BOARD)).kiosk
    kiosk, pages = start, set()
    for number in range(STEPS):
        kiosk, _ = step(kiosk, next_event(kiosk, dice))
        pages.add(type(kiosk.page))
        if not isinstance(kiosk.page, ts.TechnicianPage):
            kiosk = start
        if number % 20 == 0:
            check_sound(kiosk)
        assert kiosk.session is None
        assert not knows(kiosk.page, NEXT_PERSON.secrets())

    assert pages >= set(get_args(ts.TechnicianPage))


def next_event(kiosk: s.Kiosk, dice: random.Random) -> e.Event:
    """What a technician and the devices do."""
    page = kiosk.page
    if isinstance(page, ts.Trial) and dice.random() < 0.6:
        step_key = step_of(page).key
        found = (e.TrialFinished(page.component, step_key, passed) for passed in (True, None, False))
        seen: list[e.Event] = [*found, READ, SOCIAL_READ, e.CardLifted(), e.CodeScanned(TRIAL_CODE)]
        return dice.choice(seen)
    if dice.random() < 0.05:
        told: list[e.Event] = [e.HealthChanged(BOARD), e.HealthChanged(good_board())]
        told += [e.TechnicianLoaded(STAFF, BENCH), e.TimeNearlyUp(kiosk.turn)]
        return dice.choice(told)
    aside = ("finish", "home", "call_staff", "language", "text_size", "theme", "low_reach", "speech")
    offered = [node.action for node in walk(view(kiosk).nodes) if node.action and node.enabled]
    return e.Tapped(dice.choice([action for action in offered if not action.startswith(aside)]))
