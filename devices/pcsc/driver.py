"""A reader of social security cards at the PC/SC service."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from devices.contract import (
    CardFound,
    CardRead,
    CardRejected,
    DeviceCode,
    DeviceFault,
    NoNewCard,
    Presence,
    ReaderReady,
)
from devices.errors import DeviceError, SilenceError
from devices.pcsc.address import parse_pcsc_address
from devices.pcsc.card_steps import read_card, select_card
from devices.pcsc.conversation import Conversation
from devices.pcsc.status import CardError, CardSilentError
from devices.pcsc.transport import FAREWELL_S, CardService

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from devices.contract import FindOutcome, Identity, ReaderStatus, ReadOutcome
    from devices.pcsc.status import ReaderState

Outcome = TypeVar("Outcome")

# The service looks at its readers each 0.44 s: so long may a card that is gone seem to lie there.
NOTICE_S = 0.6
WORTH_ANOTHER_TRY = frozenset({DeviceCode.SOCIAL_CARD_UNREADABLE, DeviceCode.SOCIAL_CARD_DAMAGED_TEXT})


class Sighting(NamedTuple):
    """One card at one time: another card, or the same laid down again, is another sighting."""

    reader: str
    generation: int
    counter: int


class PcscCardReader:
    """Implements `CardReader`; nothing is opened before the first call."""

    def __init__(self, address: str) -> None:
        """Take `pcsc:///` or `pcsc:///?reader=NAME-PART`; AddressError if it makes no sense."""
        self._service = CardService(parse_pcsc_address(address))
        self._dealt_with: frozenset[Sighting] = frozenset()
        self._current: Sighting | None = None  # found and selected, not read yet
        self._last: Sighting | None = None  # read, or tried
        self._missed: Sighting | None = None  # gave no answer when it was asked; this has been told

    @property
    def service_s(self) -> float:
        """How long the PC/SC service and the card have taken so far; all else is ours."""
        return self._service.service_s

    def status(self, deadline: timedelta) -> ReaderStatus:
        """Open if need be; the serial is the name of the first reader meant."""
        return self._repeat(deadline, lambda limit: ReaderReady(self._service.states(limit)[0].name))

    def find(self, deadline: timedelta) -> FindOutcome:
        """Look once for a card that was not there before, and select its social security application."""
        return self._repeat(deadline, self._find)

    def read(self, deadline: timedelta) -> ReadOutcome:
        """Read the records of issuer and holder of the card just found."""
        return self._attempt(time.monotonic() + deadline.total_seconds(), self._read)

    def presence(self, deadline: timedelta) -> Presence:
        """Say whether the card last read still lies there; it is not asked, its reader is."""
        outcome = self._repeat(deadline, self._presence)
        return Presence.UNKNOWN if isinstance(outcome, DeviceFault) else outcome

    def close(self) -> None:
        """Let go of the service; a further call opens it again."""
        self._service.close()
        self._current = None

    def _repeat(self, deadline: timedelta, step: Callable[[float], Outcome]) -> Outcome | DeviceFault:
        """Once more, at once, if the service was restarted since the last call and may be back."""
        limit = time.monotonic() + deadline.total_seconds()
        losses = self._service.losses
        outcome = self._attempt(limit, step)
        return outcome if self._service.losses == losses else self._attempt(limit, step)

    def _attempt(self, limit: float, step: Callable[[float], Outcome]) -> Outcome | DeviceFault:
        try:
            return step(limit)
        except DeviceError as error:
            self._current = None
            if error.code is DeviceCode.SOCIAL_NO_READER:
                # It counts from the start when it is plugged in again: another card may look like the last.
                self._dealt_with, self._last, self._missed = frozenset(), None, None
            if isinstance(error, SilenceError):
                self._missed = self._last  # whoever took it away while it was silent has been told
            return DeviceFault(error.code, error.detail)

    def _find(self, limit: float) -> FindOutcome:
        states = {self._sighting(state): state for state in self._service.states(limit)}
        self._dealt_with &= states.keys()  # what is gone need not be remembered
        for sighting, state in states.items():
            if state.has_card and sighting not in self._dealt_with:
                return self._meet(sighting, state, limit)
        return NoNewCard()

    def _meet(self, sighting: Sighting, state: ReaderState, limit: float) -> FindOutcome:
        """A card that was not there before; one that is refused is told of once, until it was lifted."""
        self._last = sighting
        if state.is_mute:
            return self._reject(sighting, DeviceCode.SOCIAL_CARD_MUTE)
        try:
            self._service.connect(sighting.reader, limit)
            is_social = select_card(Conversation(self._service, limit))
        except CardError as error:
            if sighting == self._missed:  # it still gives none
                return NoNewCard()
            return self._reject(sighting, self._judge(sighting, error, limit))
        if not is_social:
            return self._reject(sighting, DeviceCode.SOCIAL_NOT_THIS_CARD)
        self._current = sighting
        return CardFound()

    def _read(self, limit: float) -> ReadOutcome:
        sighting, self._current = self._current or self._find_any(limit), None
        if sighting is None:
            return CardRejected(DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
        self._last = sighting
        outcome = self._try_to_read(sighting, limit, is_selected=True)
        if outcome in WORTH_ANOTHER_TRY:
            outcome = self._try_to_read(sighting, limit, is_selected=False)
        if isinstance(outcome, DeviceCode):
            return self._reject(sighting, outcome)
        self._dealt_with |= {sighting}
        self._service.disconnect(limit)
        return CardRead(outcome)

    def _try_to_read(self, sighting: Sighting, limit: float, *, is_selected: bool) -> Identity | DeviceCode:
        """What the card says, or why it does not; it begins anew with a reset unless it is selected."""
        talk = Conversation(self._service, limit)
        try:
            if not is_selected:
                self._service.connect(sighting.reader, limit, reset=True)
                if not select_card(talk):
                    return DeviceCode.SOCIAL_NOT_THIS_CARD
            return read_card(talk)
        except CardError as error:
            return self._judge(sighting, error, limit)

    def _find_any(self, limit: float) -> Sighting | None:
        """A social security card that lies there, be it new or not, selected; None if there is none."""
        for state in self._service.states(limit):
            if state.has_card and not state.is_mute:
                sighting = self._sighting(state)
                with suppress(CardError):  # another reader may have a better one
                    self._service.connect(state.name, limit)
                    if select_card(Conversation(self._service, limit)):
                        return sighting
        return None

    def _judge(self, sighting: Sighting, error: CardError, limit: float) -> DeviceCode:
        """Whether a card that gave no answer is gone: many readers say "not transacted" of both."""
        if isinstance(error, CardSilentError):
            until = min(limit, time.monotonic() + NOTICE_S)
            if self._service.is_gone(sighting.reader, sighting.counter, until):
                return DeviceCode.SOCIAL_CARD_TAKEN_AWAY
        return error.code

    def _reject(self, sighting: Sighting, code: DeviceCode) -> CardRejected:
        """Let go of this card, and say nothing more of it; only one that seems gone gets a second chance.

        A card that was exchanged in the middle of a command is not always counted as another one.
        """
        is_gone = code is DeviceCode.SOCIAL_CARD_TAKEN_AWAY
        if is_gone and sighting != self._missed:
            self._missed = sighting
        else:
            self._dealt_with |= {sighting}
        self._service.disconnect(time.monotonic() + FAREWELL_S)
        return CardRejected(code)

    def _presence(self, limit: float) -> Presence:
        states = self._service.states(limit)
        last = self._last
        if not any(state.has_card for state in states):
            return Presence.ABSENT
        if last is None or last.generation != self._service.generation:
            return Presence.UNKNOWN  # the service counts from the start again
        is_there = any(state.has_card and self._sighting(state) == last for state in states)
        return Presence.PRESENT if is_there else Presence.ABSENT

    def _sighting(self, state: ReaderState) -> Sighting:
        return Sighting(state.name, self._service.generation, state.counter)
