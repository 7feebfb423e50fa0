"""Questions to a receipt printer and its answers, in step, over a line that is opened when needed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, PrinterReady, PrinterStatus, PrinterUnknown
from devices.errors import DeviceError, LinkError
from devices.escpos.frames import ASK_PROOF, PROOF_BYTES, ask
from devices.escpos.mask import SlipMask
from devices.escpos.status import PROOF_PAPER_END, Answers, Question, assess, is_online, is_proof, is_status
from devices.escpos.transport import Transport
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from devices.escpos.address import ReceiptAddress
    from devices.escpos.timings import Timings

_SENSELESS = 0xFF  # stands for an answer that is not exactly one byte


class Conversation:
    """One thread uses it. Whenever an answer fails the line is closed, and opened anew by the next call."""

    def __init__(self, address: ReceiptAddress, timings: Timings) -> None:
        self._address, self._timings = address, timings
        self._tap = tap_for(address.trace, "escpos", SlipMask())
        self._line: Transport | None = None
        self._is_out_of_step = False  # an answer may still be on its way
        # A slip of before, even of a process before, may be owed its proof; it must prove no other slip.
        self._owes_proof = address.has_proof
        self._proofs: bytearray | None = None  # None = none is waited for
        self.is_spoilt = False  # rubbish came where a proof was waited for

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self, limit: float) -> PrinterStatus:
        """Ask all four questions; after the first silence no more, for whoever is mute is mute.

        A line that was open before may have been hung up since, as network printers do when nothing is
        printed for a while: then it is asked again over a new one.
        """
        is_stale = self._line is not None
        try:
            status = self._asked_anew(limit)
        except LinkError as error:
            self.close()
            status = PrinterUnknown(error.code, error.detail)
            if is_stale:
                return self.status(limit)
        except DeviceError as error:
            status = PrinterUnknown(error.code, error.detail)
        if isinstance(status, PrinterUnknown):
            self.close()
        return status

    def look(self, limit: float) -> PrinterStatus:
        """In mid-job: one question, and the others only if it is not online. Raises DeviceError."""
        line = self._opened(limit)
        if self._is_out_of_step:
            self.wait_for_quiet(limit)
        first = self._ask(line, Question.PRINTER, limit)
        if is_online(first):
            return PrinterReady()
        return self._ask_all(line, limit, first=first)

    def send(self, block: bytes, limit: float) -> bool:
        """Hand a block over; False if the line takes no more for too long. Raises DeviceError."""
        line, done = self._opened(limit), 0
        while done < len(block):
            taken = line.send(block[done:], min(limit, line.clear_at + self._timings.stuck_s))
            if not taken:
                return False
            done += taken
        return True

    def wait_for_quiet(self, limit: float) -> None:
        """Let answers that nobody waits for any more come in. Raises DeviceError."""
        line = self._opened(limit)
        while self._hear(line, min(limit, line.clear_at + self._timings.quiet_s)):
            pass
        self._is_out_of_step = False

    def catch_up(self, limit: float) -> bool:
        """Get the proofs out of the way that slips of before are owed; False if none comes."""
        if not self._owes_proof:
            return True
        self.ask_proof(limit)
        if not self.comes_proof(min(limit, time.monotonic() + self._timings.proof_s)):
            return False
        self.wait_for_quiet(limit)  # those of before came first, so that all are here by now
        self._owes_proof = False
        return True

    def ask_proof(self, limit: float) -> None:
        """Ask for the in-order answer. Raises DeviceError."""
        line = self._opened(limit)
        while self._hear(line, time.monotonic()):
            pass
        self._proofs, self.is_spoilt, self._owes_proof = bytearray(), False, True
        line.send(ASK_PROOF, min(limit, line.clear_at + self._timings.stuck_s))

    def comes_proof(self, limit: float) -> bool:
        """Whether the in-order answer is here, whole, by then. Raises DeviceError."""
        line = self._opened(limit)
        while not self._is_proved() and time.monotonic() < limit:
            self._hear(line, limit)
        return self._is_proved()

    def proof_fault(self) -> DeviceCode | None:
        """What makes a proof that came worthless; None = nothing, and no slip is owed one any more."""
        proofs, self._proofs = self._proofs or b"", None
        if self.is_spoilt or len(proofs) != PROOF_BYTES:
            return DeviceCode.RECEIPT_GARBLED
        self._owes_proof = False
        return DeviceCode.RECEIPT_PAPER_OUT if any(byte & PROOF_PAPER_END for byte in proofs) else None

    def _is_proved(self) -> bool:
        return self._proofs is not None and len(self._proofs) >= PROOF_BYTES

    def _opened(self, limit: float) -> Transport:
        if self._line is None:
            until = min(limit, time.monotonic() + self._timings.connect_s)
            self._line = Transport(self._address, until, self._tap)
        return self._line

    def _asked_anew(self, limit: float) -> PrinterStatus:
        line = self._opened(limit)
        if self._is_out_of_step:
            self.wait_for_quiet(limit)
        return self._ask_all(line, limit)

    def _ask_all(self, line: Transport, limit: float, first: int | None = None) -> PrinterStatus:
        told: list[int | None] = [self._ask(line, Question.PRINTER, limit) if first is None else first]
        for question in (Question.OFFLINE, Question.ERROR, Question.PAPER):
            told.append(None if told[-1] is None else self._ask(line, question, limit))
        return assess(Answers(*told))

    def _ask(self, line: Transport, question: Question, limit: float) -> int | None:
        """One byte, what came in before it put aside: it would answer an earlier question."""
        while self._hear(line, time.monotonic()):
            pass
        if time.monotonic() > limit:
            return None
        self._is_out_of_step = True  # until its answer is here, and nothing else
        line.send(ask(question), min(limit, line.clear_at + self._timings.answer_s))
        until = min(limit, line.clear_at + self._timings.answer_s)
        while data := line.receive(until):
            told = self._without_proofs(data)
            if told:
                self._is_out_of_step = len(told) > 1
                return told[0] if len(told) == 1 else _SENSELESS
        return None

    def _hear(self, line: Transport, limit: float) -> bool:
        """Whether anything came in."""
        data = line.receive(limit)
        self._without_proofs(data)
        return bool(data)

    def _without_proofs(self, data: bytes) -> bytes:
        """What came in, proofs put aside while one is waited for; rubbish beside them spoils them."""
        if self._proofs is None:
            return data
        self._proofs += bytes(byte for byte in data if is_proof(byte))
        told = bytes(byte for byte in data if not is_proof(byte))
        self.is_spoilt = self.is_spoilt or not all(map(is_status, told))
        return told
