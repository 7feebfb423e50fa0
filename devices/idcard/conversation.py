"""Question and answer with a reader on an open port."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from devices.errors import GarbledError, RefusalError, SilenceError
from devices.idcard.frames import Answer, AnswerDecoder
from devices.idcard.status import REFUSALS, RESEND_ONCE, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from devices.idcard.commands import Command
    from devices.idcard.transport import SerialPort

# A reader sends a frame in one piece; USB bridges pause for some 20 ms. So long a silence is a broken frame.
GAP_S = 0.3
BITS_PER_BYTE = 10
MIN_PATIENCE_S = 0.05  # with less time left a question is not asked: its answer would come too late


class Conversation:
    """Asks one question after another; answers that belong to earlier ones are dropped."""

    def __init__(self, port: SerialPort, baud: int) -> None:
        self.port = port
        self.baud = baud
        self._decoder = AnswerDecoder()

    def ask(self, command: Command, limit: float) -> Answer:
        """The reader's answer, asked for a second time if it came damaged or the question did.

        SilenceError, GarbledError or LinkError if there is none by the limit; RefusalError if the reader
        says that it cannot work.
        """
        try:
            answer = self._ask_once(command, limit)
        except GarbledError:
            if time.monotonic() + MIN_PATIENCE_S > limit:
                raise
            answer = self._ask_once(command, limit)
        if status_of(answer.sw3) in RESEND_ONCE:
            answer = self._ask_once(command, limit)
        refusal = REFUSALS.get(status_of(answer.sw3))
        if refusal is not None:
            raise RefusalError(refusal, f"SW3 {answer.sw3:02X}")
        return answer

    def _ask_once(self, command: Command, limit: float) -> Answer:
        started = time.monotonic()
        first_limit = min(limit, started + command.patience.total_seconds())
        last_limit = min(limit, first_limit + GAP_S + self._line_time(command))
        self._decoder.clear()
        self.port.discard_input()
        self.port.send(command.frame, first_limit)
        is_heard = False
        until = first_limit
        while chunk := self.port.receive(until):
            is_heard = True
            answer = _own(command, self._decoder.feed(chunk))
            if answer is not None:
                return answer
            until = self._next_limit(first_limit, last_limit)
        return self._conclude(command, is_heard=is_heard)

    def _conclude(self, command: Command, *, is_heard: bool) -> Answer:
        """Nothing more comes: the answer may still be hidden behind the beginning of a broken frame."""
        answer = _own(command, self._decoder.give_up_frame())
        self._decoder.clear()
        if answer is not None:
            return answer
        if is_heard:
            raise GarbledError(DeviceCode.READER_GARBLED, "no whole answer to this command")
        raise SilenceError(DeviceCode.READER_SILENT, "no answer in time")

    def _next_limit(self, first_limit: float, last_limit: float) -> float:
        if self._decoder.is_inside_frame or self._decoder.broken_frames:
            return min(last_limit, time.monotonic() + GAP_S)
        return first_limit  # rubbish or an earlier command's answer: ours has not begun

    def _line_time(self, command: Command) -> float:
        return command.longest * BITS_PER_BYTE / self.baud


def _own(command: Command, answers: Iterable[Answer]) -> Answer | None:
    """The answer to this command among those that came in; the others are wiped."""
    own: Answer | None = None
    for answer in answers:
        if own is None and command.is_answered_by(answer):
            own = answer
        else:
            answer.wipe()
    return own
