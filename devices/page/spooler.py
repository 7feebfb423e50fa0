"""A spooler between us and the printer: its word is no proof, the printer's own is.

CUPS says "completed", with all impressions counted, of jobs whose backend was killed and of jobs whose
printer went down before a sheet was out; it may also send one job twice. So its queue is only asked whether
anything can still be sent. What came out is asked from the printer behind it, whose address the queue tells,
and found there by our own unique job-name:

- printed: the queue was seen to wait for the printer's end of our job, so that it had passed on the whole
  document (printers print half a one, and call it completed); it says "completed"; and the printer has just
  one job of our name, completed, with all its impressions counted;
- not printed: the queue is done with the job, and the printer ended its own at 0 impressions, or answered
  all the time and never had one;
- uncertain: all else, and everything where the printer itself cannot be asked (usb:, ipps:, dnssd:).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from devices.contract import DeviceCode, PrinterBlocked, PrinterReady
from devices.errors import AddressError
from devices.page.conversation import Conversation
from devices.page.errors import IppError
from devices.page.job import UNPROVEN, JobReport
from devices.page.status import PrinterReport, assess
from devices.page.tags import JobState, PrinterState

if TYPE_CHECKING:
    from devices.page.deadline import Deadline
    from devices.page.timings import Timings

UNASKED = "printer-behind-queue-not-asked"  # among the warnings of a status: no print can be proved
_PASSED_ON = "cups-waiting-for-job-completed"  # its backend says so once the printer took all there is
_BY_A_PERSON = "Paused"  # what CUPS answers as printer-state-message after `cupsdisable`
_HERE = "localhost"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the queue, the printer behind it, and we ourselves have seen of one job."""

    queue: PrinterReport
    job: JobReport  # the queue's
    there: tuple[JobReport, ...] | None  # the printer's own of our name; None = it cannot be asked
    was_never_there: bool  # since the first byte the printer answered every time, and had none of our name
    was_passed_on: bool  # the queue was seen to have passed on the whole document


def passes_on(job: JobReport) -> bool:
    """Whether the queue has passed on the whole document, and now waits for the printer."""
    return job.state == JobState.PROCESSING and _PASSED_ON in job.printer_reasons


def countersign(seen: Evidence) -> JobReport:
    """Our job as it may be believed."""
    job, there = seen.job, seen.there
    unproven = replace(job, impressions=None, reasons=(*job.reasons, UNPROVEN))
    if there is None:
        return unproven
    counted = sum(each.impressions or 0 for each in there)
    if not job.has_ended():
        return replace(job, impressions=counted)
    # A queue that still works may be ending what it sent: a cancelled job has ended long before its backend.
    is_working = job.state != JobState.COMPLETED and seen.queue.state == PrinterState.PROCESSING
    if is_working or not all(each.has_ended() for each in there):
        return replace(job, state=JobState.PROCESSING, impressions=counted)
    if not there:
        is_sure = seen.was_never_there and job.state != JobState.COMPLETED
        return replace(job, impressions=0) if is_sure else unproven
    if len(there) > 1:
        return unproven
    (own,) = there
    if own.state != JobState.COMPLETED or (job.state == JobState.COMPLETED and seen.was_passed_on):
        return replace(job, state=own.state, impressions=own.impressions, reasons=own.reasons)
    return unproven


class Spooler:
    """The printer behind a queue. Every call raises IppError where it does not get its answer."""

    def __init__(self, address: str, talk: Conversation, timings: Timings) -> None:
        """`talk` is the conversation with the queue at `address`."""
        self._is_near = _is_loopback(address)
        self._talk = talk
        self._timings = timings
        self._device = ""
        self._printer: Conversation | None = None

    def status(self, queue: PrinterReport, until: Deadline) -> PrinterReady | PrinterBlocked:
        """Ready only where the printer itself is, and its queue takes jobs and passes them on."""
        witness = self._witness(queue, until)
        if witness is None:
            # What an idle queue complains of is what it remembers of its last job.
            stems = queue.stems if queue.state != PrinterState.IDLE else ()
            told = assess(replace(queue, stems=stems))
            return replace(told, warnings=(*queue.stems, UNASKED)) if isinstance(told, PrinterReady) else told
        told = assess(witness.printer(until))
        if isinstance(told, PrinterBlocked):
            return told
        if queue.state == PrinterState.STOPPED:
            self.resume(queue, "", until)
            queue = self._talk.printer(until)
        if queue.state == PrinterState.STOPPED or not queue.is_accepting:
            return PrinterBlocked(DeviceCode.PRINTER_STOPPED, queue.stems, told.facts)
        return told

    def trouble(self, machine: PrinterReport, until: Deadline) -> DeviceCode | None:
        """What keeps this printer, or the one behind this queue, from printing."""
        if machine.device is None:
            return machine.trouble()
        witness = self._witness(machine, until)
        if witness is None:
            return machine.trouble() if machine.state != PrinterState.IDLE else None
        is_stopped = machine.state == PrinterState.STOPPED
        return witness.printer(until).trouble() or (DeviceCode.PRINTER_STOPPED if is_stopped else None)

    def jobs_behind(self, queue: PrinterReport, name: str, until: Deadline) -> tuple[JobReport, ...] | None:
        """The printer's own jobs of this name; None where it cannot be asked."""
        witness = self._witness(queue, until)
        if witness is None:
            return None
        return tuple(each for each in witness.all_jobs(until) if each.name == name)

    def cancel_behind(self, name: str, until: Deadline) -> None:
        """Cancel what the queue has passed on under this name."""
        if self._printer is not None:
            for each in self._printer.all_jobs(until):
                if each.name == name and not each.has_ended():
                    self._printer.cancel(each.id, until)

    def resume(self, queue: PrinterReport, name: str, until: Deadline) -> None:
        """Let a queue go on that paused itself, where nothing but our job of this name can come of it.

        Not where a person paused it, not while the printer is not ready, and not if it had this job already:
        the queue would send it once more. Where the spooler does not allow it, the queue stays as it is.
        """
        witness = self._witness(queue, until)
        if witness is None or "paused" not in queue.stems or queue.message == _BY_A_PERSON:
            return
        waiting = {each.name for each in self._talk.all_jobs(until) if not each.has_ended()}
        had_it = name in {each.name for each in witness.all_jobs(until)}
        if not waiting - {name} and not had_it and isinstance(assess(witness.printer(until)), PrinterReady):
            with suppress(IppError):
                self._talk.resume(until)

    def close(self) -> None:
        """Let go of the connection to the printer."""
        if self._printer is not None:
            self._printer.close()

    def _witness(self, queue: PrinterReport, until: Deadline) -> Conversation | None:
        """The printer behind; None where it cannot be asked, or is but another spooler."""
        device = queue.device or ""
        if device != self._device:
            self.close()
            self._printer, self._device = None, ""
            self._printer = self._find(device, until)
            self._device = device
        return self._printer

    def _find(self, device: str, until: Deadline) -> Conversation | None:
        if _is_loopback(device) and not self._is_near:
            return None  # the spooler's own machine is meant, not ours
        try:
            printer = Conversation(device, self._timings)
        except AddressError:
            return None
        is_itself_one = True
        try:
            is_itself_one = printer.printer(until).device is not None
        finally:
            if is_itself_one:
                printer.close()
        return None if is_itself_one else printer


def _is_loopback(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
        return host == _HERE or ip_address(host).is_loopback
    except ValueError:
        return False
