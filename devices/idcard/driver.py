"""An ID-card reader with a SAM_V module on a serial line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

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
from devices.errors import DeviceError, GarbledError
from devices.idcard.address import parse_serial_address
from devices.idcard.card_steps import find_card, read_card, read_identity, rejection, select_card
from devices.idcard.commands import READ_APPENDED, SELECT, STATUS
from devices.idcard.connection import Connection
from devices.idcard.lying_card import LyingCard
from devices.idcard.status import REJECTIONS, Status, status_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from devices.contract import FindOutcome, ReaderStatus, ReadOutcome
    from devices.idcard.conversation import Conversation

Outcome = TypeVar("Outcome")

SELECT_EVERY = 3  # polls that found nothing, with tolerant find
OTHER_CARD = frozenset({DeviceCode.CARD_NOT_ID, DeviceCode.CARD_NOT_GENUINE})


class SerialIdCardReader:
    """Implements `CardReader`; nothing is opened before the first call."""

    def __init__(self, address: str) -> None:
        """Take `serial:///dev/idcard?baud=115200&tolerant_find=0`; AddressError if it makes no sense."""
        self._address = parse_serial_address(address)
        self._connection = Connection(self._address)
        self._card = LyingCard()
        self._is_next_waiting = False  # presence() came across another card and selected it
        self._empty_polls = 0

    def status(self, deadline: timedelta) -> ReaderStatus:
        """Open if need be, detect the baud rate, ask for the SAM status and id."""
        return self._repeat(deadline, self._status)

    def find(self, deadline: timedelta) -> FindOutcome:
        """Look once for a card that was not there before, and select it."""
        return self._repeat(deadline, self._find)

    def read(self, deadline: timedelta) -> ReadOutcome:
        """Read text and appended address of the card just found."""
        outcome = self._attempt(time.monotonic() + deadline.total_seconds(), self._read)
        if isinstance(outcome, DeviceFault):
            self._connection.demand_reset()  # else the reader may say of this card that it is not new
        return outcome

    def presence(self, deadline: timedelta) -> Presence:
        """Say whether the card last read still lies there, by asking for its appended address again.

        A find in between makes many readers forget the card: what is no longer seen is UNKNOWN then.
        """
        outcome = self._repeat(deadline, self._presence)
        return Presence.UNKNOWN if isinstance(outcome, DeviceFault) else outcome

    def close(self) -> None:
        """Let go of the port; a further call opens it again."""
        self._connection.close()

    def _repeat(
        self, deadline: timedelta, step: Callable[[Conversation, float], Outcome]
    ) -> Outcome | DeviceFault:
        """Once more, at once, if the port had vanished since the last call and may be back."""
        limit = time.monotonic() + deadline.total_seconds()
        was_lost = self._connection.losses
        outcome = self._attempt(limit, step)
        if self._connection.losses == was_lost:
            return outcome
        return self._attempt(limit, step)

    def _attempt(self, limit: float, step: Callable[[Conversation, float], Outcome]) -> Outcome | DeviceFault:
        try:
            outcome = step(self._connection.talk(limit), limit)
        except DeviceError as error:
            self._connection.failed(error)
            return DeviceFault(error.code, error.detail)
        return outcome

    def _status(self, talk: Conversation, limit: float) -> ReaderStatus:
        status = status_of(talk.ask(STATUS, limit).sw3)
        if status is not Status.SUCCESS:
            raise GarbledError(DeviceCode.READER_GARBLED, f"unexpected SW3 {status:02X}")
        return ReaderReady(self._connection.serial(limit), talk.baud)

    def _find(self, talk: Conversation, limit: float) -> FindOutcome:
        if self._is_next_waiting:
            self._is_next_waiting = False
            return CardFound()
        self._card.lose_track()
        outcome = self._look(talk, limit)
        self._connection.worked()
        return outcome

    def _look(self, talk: Conversation, limit: float) -> FindOutcome:
        match find_card(talk, limit):
            case Status.CARD_FOUND:
                return self._meet(talk, limit)
            case Status.NO_NEW_CARD if self._is_time_to_select():
                return self._meet_stuck(talk, limit)
            case Status.NO_NEW_CARD:
                self._card.miss()
                return NoNewCard()
            case status:
                return self._decline(status)

    def _meet(self, talk: Conversation, limit: float) -> FindOutcome:
        """The reader sees a card: a new one, or the last one on a reader that says so again and again."""
        if self._card.is_there and not self._card.see():
            return NoNewCard()
        status = select_card(talk, limit)
        return self._judge(talk, limit) if status is Status.SUCCESS else self._decline(status)

    def _is_time_to_select(self) -> bool:
        self._empty_polls += 1
        is_due = self._card.is_there or self._empty_polls % SELECT_EVERY == 0
        return self._address.tolerant_find and is_due

    def _meet_stuck(self, talk: Conversation, limit: float) -> FindOutcome:
        """On some readers find is stuck at "no new card" while the card can be selected."""
        if status_of(talk.ask(SELECT, limit).sw3) is not Status.SUCCESS:
            self._card.miss()
            return NoNewCard()
        if self._card.is_there and not self._card.see():
            return NoNewCard()
        return self._judge(talk, limit)

    def _judge(self, talk: Conversation, limit: float) -> FindOutcome:
        """Whether the selected card is a new one."""
        if self._card.is_there:
            card = read_identity(talk, limit)
            if isinstance(card, DeviceCode) or self._card.is_same(card.number):
                return NoNewCard()
            self._card.lift()
        return CardFound()

    def _decline(self, status: Status) -> FindOutcome:
        """The card found cannot be selected; it is reported once, until it was lifted."""
        if status is Status.SELECT_FAILED or (self._card.is_there and status in REJECTIONS):
            return NoNewCard()
        code = rejection(status)
        self._card.lay("")
        return CardRejected(code)

    def _read(self, talk: Conversation, limit: float) -> ReadOutcome:
        card = read_card(talk, limit)
        self._connection.worked()
        if not isinstance(card, DeviceCode):
            self._card.lay(card.number)
            return CardRead(card)
        if card is DeviceCode.CARD_TAKEN_AWAY:
            self._card.lift()
        else:
            self._card.lay("")
        return CardRejected(card)

    def _presence(self, talk: Conversation, limit: float) -> Presence:
        answer = talk.ask(READ_APPENDED, limit)
        answer.wipe()
        is_answered = status_of(answer.sw3) in {Status.SUCCESS, Status.NO_SUCH_ITEM}
        presence = Presence.PRESENT if is_answered else self._look_again(talk, limit)
        if presence is Presence.ABSENT:
            self._card.lift()
        self._connection.worked()
        return presence

    def _look_again(self, talk: Conversation, limit: float) -> Presence:
        """The card no longer answers: it was lifted, moved, or another one lies there."""
        is_found = find_card(talk, limit) is not Status.NO_NEW_CARD
        if not is_found and not self._address.tolerant_find:
            return Presence.ABSENT if self._card.is_followed else Presence.UNKNOWN
        status = select_card(talk, limit)
        if status is Status.SUCCESS:
            return self._compare(talk, limit)
        is_gone = not is_found or REJECTIONS.get(status) in OTHER_CARD
        return Presence.ABSENT if is_gone else Presence.UNKNOWN

    def _compare(self, talk: Conversation, limit: float) -> Presence:
        """Whether the card that lies there now is the one last read."""
        card = read_identity(talk, limit)
        if isinstance(card, DeviceCode):
            return Presence.ABSENT if card in OTHER_CARD else Presence.UNKNOWN
        if self._card.is_same(card.number):
            return Presence.PRESENT
        self._is_next_waiting = True
        return Presence.ABSENT
