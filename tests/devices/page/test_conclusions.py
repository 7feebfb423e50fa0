"""What is concluded from what a printer says: pure rules, without a printer."""

from __future__ import annotations

import pytest

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrintOutcome,
    Uncertain,
)
from devices.page.job import JobReport, judge
from devices.page.message import Group, Localized, attribute
from devices.page.status import PrinterReport, assess, read_printer
from devices.page.tags import GroupTag, JobState, PrinterState, ValueTag

OURS = JobRef("serial#1-abc", "urn:uuid:1", 7)


def report(state: JobState, impressions: int | None, *reasons: str) -> JobReport:
    return JobReport(7, "urn:uuid:1", "serial#1-abc", state, reasons, impressions)


def printer(*reasons: str, state: int = PrinterState.IDLE, accepting: bool = True) -> PrinterReport:
    return read_printer(
        Group(
            GroupTag.PRINTER,
            (
                attribute(ValueTag.ENUM, "printer-state", state),
                attribute(ValueTag.KEYWORD, "printer-state-reasons", *reasons),
                attribute(ValueTag.BOOLEAN, "printer-is-accepting-jobs", accepting),
                attribute(ValueTag.TEXT_WITH_LANGUAGE, "printer-make-and-model", Localized("en", "ACME 1")),
            ),
        )
    )


@pytest.mark.parametrize("suffix", ["", "-error", "-warning", "-report"])
@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("media-empty", DeviceCode.PRINTER_PAPER_OUT),
        ("media-needed", DeviceCode.PRINTER_PAPER_OUT),
        ("media-jam", DeviceCode.PRINTER_JAM),
        ("door-open", DeviceCode.PRINTER_COVER_OPEN),
        ("cover-open", DeviceCode.PRINTER_COVER_OPEN),
        ("interlock-open", DeviceCode.PRINTER_COVER_OPEN),
        ("toner-empty", DeviceCode.PRINTER_TONER_OUT),
        ("marker-supply-empty", DeviceCode.PRINTER_TONER_OUT),
        ("stopped", DeviceCode.PRINTER_STOPPED),
        ("paused", DeviceCode.PRINTER_STOPPED),
    ],
)
def test_a_blocking_reason_blocks_whatever_its_suffix(stem: str, suffix: str, code: DeviceCode) -> None:
    assert assess(printer(stem + suffix)) == PrinterBlocked(code, (stem,))


def test_other_reasons_are_warnings() -> None:
    status = assess(printer("toner-low-report", "media-low-warning"))

    assert status == PrinterReady("ACME 1", ("toner-low", "media-low"))


def test_none_is_no_reason() -> None:
    assert assess(printer("none")) == PrinterReady("ACME 1", ())


def test_what_must_be_mended_first_is_named_first() -> None:
    status = assess(printer("media-empty-error", "toner-empty-error", "media-jam-error"))

    assert isinstance(status, PrinterBlocked)
    assert status.code is DeviceCode.PRINTER_JAM


@pytest.mark.parametrize(
    "stopped", [printer("none", state=PrinterState.STOPPED), printer("none", accepting=False)]
)
def test_a_printer_that_is_stopped_or_takes_no_jobs_is_blocked(stopped: PrinterReport) -> None:
    status = assess(stopped)

    assert isinstance(status, PrinterBlocked)
    assert status.code is DeviceCode.PRINTER_STOPPED


def test_a_printer_that_says_nothing_of_itself_is_given_a_try() -> None:
    assert assess(read_printer(Group(GroupTag.PRINTER))) == PrinterReady("", ())


JAM = DeviceCode.PRINTER_JAM
SLOW = DeviceCode.JOB_TOO_SLOW


@pytest.mark.parametrize(
    ("ended", "trouble", "cause", "kind", "code"),
    [
        (report(JobState.COMPLETED, 2), None, None, Printed, None),
        (report(JobState.COMPLETED, 3), None, None, Printed, None),
        (report(JobState.COMPLETED, None), None, None, Printed, None),
        (report(JobState.COMPLETED, 2), None, SLOW, Printed, None),
        (report(JobState.COMPLETED, 1), None, None, Uncertain, DeviceCode.JOB_COUNT_SHORT),
        (report(JobState.COMPLETED, 0), None, None, Uncertain, DeviceCode.JOB_COUNT_SHORT),
        (report(JobState.COMPLETED, 2), JAM, None, Uncertain, DeviceCode.JOB_COUNT_SHORT),
        (
            report(JobState.COMPLETED, 2, "job-completed-with-errors"),
            None,
            None,
            Uncertain,
            DeviceCode.JOB_COUNT_SHORT,
        ),
        (report(JobState.ABORTED, 0), None, None, NotPrinted, DeviceCode.JOB_ABORTED),
        (report(JobState.ABORTED, 0), JAM, None, NotPrinted, JAM),
        (report(JobState.ABORTED, 1), JAM, None, Uncertain, JAM),
        (report(JobState.ABORTED, None), None, None, Uncertain, DeviceCode.JOB_ABORTED),
        (report(JobState.CANCELED, 0), None, None, NotPrinted, DeviceCode.JOB_CANCELLED),
        (report(JobState.CANCELED, 0), None, SLOW, NotPrinted, SLOW),
        (report(JobState.CANCELED, 2), None, SLOW, Uncertain, SLOW),
        (report(JobState.CANCELED, None), None, None, Uncertain, DeviceCode.JOB_CANCELLED),
    ],
)
def test_an_ended_job_of_two_pages_is_judged_by_state_count_and_faults(
    ended: JobReport,
    trouble: DeviceCode | None,
    cause: DeviceCode | None,
    kind: type[PrintOutcome],
    code: DeviceCode | None,
) -> None:
    outcome = judge(ended, 2, trouble, cause)

    assert isinstance(outcome, kind)
    assert getattr(outcome, "code", None) is code


@pytest.mark.parametrize("uuid", ["urn:uuid:2", ""])
def test_an_equal_id_and_name_do_not_make_up_for_another_uuid(uuid: str) -> None:
    found = JobReport(7, uuid, "serial#1-abc", JobState.COMPLETED, (), 1)

    assert not found.is_of(OURS)


def test_an_equal_uuid_makes_it_ours_whatever_its_id_and_name() -> None:
    found = JobReport(99, "urn:uuid:1", "renamed", JobState.COMPLETED, (), 1)

    assert found.is_of(OURS)


def test_without_a_uuid_our_unique_name_decides() -> None:
    nameless = JobRef("serial#1-abc", "", 7)

    ours = JobReport(7, "", "serial#1-abc", JobState.COMPLETED, (), 1)
    another = JobReport(7, "", "serial#2-def", JobState.COMPLETED, (), 1)

    assert ours.is_of(nameless)
    assert not another.is_of(nameless)


def test_elsewhere_in_the_list_a_job_without_any_mark_is_not_taken_for_ours() -> None:
    blank = JobReport(9, "", "", JobState.COMPLETED, (), 1)

    assert not blank.is_surely(JobRef("serial#1-abc", "", 7))
