"""Waiting for the service, which looks at its readers each 0.44 s."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import CardRead, NoNewCard, Presence
from tests.devices.idcard.use import AMPLE, in_time, poll

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import CardReader
    from devices.simulators.pcsc.card import Card
    from tests.devices.idcard.use import Outcome

PATIENCE_S = 10
LOOK_S = 0.02


def until_outcome(reader: CardReader, deadline: timedelta = AMPLE) -> Outcome:
    """Poll until something is found, and read it; the first outcome there is."""
    limit = time.monotonic() + PATIENCE_S
    while isinstance(outcome := poll(reader, deadline), NoNewCard):
        assert time.monotonic() < limit, "no card was noticed"
        time.sleep(LOOK_S)
    return outcome


def assert_reads(reader: CardReader, card: Card) -> None:
    """The next card there is, is this one, whole."""
    outcome = until_outcome(reader)
    assert isinstance(outcome, CardRead), outcome
    assert (outcome.identity.name, outcome.identity.number) == (card.name, card.number)
    assert outcome.identity.social_card_number == card.card_number


def until_empty(reader: CardReader) -> None:
    """Wait until the service has noticed that no card lies there."""
    _until(reader, is_empty=True)


def until_noticed(reader: CardReader) -> None:
    """Wait until the service has noticed that something lies there."""
    _until(reader, is_empty=False)


def _until(reader: CardReader, *, is_empty: bool) -> None:
    limit = time.monotonic() + PATIENCE_S
    while (in_time(reader.presence, AMPLE) is Presence.ABSENT) is not is_empty:
        assert time.monotonic() < limit, "the service notices nothing"
        time.sleep(LOOK_S)
