"""The board tells each change once, keeps since when, and lets nothing stay good by silence."""

from __future__ import annotations

import itertools
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD, SILENT_AFTER, Told
from kiosk.flow.events import HealthChanged
from kiosk.work.health_board import HealthBoard
from tests.core.stand import LogBook

if TYPE_CHECKING:
    from kiosk.domain.health import Board, Finding
    from kiosk.flow.events import Event

BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
EMPTY = Told(Health.BAD, DeviceCode.PRINTER_PAPER_OUT, detail="media-empty")
PRINTER, READER = Component.PAGE_PRINTER, Component.ID_READER


class Hall:
    """A board with two components, a clock that is set by hand, and all that was posted."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.book = LogBook()
        self.passed_s = 0.0
        self.board = HealthBoard(
            (PRINTER, READER),
            lambda: BEGIN + timedelta(seconds=self.passed_s),
            self.events.append,
            self.book.log,
            lambda: self.passed_s,
        )

    def boards(self) -> list[Board]:
        return [event.board for event in self.events if isinstance(event, HealthChanged)]

    def printer(self) -> Finding:
        finding = self.board.board().of(PRINTER)
        assert finding
        return finding


def test_nobody_has_looked_yet_is_unknown_and_no_news() -> None:
    hall = Hall()

    assert [finding.health for finding in hall.board.board().findings] == [Health.UNKNOWN] * 2
    assert hall.events == []


def test_each_change_is_told_once_to_the_flow_and_to_the_log() -> None:
    hall = Hall()

    for told in (GOOD, GOOD, EMPTY, EMPTY, EMPTY, GOOD):
        hall.board.tell(PRINTER, told)

    assert [board.bad() != () for board in hall.boards()] == [False, True, False]
    lines = hall.book.lines("health_changed")
    assert [(line["level"], line["code"]) for line in lines] == [
        ("info", None),
        ("error", "PRN-03"),
        ("info", None),
    ]


def test_since_stays_as_long_as_the_same_is_wrong() -> None:
    hall = Hall()
    hall.board.tell(PRINTER, EMPTY)

    hall.passed_s = 10
    hall.board.tell(PRINTER, Told(EMPTY.health, EMPTY.code, warnings=("toner-low",)))

    assert hall.printer().since == BEGIN
    assert len(hall.boards()) == 2  # the warning is news
    hall.board.report(PRINTER, Health.BAD, DeviceCode.PRINTER_JAM)
    assert hall.printer().since == BEGIN + timedelta(seconds=10)


def test_another_detail_is_kept_without_being_news() -> None:
    hall = Hall()
    hall.board.tell(PRINTER, EMPTY)

    hall.board.tell(PRINTER, Told(EMPTY.health, EMPTY.code, detail="media-needed"))

    assert hall.printer().detail == "media-needed"
    assert len(hall.boards()) == 1


def test_what_nobody_reports_any_more_becomes_unknown_and_only_that() -> None:
    hall = Hall()
    hall.board.tell(PRINTER, GOOD)
    hall.passed_s = SILENT_AFTER[PRINTER].total_seconds()
    hall.board.tell(READER, GOOD)
    hall.board.expire()
    assert hall.printer().health is Health.GOOD

    hall.passed_s += 0.5
    hall.board.expire()
    hall.board.expire()

    assert hall.board.board().unknown() == (hall.printer(),)
    assert len(hall.boards()) == 3


def test_every_component_has_a_limit_of_its_own() -> None:
    assert set(SILENT_AFTER) == set(Component)


def test_what_is_not_fitted_is_on_no_board() -> None:
    hall = Hall()

    hall.board.tell(Component.UPS, GOOD)

    assert hall.board.board().of(Component.UPS) is None
    assert hall.events == []
    assert hall.board.health_of(Component.UPS) is Health.UNKNOWN


def test_whoever_wants_to_know_hears_the_finding_that_changed() -> None:
    hall = Hall()
    heard: list[Finding] = []
    hall.board.on_change = heard.append

    hall.board.tell(PRINTER, EMPTY)
    hall.board.tell(PRINTER, EMPTY)

    assert heard == [hall.printer()]


def test_no_older_board_comes_after_a_newer_one() -> None:
    """Two reporters at once: the flow keeps the board that came last, so it must be the newest."""
    hall = Hall()

    def report(component: Component) -> None:
        for number in range(300):
            hall.board.tell(component, EMPTY if number % 2 else GOOD)

    threads = [threading.Thread(target=report, args=(component,)) for component in (PRINTER, READER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    boards = hall.boards()
    assert len(boards) == 600
    assert boards[-1] == hall.board.board()
    differing = [
        sum(one != other for one, other in zip(before.findings, after.findings, strict=True))
        for before, after in itertools.pairwise(boards)
    ]
    assert set(differing) == {1}
