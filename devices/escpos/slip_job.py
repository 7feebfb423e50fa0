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


_UNSENT = {DeviceCode.RECEIPT_LINE_BROKE: DeviceCode.JOB_CANCELLED}


class SlipJob:
    """One slip on its way. Every method raises DeviceError when the line breaks."""

    def __init__(self, talk: Conversation, observer: PrintObserver, timings: Timings, limit: float) -> None:
        """`limit`: when whoever waits must have an outcome."""
        self._talk, self._observer, self._timings, self._limit = talk, observer, timings, limit
        self._last_look = limit - timings.closing_s
        self._waiting_for: DeviceCode | None = None

    def send(self, blocks: Sequence[bytes]) -> NotPrinted | Uncertain | None:
        """None once the line took all of it, else what is known of the paper."""
        for n, block in enumerate(blocks):
            stopped = self._wait_until_online()
            if stopped is not None:
                return stopped if n else NotPrinted(_UNSENT.get(stopped.code, stopped.code), stopped.detail)
            if not self._talk.send(block, self._limit):
                return Uncertain(DeviceCode.RECEIPT_SILENT, "the line took no more")
            if holds_question(block):
                self._talk.wait_for_quiet(self._limit)
        return None

    def prove(self, pages: int) -> PrintOutcome:
        """Wait for the answer that comes after everything before it."""
        self._talk.ask_proof(self._limit)
        patient_until = time.monotonic() + self._timings.proof_s
        while (now := time.monotonic()) < min(patient_until, self._last_look):
            if self._observer.wants_cancel():
                return Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED, "nobody waited for the proof")
            if self._talk.comes_proof(min(self._last_look, now + self._timings.look_s)):
                return self._judge(pages)
            if self._talk.is_spoilt:
                return Uncertain(DeviceCode.RECEIPT_GARBLED, "rubbish where the proof should be")
            status = self._talk.look(self._last_look)
            self._tell(status)
            if isinstance(status, PrinterBlocked):  # it waits for somebody, and the proof with it
                patient_until = time.monotonic() + self._timings.proof_s
        if self._talk.comes_proof(time.monotonic()):
            return self._judge(pages)
        return Uncertain(self._waiting_for or DeviceCode.RECEIPT_NOT_CONFIRMED, "no proof came")

    def _wait_until_online(self) -> Uncertain | None:
        patient_until = time.monotonic() + self._timings.stuck_s
        while True:
            if self._observer.wants_cancel():
                return Uncertain(DeviceCode.RECEIPT_LINE_BROKE, "cancelled while it was sent")
            status = self._talk.look(self._last_look)
            self._tell(status)
            if isinstance(status, PrinterReady):
                return None
            if isinstance(status, PrinterBlocked):
                patient_until = time.monotonic() + self._timings.stuck_s
            if time.monotonic() > min(patient_until, self._last_look):
                return Uncertain(self._waiting_for or status.code, "not all of it was sent")
            time.sleep(self._timings.look_s)

    def _judge(self, pages: int) -> PrintOutcome:
        """A printer that complains after its proof may have cut nothing, or spoilt the end."""
        fault = self._talk.proof_fault()
        if fault is not None:
            return Uncertain(fault, "a proof that proves nothing")
        status = self._talk.status(self._limit)
        if isinstance(status, PrinterReady):
            return Printed(pages)
        return Uncertain(status.code, detail_of(status))

    def _tell(self, status: PrinterStatus) -> None:
        """What the slip waits for, told once each time it changes; who knows nothing tells nothing."""
        if isinstance(status, PrinterUnknown):
            return
        code = status.code if isinstance(status, PrinterBlocked) else None
        if code is not self._waiting_for:
            self._waiting_for = code
            self._observer.progressed(PrintProgress(0, code))


def detail_of(status: PrinterBlocked | PrinterUnknown) -> str:
    """For the technician: why it is not ready."""
    return status.detail if isinstance(status, PrinterUnknown) else ", ".join(status.reasons)
