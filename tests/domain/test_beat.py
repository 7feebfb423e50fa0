"""A heartbeat always fits, says what is bad before all else, and never calls good what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend_client.contract import (
    MOST_HEARTBEAT_BYTES,
    Heartbeat,
    Machine,
    Paper,
    Vitals,
    heartbeat_bytes,
)
from devices.contract import DeviceCode, Supply
from kiosk.domain.beat import compose, fit
from kiosk.domain.beat_times import BETWEEN_URGENT, GATHER, regular, urgent
from kiosk.domain.health import Component, Health
from tests.work.conditions import (
    CONDITION,
    LONGEST_PROGRAM,
    NOW,
    PROGRAM,
    nothing_known,
    with_findings,
)

MINUTE = timedelta(seconds=60)
HUGE = 10**15


def test_an_ordinary_beat_says_everything() -> None:
    beat = compose(CONDITION, PROGRAM, 5)

    assert (beat.seq, beat.boot, beat.up_s, beat.offset_ms) == (5, "b00t", 3600, 250)
    assert (beat.owed, beat.oldest_s, beat.parked, beat.doubts, beat.numbers) == (3, 90, 1, 2, 150)
    assert (beat.size, beat.root) == (77, "ab" * 8)
    assert beat.vitals == Vitals(card_s=10, print_s=20, delivery_s=30, register_s=40, frame_s=5)
    assert beat.paper == Paper(sheets=40, pages=120, supplies={"black toner": 40, "drum": None})
    assert beat.machine == Machine(temp_c=42, disk_mb=50_000, memory_mb=900, cpu=12, ups=98)
    assert (beat.bad, beat.unknown, beat.warn) == ({}, (), ())
    assert Heartbeat.model_validate_json(heartbeat_bytes(beat)) == beat


def test_what_nobody_knows_is_in_no_beat_as_a_figure() -> None:
    beat = compose(nothing_known(), PROGRAM, 1)

    assert beat.unknown == tuple(component.value for component in Component)
    assert (beat.offset_ms, beat.oldest_s, beat.vitals, beat.machine) == (None, None, Vitals(), Machine())


def test_a_code_of_what_is_not_bad_is_told_as_a_warning() -> None:
    condition = with_findings(Health.UNKNOWN, DeviceCode.RECEIPT_SILENT, ("toner-low",))

    assert compose(condition, PROGRAM, 1).warn == ("RCP-07", "toner-low")


def test_with_everything_bad_and_long_it_still_fits_and_names_every_fault() -> None:
    condition = replace(
        with_findings(
            Health.BAD, DeviceCode.SOCIAL_CARD_DAMAGED_TEXT, tuple("w" * 40 + str(n) for n in range(9))
        ),
        supplies=tuple(Supply("碳" * 30 + str(number), "toner", 100) for number in range(9)),
    )

    content = heartbeat_bytes(compose(condition, LONGEST_PROGRAM, HUGE))

    assert len(content) <= MOST_HEARTBEAT_BYTES
    told = Heartbeat.model_validate_json(content)
    assert told.bad == {component.value: "SSC-10" for component in Component}
    assert (told.owed, told.oldest_s, told.size) == (3, 90, 77)


def longest() -> Heartbeat:
    """Every field at the longest that the contract takes."""
    return Heartbeat(
        seq=HUGE,
        boot="碳" * 24,
        up_s=HUGE,
        wall=NOW,
        clock=CONDITION.moment.clock,
        offset_ms=-HUGE,
        app="碳" * 24,
        os="碳" * 64,
        sqlite="碳" * 24,
        config="碳" * 24,
        bad={f"{number:0>2}" + "碳" * 22: "碳" * 24 for number in range(24)},
        unknown=("碳" * 24,) * 24,
        warn=("碳" * 24,) * 8,
        owed=HUGE,
        oldest_s=HUGE,
        parked=HUGE,
        doubts=HUGE,
        numbers=HUGE,
        size=HUGE,
        root="碳" * 24,
        vitals=Vitals(card_s=HUGE, print_s=HUGE, delivery_s=HUGE, register_s=HUGE, frame_s=HUGE),
        paper=Paper(sheets=HUGE, pages=HUGE, supplies={f"{n}" + "碳" * 23: HUGE for n in range(8)}),
        machine=Machine(temp_c=HUGE, disk_mb=HUGE, memory_mb=HUGE, cpu=100, ups=100),
    )


def test_the_longest_beat_of_the_contract_fits_and_is_shortened_in_one_way_only() -> None:
    short = fit(longest())

    assert len(heartbeat_bytes(longest())) > 4 * MOST_HEARTBEAT_BYTES
    assert len(heartbeat_bytes(short)) <= MOST_HEARTBEAT_BYTES
    assert short == fit(longest())
    assert (short.seq, short.boot, short.owed, short.size) == (HUGE, "碳" * 24, HUGE, HUGE)
    assert short.bad
    assert short.unknown == ()


def test_the_least_important_goes_first_and_no_more_than_is_needed() -> None:
    beat = compose(CONDITION, PROGRAM, 5)
    padding = MOST_HEARTBEAT_BYTES - len(heartbeat_bytes(beat)) + 10
    names = [f"{number:0>24}" for number in range(padding // 26 + 1)]
    crowded = beat.model_copy(update={"unknown": tuple(names)})

    short = fit(crowded)

    assert (short.os, short.unknown) == ("", crowded.unknown)
    assert short.machine == beat.machine


@pytest.mark.parametrize(
    ("asked", "chance", "expected_s"),
    [(None, 0.0, 48), (60, 0.5, 60), (60, 1.0, 72), (20, 0.5, 20), (300, 0.0, 300), (300, 1.0, 360)],
)
def test_beats_spread_and_a_platform_that_wants_them_seldom_is_obeyed(
    asked: int | None, chance: float, expected_s: float
) -> None:
    wanted = None if asked is None else timedelta(seconds=asked)

    assert regular(MINUTE, wanted, lambda: chance) == timedelta(seconds=expected_s)


def test_what_turns_bad_is_told_soon_but_in_no_storm() -> None:
    assert urgent(None) == GATHER
    assert urgent(timedelta(seconds=10)) == BETWEEN_URGENT - timedelta(seconds=10)
    assert urgent(timedelta(hours=1)) == GATHER
