"""Sending one slip: block by block, looking at the printer before each, then waiting for its proof."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import (
    DeviceCode,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    PrintProgress,
    Uncertain,
)
from devices.escpos.frames import holds_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from devices.contract import PrinterStatus, PrintObserver, PrintOutcome
    from devices.escpos.conversation import Conversation
    from devices.escpos.timings import Timings


# What somebody at the printer mends in a moment; for the rest nobody should stand and wait.
_SOON_MENDED = {DeviceCode.RECEIPT_PAPER_OUT, DeviceCode.RECEIPT_COVER_OPEN, DeviceCode.RECEIPT_OFFLINE}


class SlipJob:
    """One slip on its way. Every method raises DeviceError when the line breaks."""

    def __init__(self, talk: Conversation, observer: PrintObserver, timings: Timings, limit: float) -> None:
        """`limit`: when whoever waits must have an outcome."""
        self._talk, self._observer, self._timings, self._limit = talk, observer, timings, limit
        self._last_look = limit - timings.closing_s
        self._waiting_for: DeviceCode | None = None
        self._patient_until = 0.0

    def send(self, blocks: Sequence[bytes]) -> NotPrinted | Uncertain | None:
        """None once the line took all of it, else what is known of the paper."""
        for n, block in enumerate(blocks):
            stopped = self._wait_until_online()
            if stopped is not None:
                return stopped if n else NotPrinted(stopped.code, stopped.detail)
            if not self._talk.send(block, self._limit):
                return Uncertain(DeviceCode.RECEIPT_SILENT, "the line took no more")
            if holds_question(block):
                self._talk.wait_for_quiet(self._limit)
        return None

    def prove(self, pages: int) -> PrintOutcome:
        """Wait for the answer that comes after everything before it."""
        self._talk.ask_proof(self._limit)
        self._be_patient(self._timings.proof_s)
        while not self._is_over():
            if self._observer.wants_cancel():
                return Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED, "nobody waited for the proof")
            if self._talk.comes_proof(min(self._last_look, time.monotonic() + self._timings.look_s)):
                return self._judge(pages)
            if self._talk.is_spoilt:
                return Uncertain(DeviceCode.RECEIPT_GARBLED, "rubbish where the proof should be")
            self._look(self._timings.proof_s)
        if self._talk.comes_proof(time.monotonic()):
            return self._judge(pages)
        return Uncertain(self._waiting_for or DeviceCode.RECEIPT_NOT_CONFIRMED, "no proof came")

    def _wait_until_online(self) -> Uncertain | None:
        self._be_patient(self._timings.stuck_s)
        while True:
            if self._observer.wants_cancel():
                return Uncertain(DeviceCode.JOB_CANCELLED, "cancelled while it was sent")
            status = self._look(self._timings.stuck_s)
            if isinstance(status, PrinterReady):
                return None
            if self._is_over():
                return Uncertain(self._waiting_for or status.code, "not all of it was sent")
            time.sleep(self._timings.look_s)

    def _look(self, patience_s: float) -> PrinterStatus:
        """How the printer is. What it waits for is told once each time it changes."""
        status = self._talk.look(self._limit)
        if isinstance(status, PrinterUnknown):  # who knows nothing tells nothing
            return status
        code = status.code if isinstance(status, PrinterBlocked) else None
        if code is not self._waiting_for:
            self._waiting_for = code
            is_soon_mended = isinstance(status, PrinterBlocked) and _is_soon_mended(status)
            self._be_patient(self._timings.paper_patience_s if is_soon_mended else patience_s)
            self._observer.progressed(PrintProgress(0, code))
        return status

    def _be_patient(self, seconds: float) -> None:
        self._patient_until = time.monotonic() + seconds

    def _is_over(self) -> bool:
        return time.monotonic() >= min(self._patient_until, self._last_look)

    def _judge(self, pages: int) -> PrintOutcome:
        """A printer that complains after its proof may have cut nothing, or spoilt the end."""
        fault = self._talk.proof_fault()
        if fault is not None:
            return Uncertain(fault, "a proof that proves nothing")
        status = self._talk.status(self._limit)
        if isinstance(status, PrinterReady):
            return Printed(pages)
        return Uncertain(status.code, detail_of(status))


def _is_soon_mended(status: PrinterBlocked) -> bool:
    return status.code in _SOON_MENDED or status.reasons == ("hot",)


def detail_of(status: PrinterBlocked | PrinterUnknown) -> str:
    """For the technician: why it is not ready."""
    return status.detail if isinstance(status, PrinterUnknown) else ", ".join(status.reasons)
