"""The health of kiosks in lines, for whoever asks on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.local_time import CHINA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.db.health import KioskState, StateChange

MOST_CHANGES = 50
_FEWEST_FOR_A_LINE = 3  # silent kiosks; fewer of them are troubles of their own
_SHARE_FOR_A_LINE = 0.1


def describe_state(state: KioskState, moment: datetime) -> str:
    """One kiosk in one line: how it is, since when it was heard, and what is wrong."""
    if state.beat is None or state.heard_at is None:
        return f"{state.kiosk} {state.health}: never heard"
    beat = state.beat
    told = [f"{component} {code}" for component, code in beat.bad.items()]
    told += [f"{component} unknown" for component in beat.unknown]
    told += [*beat.warn]
    if beat.owed:
        told.append(f"owes {beat.owed} records, the oldest for {_span(beat.oldest_s)}")
    if beat.parked:
        told.append(f"{beat.parked} records not taken")
    if beat.doubts:
        told.append(f"{beat.doubts} papers in doubt")
    heard = f"heard {_span(int((moment - state.heard_at).total_seconds()))} ago"
    return f"{state.kiosk} {state.health}: {'; '.join([heard, *told])}"


def describe_fleet(states: Sequence[KioskState]) -> list[str]:
    """A line more where so many are silent at once that it is the line, and not the kiosks."""
    heard = [state for state in states if state.beat]
    silent = [state for state in heard if state.silent]
    if len(silent) < _FEWEST_FOR_A_LINE or len(silent) <= _SHARE_FOR_A_LINE * len(heard):
        return []
    return [f"{len(silent)} of {len(heard)} kiosks are silent at once: look at the line first"]


def describe_change(change: StateChange) -> str:
    """One change in one line."""
    when = change.at.astimezone(CHINA)
    return f"{when:%Y-%m-%d %H:%M:%S} {change.component} {change.state} {change.code}".rstrip()


def _span(seconds: int | None) -> str:
    if seconds is None:
        return "an unknown time"
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
