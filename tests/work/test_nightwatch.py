"""The night's work is done once a night, whatever the clock does, and never not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import ClockState
from kiosk.domain.issuance import Moment
from kiosk.domain.night import is_due
from kiosk.work.clock import LOCAL_ZONE
from kiosk.work.nightwatch import RETRY_S, NightTools, Nightwatch
from kiosk.work.store_state import StoreState
from tests.core.stand import LogBook
from tests.store.builders import Bench
from tests.work.builders import Events

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3
DAYS = 90
NIGHT = datetime(2026, 11, 23, 3, 10, tzinfo=LOCAL_ZONE)


def moment(wall: datetime, passed: timedelta = timedelta(), boot: str = "boot-1") -> Moment:
    """`passed` = since the machine was switched on."""
    return Moment(wall, passed // timedelta(milliseconds=1), boot)


def due_after(passed: timedelta, wall: datetime, *, at_start: bool = False) -> bool:
    """Is it due so long after the last time, within one boot, when the clock shows `wall`."""
    return is_due(moment(wall, passed), moment(NIGHT), HOUR, at_start=at_start)


def test_a_store_that_never_had_a_night_has_one_now() -> None:
    assert is_due(moment(NIGHT + timedelta(hours=9)), None, HOUR, at_start=False)


def test_it_is_due_in_the_quiet_hour_of_the_next_night_and_not_before() -> None:
    day = timedelta(hours=24)

    assert due_after(day, NIGHT + day)
    assert not due_after(timedelta(hours=10), NIGHT + timedelta(hours=10))
    assert not due_after(timedelta(minutes=20), NIGHT + timedelta(minutes=20))


@pytest.mark.parametrize("step", [timedelta(days=-1), timedelta(days=-11000), timedelta(days=11000)])
def test_a_clock_that_shows_the_hour_again_makes_no_second_night(step: timedelta) -> None:
    assert not due_after(timedelta(minutes=30), NIGHT + step)


def test_a_clock_that_never_shows_the_hour_does_not_put_it_off_for_ever() -> None:
    noon = NIGHT.replace(hour=12)

    assert not due_after(timedelta(hours=29), noon)
    assert due_after(timedelta(hours=30), noon)


def test_at_a_start_a_copy_older_than_26_hours_is_too_old() -> None:
    noon = NIGHT.replace(hour=12)

    assert due_after(timedelta(hours=26), noon, at_start=True)
    assert not due_after(timedelta(hours=25), noon, at_start=True)


@pytest.mark.parametrize(
    ("wall", "passed", "expected"),
    [
        (NIGHT + timedelta(days=1), timedelta(minutes=1), True),
        (NIGHT + timedelta(hours=9), timedelta(minutes=1), False),
        (NIGHT - timedelta(days=9000), timedelta(minutes=1), True),  # one of the two clocks was wrong
        (NIGHT + timedelta(hours=9), timedelta(hours=31), True),  # up for longer than the clock will have it
    ],
)
def test_after_another_boot_the_wall_clock_and_the_time_since_boot_decide(
    wall: datetime,
    passed: timedelta,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    now = moment(wall, passed, "boot-2")

    assert is_due(now, moment(NIGHT), HOUR, at_start=False) is expected


def test_over_a_hundred_days_of_a_jumping_clock_there_is_about_one_night_a_day() -> None:
    """The clock is stepped each hour, by up to a day, in all directions."""
    last, nights = moment(NIGHT), 0

    for hours in range(1, 2401):
        wall = NIGHT + timedelta(hours=hours + (hours * 7919) % 49 - 24)
        now = moment(wall, timedelta(hours=hours))
        if is_due(now, last, HOUR, at_start=False):
            last, nights = now, nights + 1

    assert 80 <= nights <= 130


@dataclass
class Persons:
    """Notes before which day persons were to be deleted."""

    days: list[datetime] = field(default_factory=list)

    def shred(self, before: datetime) -> int:
        self.days.append(before)
        return 7


@dataclass
class Watch:
    """A nightwatch over a real store."""

    state_dir: Path
    persons: Persons = field(default_factory=Persons)
    book: LogBook = field(default_factory=LogBook)
    events: Events = field(default_factory=Events)
    clock: ClockState = ClockState.SYNCED

    def __post_init__(self) -> None:
        self.bench = Bench(self.state_dir)
        self.bench.clock.wall = NIGHT
        self.watch = Nightwatch(
            NightTools(
                store=self.bench.store.night,
                ledger=self.bench.store.ledger,
                persons=self.persons,
                store_state=StoreState(self.events.post, self.book.log),
                moment=lambda: Moment(self.bench.clock.wall, 1000, "boot-1", self.clock),
                hour=HOUR,
                personal_days=DAYS,
                log=self.book.log,
            )
        )

    def copies(self) -> list[str]:
        folder = self.state_dir / "backup"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path / "state")


def test_a_night_checks_copies_and_deletes_once(watch: Watch) -> None:
    watch.watch.look()
    watch.watch.look()

    (line,) = watch.book.lines("night_done")
    assert (line["integrity"], line["ledger"], line["backup"], line["shredded"]) == (True, True, True, 7)
    assert watch.copies() == ["kiosk-000001-20261123.db"]
    assert watch.persons.days == [NIGHT - timedelta(days=DAYS)]
    assert watch.bench.store.health().integrity is True


def test_by_a_clock_that_is_wrong_nobody_is_deleted(watch: Watch) -> None:
    watch.clock = ClockState.DRIFTED

    watch.watch.look()

    assert watch.persons.days == []
    assert watch.copies() == ["kiosk-000001-20261123.db"]


def test_a_ledger_that_does_not_agree_is_told(watch: Watch) -> None:
    watch.bench.store.numbers.block_request(9)
    watch.bench.store._database.run(
        lambda session: session.sql.exec_driver_sql("INSERT INTO ledger_entry VALUES (0, 'x')").close()
    )

    watch.watch.look()

    (line,) = watch.book.lines("night_done")
    assert (line["ledger"], line["level"]) == (False, "error")


def test_a_store_that_fails_is_told_and_tried_again(watch: Watch) -> None:
    watch.bench.store.close()
    (watch.state_dir / "kiosk.db").mkdir(parents=True)

    pause = watch.watch.look()
    failed = watch.book.lines("store_failed")
    (watch.state_dir / "kiosk.db").rmdir()
    watch.watch.look()

    assert pause == RETRY_S
    assert len(failed) == 1
    assert len(watch.book.lines("night_done")) == 1


def test_the_store_that_was_opened_is_told_in_one_line(watch: Watch) -> None:
    watch.watch.say_health()

    (line,) = watch.book.lines("store_opened")
    assert line["sqlite"].startswith("3.")
    assert line["schema"] == 3
    assert line["last_backup"] is None
