"""The clock knows how far it can be believed, by what the platform said last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend_client.contract import ClockState
from kiosk.work.clock import SystemClock, clock_state

HEARD = datetime(2026, 11, 23, 9, 41, tzinfo=UTC), 5_000


def test_before_any_contact_nobody_knows() -> None:
    assert SystemClock().moment().clock is ClockState.UNKNOWN


@pytest.mark.parametrize(
    ("off", "state"), [(0, ClockState.SYNCED), (400, ClockState.DRIFTED), (-400, ClockState.DRIFTED)]
)
def test_a_contact_tells_how_far_it_is_off(off: int, state: ClockState) -> None:
    clock = SystemClock()

    clock.heard(datetime.now(UTC) + timedelta(seconds=off))

    assert clock.moment().clock is state


@pytest.mark.parametrize(
    ("wall_s", "passed_s", "state"),
    [
        (120, 0, ClockState.SYNCED),
        (-120, 0, ClockState.SYNCED),
        (121, 0, ClockState.DRIFTED),
        (86_400, 86_400, ClockState.SYNCED),  # a day later, and the clock went on with it
        (86_400, 0, ClockState.DRIFTED),  # it was set forward after the contact
        (0, 86_400, ClockState.DRIFTED),  # or set back
    ],
)
def test_the_platforms_time_goes_on_since_it_was_heard(wall_s: int, passed_s: int, state: ClockState) -> None:
    server_time, heard_ms = HEARD

    now = clock_state(HEARD, server_time + timedelta(seconds=wall_s), heard_ms + passed_s * 1000)

    assert now is state
