"""One time limit per turn: a warning, an end, and never a second timer."""

from __future__ import annotations

from datetime import timedelta

from kiosk.core.timer import TurnTimer
from kiosk.flow.events import TimeNearlyUp, TimeUp
from kiosk.flow.timer import Timer


def limit(turn: int, warn_s: float | None = 40, end_s: float = 60) -> Timer:
    warn_after = None if warn_s is None else timedelta(seconds=warn_s)
    return Timer(turn, end_after=timedelta(seconds=end_s), warn_after=warn_after)


def test_a_turn_is_warned_once_and_ended_once() -> None:
    timer = TurnTimer()
    timer.follow(limit(1), now=100)

    spoken = [(now, timer.take_due(now)) for now in (139.9, 140, 141, 159.9, 160, 161, 500)]

    assert [(now, said) for now, said in spoken if said] == [(140, TimeNearlyUp(1)), (160, TimeUp(1))]


def test_the_same_turn_does_not_start_anew() -> None:
    timer = TurnTimer()
    timer.follow(limit(1), now=100)

    timer.follow(limit(1), now=139)

    assert timer.next_at() == 140


def test_a_new_turn_starts_from_zero_and_the_old_one_is_silent() -> None:
    timer = TurnTimer()
    timer.follow(limit(1), now=100)

    timer.follow(limit(2), now=139)

    assert timer.take_due(160) is None
    assert timer.take_due(179) == TimeNearlyUp(2)


def test_without_a_limit_nothing_is_due() -> None:
    timer = TurnTimer()
    timer.follow(limit(1), now=100)

    timer.follow(None, now=101)

    assert timer.next_at() is None
    assert timer.take_due(10_000) is None


def test_a_limit_without_warning_only_ends() -> None:
    timer = TurnTimer()
    timer.follow(limit(1, warn_s=None, end_s=20), now=0)

    assert timer.take_due(19) is None
    assert timer.take_due(20) == TimeUp(1)
    assert timer.next_at() is None


def test_a_machine_that_slept_gets_warning_and_end_in_their_order() -> None:
    timer = TurnTimer()
    timer.follow(limit(1), now=0)

    assert [timer.take_due(1000), timer.take_due(1000), timer.take_due(1000)] == [
        TimeNearlyUp(1),
        TimeUp(1),
        None,
    ]
