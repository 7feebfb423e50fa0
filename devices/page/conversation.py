"""The seven IPP requests of the driver, each as one call (RFC 8011 sections 4.2 and 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import JobRef
from devices.page import job as job_report
from devices.page import status as printer_status
from devices.page.errors import HungUpError, NotIppError, RequestRefusedError
from devices.page.frames import decode, encode
from devices.page.job import JobReport, read_job
from devices.page.message import Attribute, Group, Message, attribute
from devices.page.status import PrinterReport, read_printer
from devices.page.tags import GroupTag, Operation, ValueTag
from devices.page.transport import Link

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import PrintDocument
    from devices.page.deadline import Deadline
    from devices.page.timings import Timings
    from devices.trace.recorder import Tap

_USER = "kiosk"
_MEDIA = "iso_a4_210x297mm"
_MAJOR_VERSIONS = (1, 2)
_FIRST_ERROR = 0x0100
_MAX_REQUEST_ID = 0x7FFFFFFF


class Conversation:
    """Talks to the printer at `address`. Every call raises IppError where it does not get its answer."""

    def __init__(self, address: str, timings: Timings, tap: Tap | None = None) -> None:
        """AddressError if the address makes no sense. `tap` is told what passes."""
        self._uri = address
        self._link = Link(address, tap)
        self._timings = timings
        self._last_id = 0

    def printer(self, deadline: Deadline) -> PrinterReport:
        """Get-Printer-Attributes."""
        asked = _keywords("requested-attributes", printer_status.ATTRIBUTES)
        response = self._query(Operation.GET_PRINTER_ATTRIBUTES, (asked,), deadline)
        return read_printer(response.group(GroupTag.PRINTER))

    def create(self, name: str, deadline: Deadline) -> JobRef:
        """Create-Job, then one look at the job for its uuid: few printers answer it at once."""
        wishes = Group(
            GroupTag.JOB,
            (
                attribute(ValueTag.KEYWORD, "media", _MEDIA),
                attribute(ValueTag.KEYWORD, "sides", "one-sided"),
            ),
        )
        request = self._request(Operation.CREATE_JOB, (attribute(ValueTag.NAME, "job-name", name),), wishes)
        created = read_job(self._exchange(request, self._timings.answer, deadline).group(GroupTag.JOB))
        if not created.id:
            raise NotIppError("Create-Job without a job-id")
        uuid = created.uuid or self.job(created.id, deadline).uuid
        return JobRef(name, uuid, created.id)

    def send(self, job: JobRef, document: PrintDocument, deadline: Deadline) -> None:
        """Send-Document, the one and last of its job. Never repeated."""
        request = self._request(
            Operation.SEND_DOCUMENT,
            (
                attribute(ValueTag.INTEGER, "job-id", job.id),
                attribute(ValueTag.MIME_TYPE, "document-format", "application/pdf"),
                attribute(ValueTag.BOOLEAN, "last-document", True),  # a value, no option
            ),
            document=document.pdf,
        )
        self._exchange(request, self._timings.document, deadline)

    def job(self, job_id: int, deadline: Deadline) -> JobReport:
        """Get-Job-Attributes of whatever job has this id now."""
        details = (
            attribute(ValueTag.INTEGER, "job-id", job_id),
            _keywords("requested-attributes", job_report.ATTRIBUTES),
        )
        response = self._query(Operation.GET_JOB_ATTRIBUTES, details, deadline)
        return read_job(response.group(GroupTag.JOB))

    def all_jobs(self, deadline: Deadline) -> tuple[JobReport, ...]:
        """Get-Jobs, twice: "all" is an extension that many printers do not know."""
        return tuple(
            read_job(group)
            for which in ("not-completed", "completed")
            for group in self._jobs(which, deadline).all_groups(GroupTag.JOB)
        )

    def cancel(self, job_id: int, deadline: Deadline) -> None:
        """Cancel-Job. Repeating it is harmless."""
        self._query(Operation.CANCEL_JOB, (attribute(ValueTag.INTEGER, "job-id", job_id),), deadline)

    def resume(self, deadline: Deadline) -> None:
        """Resume-Printer, of a queue that a spooler has paused."""
        self._query(Operation.RESUME_PRINTER, (), deadline)

    def close(self) -> None:
        """Let go of the connection."""
        self._link.close()

    def _jobs(self, which: str, deadline: Deadline) -> Message:
        details = (
            attribute(ValueTag.KEYWORD, "which-jobs", which),
            _keywords("requested-attributes", job_report.ATTRIBUTES),
        )
        return self._query(Operation.GET_JOBS, details, deadline)

    def _query(self, operation: Operation, details: tuple[Attribute, ...], deadline: Deadline) -> Message:
        """A request that may be repeated: once, for a kept connection may have been closed meanwhile."""
        try:
            return self._exchange(self._request(operation, details), self._timings.answer, deadline)
        except HungUpError:
            return self._exchange(self._request(operation, details), self._timings.answer, deadline)

    def _request(
        self, operation: Operation, details: tuple[Attribute, ...], *more: Group, document: bytes = b""
    ) -> Message:
        self._last_id = self._last_id % _MAX_REQUEST_ID + 1
        opening = (
            attribute(ValueTag.CHARSET, "attributes-charset", "utf-8"),
            attribute(ValueTag.LANGUAGE, "attributes-natural-language", "en"),
            attribute(ValueTag.URI, "printer-uri", self._uri),
        )
        target, rest = _job_id_first(details)
        user = attribute(ValueTag.NAME, "requesting-user-name", _USER)
        group = Group(GroupTag.OPERATION, (*opening, *target, user, *rest))
        return Message(operation, self._last_id, (group, *more), document=document)

    def _exchange(self, request: Message, patience: timedelta, deadline: Deadline) -> Message:
        connect = patience if request.document else self._timings.connect
        body = self._link.post(encode(request), connect, deadline.or_after(patience))
        response = decode(body)
        if response.version[0] not in _MAJOR_VERSIONS:
            raise NotIppError(f"version {response.version[0]}.{response.version[1]}")
        if response.request_id != request.request_id:
            raise NotIppError("the answer to another request")
        if response.code >= _FIRST_ERROR:
            raise RequestRefusedError(response.code)
        return response


def _keywords(name: str, keywords: tuple[str, ...]) -> Attribute:
    return attribute(ValueTag.KEYWORD, name, *keywords)


def _job_id_first(details: tuple[Attribute, ...]) -> tuple[tuple[Attribute, ...], tuple[Attribute, ...]]:
    """RFC 8011 section 4.1.5 wants the target, printer-uri and job-id, before anything else."""
    target = tuple(each for each in details if each.name == "job-id")
    return target, tuple(each for each in details if each.name != "job-id")
