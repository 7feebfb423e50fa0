"""A receipt printer over ESC/POS: sends a slip once, and says honestly what is known about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, JobRef, NotPrinted, PrinterReady, Uncertain
from devices.errors import DeviceError
from devices.escpos.address import parse_receipt_address
from devices.escpos.conversation import Conversation
from devices.escpos.frames import fresh_start, slip
from devices.escpos.slip_job import SlipJob, detail_of
from devices.escpos.timings import Timings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from devices.contract import PrintDocument, PrinterStatus, PrintObserver, PrintOutcome, RollPaper


class EscposPrinter:
    """Implements `ReceiptPrinter`. Opens with the first call; opens anew, by the same path, after a failure.

    Printed is said only where the model answers GS r in its turn: then everything before it was printed.
    Bytes that were taken prove nothing.
    """

    def __init__(self, address: str, timings: Timings | None = None) -> None:
        """AddressError if the address makes no sense."""
        self._address = parse_receipt_address(address)
        self._timings = timings or Timings()
        self._talk = Conversation(self._address, self._timings)
        # What a process before this one left half sent, nobody knows.
        self._is_clean = False

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        return self._address.roll

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask DLE EOT 1 to 4."""
        return self._talk.status(time.monotonic() + deadline.total_seconds())

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Send the slip once, if the printer is ready now, and wait for its proof."""
        limit = time.monotonic() + deadline.total_seconds()
        try:
            blocks = slip(document.bitmaps, self.roll.width_dots, self._address.cut)
        except DeviceError as error:
            return NotPrinted(error.code, error.detail)
        refused = self._refused(limit)
        if refused is not None:
            return refused
        observer.creating()
        observer.created(JobRef(document.job_name, "", 0))
        observer.sending()
        try:
            job = SlipJob(self._talk, observer, self._timings, limit)
            failed = self._send(blocks, job)
            return failed or self._prove(job, observer, len(document.bitmaps))
        except DeviceError as error:
            self._talk.close()
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
        self._talk.close()

    def _refused(self, limit: float) -> NotPrinted | None:
        """Why nothing may be sent now; None if the printer is ready, and done with whatever was before."""
        status = self._talk.status(min(limit, time.monotonic() + self._timings.status_s))
        if not isinstance(status, PrinterReady):
            return NotPrinted(status.code, detail_of(status))
        try:
            return self._start_fresh(limit - self._timings.closing_s)
        except DeviceError as error:
            self._talk.close()
            return NotPrinted(error.code, error.detail)

    def _start_fresh(self, limit: float) -> NotPrinted | None:
        if not self._is_clean:
            if not self._talk.send(fresh_start(self.roll.width_dots, self._address.cut), limit):
                self._talk.close()
                return NotPrinted(DeviceCode.RECEIPT_SILENT, "the line takes no bytes")
            self._is_clean = True
        if self._talk.catch_up(limit):
            return None
        return NotPrinted(DeviceCode.RECEIPT_SILENT, "no answer to GS r; is proof=none right?")

    def _send(self, blocks: Sequence[bytes], job: SlipJob) -> NotPrinted | Uncertain | None:
        self._is_clean = False
        failed = job.send(blocks)
        self._is_clean = failed is None or isinstance(failed, NotPrinted)
        return failed

    def _prove(self, job: SlipJob, observer: PrintObserver, pages: int) -> PrintOutcome:
        observer.accepted()
        if not self._address.has_proof:
            return Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED, "this model gives no proof")
        return job.prove(pages)
