"""What a printer says of itself, and what that means for printing now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, PrinterBlocked, PrinterFacts, PrinterReady
from devices.page import facts
from devices.page.tags import PrinterState

if TYPE_CHECKING:
    from devices.page.message import Group

ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-state-message",
    "cups-version",
    "device-uri",
    *facts.ATTRIBUTES,
)
_WANTED = frozenset(ATTRIBUTES)
_SUFFIXES = ("-error", "-warning", "-report")

# The first code that fits is the one that is named: what has to be mended first comes first.
_BLOCKING = {
    DeviceCode.PRINTER_JAM: {"media-jam"},
    DeviceCode.PRINTER_COVER_OPEN: {"door-open", "cover-open", "interlock-open"},
    DeviceCode.PRINTER_PAPER_OUT: {"media-empty", "media-needed"},
    DeviceCode.PRINTER_TONER_OUT: {"toner-empty", "marker-supply-empty"},
    DeviceCode.PRINTER_STOPPED: {"stopped", "paused"},
}


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """The state attributes of a printer; `stems` are its reasons without suffix and without "none"."""

    state: int | None
    stems: tuple[str, ...]
    is_accepting: bool
    model: str
    message: str = ""
    device: str | None = None  # where the printer behind a spooler's queue is; None: this is no spooler
    level_stems: tuple[str, ...] = ()  # what only the levels of the supplies warn of
    facts: PrinterFacts = field(default=PrinterFacts(), compare=False)

    def trouble(self) -> DeviceCode | None:
        """What keeps it from printing, None if nothing does."""
        for code, stems in _BLOCKING.items():
            if stems & set(self.stems):
                return code
        return DeviceCode.PRINTER_STOPPED if self.state == PrinterState.STOPPED else None


def read_printer(group: Group) -> PrinterReport:
    """The report in a printer group; what is missing counts as no objection."""
    group = group.pick(_WANTED)
    stems = dict.fromkeys(_stem(reason) for reason in group.texts("printer-state-reasons"))
    return PrinterReport(
        state=group.integer("printer-state"),
        stems=tuple(stem for stem in stems if stem != "none"),
        is_accepting=group.boolean("printer-is-accepting-jobs") is not False,
        model=group.text("printer-make-and-model"),
        message=group.text("printer-state-message"),
        device=_device(group),
        level_stems=facts.level_stems(group),
        facts=facts.read_facts(group),
    )


def _device(group: Group) -> str | None:
    """Only CUPS tells these two, and tells them of every queue."""
    is_spooler = bool(group.values("cups-version") or group.values("device-uri"))
    return group.text("device-uri") if is_spooler else None


def assess(report: PrinterReport) -> PrinterReady | PrinterBlocked:
    """Whether a document may be sent now."""
    code = report.trouble()
    if code is None and not report.is_accepting:
        code = DeviceCode.PRINTER_STOPPED
    if code is None:
        warnings = dict.fromkeys((*report.stems, *report.level_stems))
        return PrinterReady(report.model, tuple(warnings), report.facts)
    return PrinterBlocked(code, report.stems, report.facts)


def _stem(reason: str) -> str:
    # Printers put the severity that they like: ippeveprinter turns "-error" into "-warning" or "-report".
    for suffix in _SUFFIXES:
        reason = reason.removesuffix(suffix)
    return reason
