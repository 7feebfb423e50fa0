"""Commands and answers with one card, and the follow-up questions that T=0 asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from devices.pcsc.apdu import Answer, Verdict, get_response, parse_answer, with_length
from devices.pcsc.status import CardError

if TYPE_CHECKING:
    from devices.pcsc.transport import CardService

BARE_COMMAND_BYTES = 5  # CLA INS P1 P2 Le: only such a command can be repeated with another length
FOLLOW_UPS = 4  # a real answer needs two at most


class Conversation:
    """With the card that the service has taken up, until the limit."""

    def __init__(self, service: CardService, limit: float) -> None:
        self._service = service
        self._limit = limit

    def ask_once(self, command: bytes) -> Answer:
        """What the card answers to this and nothing else; CardError if it is gone."""
        answer = parse_answer(self._service.transmit(command, self._limit))
        if answer is None:
            raise CardError(DeviceCode.SOCIAL_CARD_TAKEN_AWAY, "the answer broke off")
        return answer

    def ask(self, command: bytes) -> Answer:
        """The whole answer: fetched where the card announces it (61), asked again where it corrects (6C)."""
        answer = self.ask_once(command)
        fetched = b""
        for _ in range(FOLLOW_UPS):
            if answer.verdict is Verdict.FETCH:
                fetched += answer.data
                command = get_response(answer.length)
            elif answer.verdict is Verdict.REPEAT and len(command) == BARE_COMMAND_BYTES:
                command = with_length(command, answer.length)
            else:
                return Answer(fetched + answer.data, answer.status)
            answer = self.ask_once(command)
        if answer.verdict in {Verdict.FETCH, Verdict.REPEAT}:
            raise CardError(DeviceCode.SOCIAL_CARD_UNREADABLE, "the card announces answers without end")
        return Answer(fetched + answer.data, answer.status)
