"""A receipt printer over ESC/POS: sends a slip once, and says honestly what is known about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    PrintProgress,
    Uncertain,
)
from devices.errors import DeviceError
from devices.escpos.address import parse_receipt_address
from devices.escpos.frames import ASK_PROOF, ask, slip
from devices.escpos.status import FIXED_BITS, Answers, Question, assess, is_proof, is_status
from devices.escpos.transport import Transport

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import (
        PrintDocument,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
        RollPaper,
    )

ANSWER_S = 0.3  # for one byte of DLE EOT
CHUNK = 2048
_CHUNK_S = 0.2  # how long one look at the line lasts while it takes no more bytes
_PROOF_S = 10.0  # printing what is buffered takes a while
_CLOSING_S = 1.0  # of a deadline, kept back for the last questions
_STUCK_S = 5.0  # no byte taken, and no reason told


class EscposPrinter:
    """Implements `ReceiptPrinter`. Opens with the first call; opens anew, by the same path, after a failure.

    Printed is said only where the model answers GS r in its turn: then everything before it was printed.
    Bytes that were taken prove nothing.
    """

    def __init__(self, address: str) -> None:
        """AddressError if the address makes no sense."""
        self._address = parse_receipt_address(address)
        self._transport: Transport | None = None

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        return self._address.roll

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask DLE EOT 1 to 4."""
        return self._status(time.monotonic() + deadline.total_seconds())

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Send the slip once, if the printer is ready now, and wait for its proof."""
        limit = time.monotonic() + deadline.total_seconds()
        try:
            data = slip(
                document.bitmaps, self.roll.width_dots, self._address.profile, may_cut=self._address.may_cut
            )
        except DeviceError as error:
            return NotPrinted(error.code, error.detail)
        status = self._status(min(limit, time.monotonic() + 4 * ANSWER_S))
        if not isinstance(status, PrinterReady):
            return NotPrinted(status.code, _detail(status))
        observer.creating()
        observer.created(JobRef(document.job_name, "", 0))
        observer.sending()
        try:
            return self._send(data, observer, limit)
        except DeviceError as error:
            self.close()
            return Uncertain(DeviceCode.RECEIPT_LINE_BROKE, f"{error.code} {error.detail}")

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """A receipt printer remembers no job."""
        del job, pages, deadline
        return Uncertain(DeviceCode.JOB_VANISHED, "a receipt printer keeps no jobs")

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """A job for which no byte was sent exists on our side only."""
        del job_name, deadline
        return NotPrinted(DeviceCode.JOB_CANCELLED)

    def close(self) -> None:
        """Let go of the line."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def _status(self, limit: float) -> PrinterStatus:
        try:
            return assess(self._ask_all(self._open(limit), limit))
        except DeviceError as error:
            self.close()
            return PrinterUnknown(error.code, error.detail)

    def _open(self, limit: float) -> Transport:
        if self._transport is None:
            self._transport = Transport(self._address, limit)
        return self._transport

    def _ask_all(self, line: Transport, limit: float) -> Answers:
        """After the first silence the others are not asked: whoever is mute is mute."""
        told: list[int | None] = []
        for question in Question:
            is_mute = bool(told) and told[-1] is None
            told.append(None if is_mute else self._ask(line, question, limit))
        return Answers(*told)

    def _ask(self, line: Transport, question: Question, limit: float) -> int | None:
        """One byte, what came in before it thrown away: it would answer an earlier question."""
        line.discard()
        until = min(limit, time.monotonic() + ANSWER_S)
        if not line.send(ask(question), until):
            return None
        answer = line.receive(until)
        return answer[0] if len(answer) == 1 else (None if not answer else 0xFF)

    def _send(self, data: bytes, observer: PrintObserver, limit: float) -> PrintOutcome:
        line, sent, waits = self._open(limit), 0, _Waits(observer)
        stuck_at = time.monotonic() + _STUCK_S
        while sent < len(data):
            if observer.wants_cancel():
                self.close()
                return Uncertain(DeviceCode.RECEIPT_LINE_BROKE, "cancelled while it was sent")
            taken = line.send(data[sent : sent + CHUNK], min(limit, time.monotonic() + _CHUNK_S))
            sent += taken
            if taken:
                stuck_at = time.monotonic() + _STUCK_S
                waits.for_nothing()
                continue
            blocked = assess(self._ask_all(line, limit))
            if isinstance(blocked, PrinterBlocked):
                waits.for_code(blocked.code)
            is_over = time.monotonic() > limit - _CLOSING_S
            if is_over or (not waits.code and time.monotonic() > stuck_at):
                self.close()
                return Uncertain(waits.code or DeviceCode.RECEIPT_SILENT, "not all of it was taken")
        observer.accepted()
        return self._prove(line, waits, limit)

    def _prove(self, line: Transport, waits: _Waits, limit: float) -> PrintOutcome:
        """Wait for the answer that comes after everything before it."""
        if not self._address.has_proof:
            return Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED, "this model gives no proof")
        line.discard()
        line.send(ASK_PROOF, limit)
        patient_until = time.monotonic() + _PROOF_S
        owed = 0  # answers to questions asked meanwhile; the two kinds differ in their fixed bits
        while time.monotonic() < min(patient_until, limit - _CLOSING_S):
            if waits.observer.wants_cancel():
                return Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED, "nobody waited for the proof")
            answer = line.receive(min(limit, time.monotonic() + _CHUNK_S))
            owed = max(0, owed - sum(map(is_status, answer)))
            if any(is_proof(byte) for byte in answer):
                if owed:
                    line.receive(min(limit, time.monotonic() + ANSWER_S))
                return self._judge(limit)
            if _blocked_in(answer, waits):
                patient_until = time.monotonic() + _PROOF_S  # it waits for somebody, and the proof with it
            if not owed:
                owed = line.send(ask(Question.OFFLINE), limit) // len(ask(Question.OFFLINE))
        return Uncertain(waits.code or DeviceCode.RECEIPT_NOT_CONFIRMED, "no proof came")

    def _judge(self, limit: float) -> PrintOutcome:
        """The proof came; a printer that complains now may have cut nothing, or spoilt the end."""
        status = self._status(min(limit, time.monotonic() + 4 * ANSWER_S))
        if isinstance(status, PrinterReady) or status.code is DeviceCode.RECEIPT_PAPER_OUT:
            return Printed(1)
        return Uncertain(status.code, _detail(status))


class _Waits:
    """What the slip waits for, told once each time it changes."""

    def __init__(self, observer: PrintObserver) -> None:
        self.observer = observer
        self.code: DeviceCode | None = None

    def for_code(self, code: DeviceCode) -> None:
        if code is not self.code:
            self.code = code
            self.observer.progressed(PrintProgress(0, code))

    def for_nothing(self) -> None:
        if self.code is not None:
            self.code = None
            self.observer.progressed(PrintProgress(0))


def _blocked_in(answer: bytes, waits: _Waits) -> bool:
    """Whether the newest answer to DLE EOT 2 says that it waits for somebody."""
    told = [byte for byte in answer if is_status(byte)]
    if not told:
        return False
    state = assess(Answers(FIXED_BITS, told[-1], FIXED_BITS, FIXED_BITS))
    if isinstance(state, PrinterBlocked):
        waits.for_code(state.code)
        return True
    waits.for_nothing()
    return False


def _detail(status: PrinterBlocked | PrinterUnknown) -> str:
    return status.detail if isinstance(status, PrinterUnknown) else ", ".join(status.reasons)
