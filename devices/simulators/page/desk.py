"""The IPP side of the simulated printer: one answer for each request (RFC 8011 section 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.page.message import Group, Message, attribute
from devices.page.tags import GroupTag, Operation, Status, ValueTag
from devices.simulators.page.description import FORMATS, describe_job, describe_printer, select

if TYPE_CHECKING:
    from devices.simulators.page.jobs import Job
    from devices.simulators.page.press import Press

_MAJOR_VERSIONS = (1, 2)
_OLDEST = (1, 1)
_OPENING = ("attributes-charset", "attributes-natural-language")


class RefusalError(Exception):
    """The request cannot be carried out; `status` says why."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status


class Desk:
    """Answers requests for the printer at `uri`, whose paper side is `press`."""

    def __init__(
        self, uri: str, press: Press, omits: frozenset[str] = frozenset(), device: str | None = None
    ) -> None:
        """`omits`: job attributes that this printer does not know. `device`: see the simulator."""
        self._uri = uri
        self._device = device
        self._press = press
        self._omits = omits
        self._operations = {
            Operation.PRINT_JOB: self._print_job,
            Operation.VALIDATE_JOB: self._validate_job,
            Operation.CREATE_JOB: self._create_job,
            Operation.SEND_DOCUMENT: self._send_document,
            Operation.CANCEL_JOB: self._cancel_job,
            Operation.GET_JOB_ATTRIBUTES: self._get_job,
            Operation.GET_JOBS: self._get_jobs,
            Operation.GET_PRINTER_ATTRIBUTES: self._get_printer,
        }

    def answer(self, request: Message) -> Message:
        """The whole response; what cannot be done is an answer as well."""
        try:
            groups, status = self._carry_out(request), Status.OK
        except RefusalError as refusal:
            groups, status = (), refusal.status
        opening = Group(
            GroupTag.OPERATION,
            (
                attribute(ValueTag.CHARSET, "attributes-charset", "utf-8"),
                attribute(ValueTag.LANGUAGE, "attributes-natural-language", "en"),
                attribute(ValueTag.TEXT, "status-message", status.name.lower().replace("_", "-")),
            ),
        )
        version = _OLDEST if status is Status.VERSION_NOT_SUPPORTED else request.version
        return Message(status, request.request_id, (opening, *groups), version)

    def _carry_out(self, request: Message) -> tuple[Group, ...]:
        _check(request)
        if request.code not in self._operations:
            raise RefusalError(Status.OPERATION_NOT_SUPPORTED)
        return self._operations[Operation(request.code)](request)

    def _get_printer(self, request: Message) -> tuple[Group, ...]:
        group = describe_printer(self._uri, self._press.state(), self._device)
        return (select(group, _requested(request)),)

    def _validate_job(self, request: Message) -> tuple[Group, ...]:
        if (_operation(request).text("document-format") or FORMATS[0]) not in FORMATS:
            raise RefusalError(Status.FORMAT_NOT_SUPPORTED)
        return ()

    def _create_job(self, request: Message) -> tuple[Group, ...]:
        operation = _operation(request)
        name = operation.text("job-name") or "untitled"
        job = self._press.create(name, operation.text("requesting-user-name"))
        return (self._brief(job),)

    def _print_job(self, request: Message) -> tuple[Group, ...]:
        self._validate_job(request)
        (created,) = self._create_job(request)
        return (self._submit(created.integer("job-id") or 0, request.document),)

    def _send_document(self, request: Message) -> tuple[Group, ...]:
        self._validate_job(request)
        job = self._job(request)
        if not _operation(request).boolean("last-document"):
            raise RefusalError(Status.BAD_REQUEST)  # one document for each job, all at once
        return (self._submit(job.id, request.document),)

    def _submit(self, job_id: int, document: bytes) -> Group:
        job = self._press.submit(job_id, document)
        if job is None:
            raise RefusalError(Status.NOT_POSSIBLE)
        return self._brief(job)

    def _cancel_job(self, request: Message) -> tuple[Group, ...]:
        if not self._press.cancel(self._job(request).id):
            raise RefusalError(Status.NOT_POSSIBLE)
        return ()

    def _get_job(self, request: Message) -> tuple[Group, ...]:
        return (self._describe(self._job(request), _requested(request)),)

    def _get_jobs(self, request: Message) -> tuple[Group, ...]:
        wants_ended = _operation(request).text("which-jobs") == "completed"
        asked = _requested(request) or ("job-id", "job-uri")
        mine = _operation(request).text("requesting-user-name")
        anyones = not _operation(request).boolean("my-jobs")
        jobs = [job for job in self._press.jobs() if job.has_ended == wants_ended]
        jobs = [job for job in jobs if anyones or job.user == mine]
        newest_first = reversed(jobs) if wants_ended else jobs
        return tuple(self._describe(job, asked) for job in newest_first)

    def _job(self, request: Message) -> Job:
        operation = _operation(request)
        last_part = operation.text("job-uri").rpartition("/")[2]
        job_id = int(last_part) if last_part.isdecimal() else operation.integer("job-id")
        if job_id is None:
            raise RefusalError(Status.BAD_REQUEST)
        job = self._press.find(job_id)
        if job is None:
            raise RefusalError(Status.NOT_FOUND)
        return job

    def _brief(self, job: Job) -> Group:
        return self._describe(job, ("job-id", "job-uri", "job-state", "job-state-reasons"))

    def _describe(self, job: Job, requested: tuple[str, ...]) -> Group:
        group = select(describe_job(self._uri, job), requested)
        return replace(group, attributes=tuple(a for a in group.attributes if a.name not in self._omits))


def _check(request: Message) -> None:
    """What every request must have (RFC 8011 sections 4.1.1 to 4.1.8); RefusalError where it has not."""
    if request.version[0] not in _MAJOR_VERSIONS:
        raise RefusalError(Status.VERSION_NOT_SUPPORTED)
    operation = _operation(request)
    opening = tuple(each.name for each in operation.attributes[:2])
    has_target = bool(operation.text("printer-uri") or operation.text("job-uri"))
    if opening != _OPENING or not has_target or request.request_id < 1:
        raise RefusalError(Status.BAD_REQUEST)


def _operation(request: Message) -> Group:
    return request.group(GroupTag.OPERATION)


def _requested(request: Message) -> tuple[str, ...]:
    return _operation(request).texts("requested-attributes")
