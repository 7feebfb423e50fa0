"""What the simulated printer says of itself and of its jobs (RFC 8011 sections 5.3 and 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.page.message import Attribute, Group, Range, Resolution, attribute
from devices.page.tags import GroupTag, JobState, Operation, PrinterState, ValueTag
from devices.simulators.page.jobs import Job, up_time_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from devices.simulators.page.press import PressState

PDF = "application/pdf"
A4 = "iso_a4_210x297mm"
FORMATS = (PDF, "application/octet-stream")
OPERATIONS = tuple(each for each in Operation if each is not Operation.RESUME_PRINTER)  # a spooler's
_DOTS_PER_INCH = 3
_DEVICE_ID = "MFG:Community Kiosk;MDL:Page Simulator;CMD:PDF;SN:SIM-0001;"  # IEEE 1284
_ALL = frozenset({"all", "printer-description", "job-description", "job-template"})


def describe_printer(uri: str, state: PressState, device: str | None = None) -> Group:
    """The whole printer group for the printer at `uri`, or for a queue there of the printer at `device`."""
    behind = () if device is None else (attribute(ValueTag.URI, "device-uri", device),)
    return Group(GroupTag.PRINTER, (*_identity(uri), *_condition(state), *_abilities(), *behind))


def describe_job(uri: str, job: Job) -> Group:
    """The whole job group of one job of the printer at `uri`."""
    return Group(
        GroupTag.JOB,
        (
            attribute(ValueTag.INTEGER, "job-id", job.id),
            attribute(ValueTag.URI, "job-uri", f"{uri}/{job.id}"),
            attribute(ValueTag.URI, "job-uuid", job.uuid),
            attribute(ValueTag.URI, "job-printer-uri", uri),
            attribute(ValueTag.NAME, "job-name", job.name),
            attribute(ValueTag.NAME, "job-originating-user-name", job.user),
            attribute(ValueTag.ENUM, "job-state", job.state),
            attribute(ValueTag.KEYWORD, "job-state-reasons", job.reason),
            attribute(ValueTag.INTEGER, "job-impressions", job.pages),
            attribute(ValueTag.INTEGER, "job-impressions-completed", job.impressions),
            attribute(ValueTag.INTEGER, "job-printer-up-time", up_time_s()),
            attribute(ValueTag.INTEGER, "time-at-creation", job.created_s),
            _moment("time-at-processing", job.begun_s),
            _moment("time-at-completed", job.ended_s),
        ),
    )


def select(group: Group, requested: Sequence[str]) -> Group:
    """Only the attributes asked for (requested-attributes, RFC 8011 section 4.2.5.1)."""
    if not requested or _ALL & set(requested):
        return group
    return Group(group.tag, tuple(each for each in group.attributes if each.name in requested))


def _moment(name: str, second: int | None) -> Attribute:
    return attribute(ValueTag.NO_VALUE if second is None else ValueTag.INTEGER, name, second)


def _identity(uri: str) -> tuple[Attribute, ...]:
    return (
        attribute(ValueTag.URI, "printer-uri-supported", uri),
        attribute(ValueTag.KEYWORD, "uri-security-supported", "none"),
        attribute(ValueTag.KEYWORD, "uri-authentication-supported", "none"),
        attribute(ValueTag.NAME, "printer-name", "Simulated page printer"),
        attribute(ValueTag.TEXT, "printer-info", "Simulated page printer"),
        attribute(ValueTag.TEXT, "printer-location", "Developer's desk"),
        attribute(ValueTag.TEXT, "printer-make-and-model", "Community Kiosk Page Simulator"),
        attribute(ValueTag.TEXT, "printer-device-id", _DEVICE_ID),
        attribute(ValueTag.URI, "printer-more-info", uri.replace("ipp:", "http:", 1)),
    )


def _condition(state: PressState) -> tuple[Attribute, ...]:
    busy = int(state.state != PrinterState.IDLE)
    return (
        attribute(ValueTag.ENUM, "printer-state", state.state),
        attribute(ValueTag.KEYWORD, "printer-state-reasons", *state.reasons),
        attribute(ValueTag.BOOLEAN, "printer-is-accepting-jobs", True),  # a value, no option
        attribute(ValueTag.INTEGER, "printer-up-time", up_time_s()),
        attribute(ValueTag.INTEGER, "printer-impressions-completed", state.impressions),
        attribute(ValueTag.INTEGER, "queued-job-count", busy),
        attribute(ValueTag.NAME, "marker-names", *(each.name for each in state.supplies)),
        attribute(ValueTag.KEYWORD, "marker-types", *(each.kind for each in state.supplies)),
        attribute(ValueTag.INTEGER, "marker-levels", *(each.percent for each in state.supplies)),
        attribute(ValueTag.INTEGER, "marker-low-levels", *(each.low for each in state.supplies)),
        attribute(ValueTag.INTEGER, "marker-high-levels", *(each.high for each in state.supplies)),
    )


def _abilities() -> tuple[Attribute, ...]:
    return (
        attribute(ValueTag.CHARSET, "charset-configured", "utf-8"),
        attribute(ValueTag.CHARSET, "charset-supported", "utf-8"),
        attribute(ValueTag.LANGUAGE, "natural-language-configured", "en"),
        attribute(ValueTag.LANGUAGE, "generated-natural-language-supported", "en"),
        attribute(ValueTag.KEYWORD, "compression-supported", "none"),
        attribute(ValueTag.KEYWORD, "ipp-versions-supported", "1.1", "2.0"),
        attribute(ValueTag.ENUM, "operations-supported", *OPERATIONS),
        attribute(ValueTag.MIME_TYPE, "document-format-default", PDF),
        attribute(ValueTag.MIME_TYPE, "document-format-supported", *FORMATS),
        attribute(ValueTag.KEYWORD, "pdl-override-supported", "not-attempted"),
        attribute(ValueTag.KEYWORD, "media-default", A4),
        attribute(ValueTag.KEYWORD, "media-supported", A4),
        attribute(ValueTag.KEYWORD, "media-ready", A4),
        attribute(ValueTag.COLLECTION, "media-col-default", _a4_collection()),
        attribute(ValueTag.COLLECTION, "media-col-database", _a4_collection()),
        attribute(ValueTag.KEYWORD, "sides-default", "one-sided"),
        attribute(ValueTag.KEYWORD, "sides-supported", "one-sided"),
        attribute(ValueTag.INTEGER, "copies-default", 1),
        attribute(ValueTag.RANGE, "copies-supported", Range(1, 1)),
        attribute(ValueTag.RESOLUTION, "printer-resolution-default", Resolution(600, 600, _DOTS_PER_INCH)),
        attribute(ValueTag.BOOLEAN, "multiple-document-jobs-supported", False),  # a value
        attribute(ValueTag.INTEGER, "multiple-operation-time-out", 120),
        attribute(ValueTag.BOOLEAN, "job-ids-supported", True),  # a value
        attribute(ValueTag.ENUM, "job-state-supported", *JobState),
    )


def _a4_collection() -> tuple[Attribute, ...]:
    size = (
        attribute(ValueTag.INTEGER, "x-dimension", 21000),  # hundredths of a millimetre
        attribute(ValueTag.INTEGER, "y-dimension", 29700),
    )
    return (attribute(ValueTag.COLLECTION, "media-size", size),)
