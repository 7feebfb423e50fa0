"""Sheets that name nobody: a receipt for a call, where to go, the technician's report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import NotPrinted, Printed, Uncertain
from kiosk.flow import states as s
from kiosk.flow.commands import AcceptanceWish, GuideWish, PrintSheet, ReportWish
from kiosk.flow.means import reports_off, sheets_off
from kiosk.flow.moves import stay
from kiosk.flow.technician_states import Workbench
from kiosk.flow.world import SheetNote, SheetStage

if TYPE_CHECKING:
    from kiosk.flow import events as e
    from kiosk.flow.commands import SheetWish
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk


def order_sheet(kiosk: Kiosk) -> Step:
    """Print what this page offers. While one is under way no other is ordered: two touches, one sheet."""
    wish = _wish(kiosk)
    if wish is None or not can_order(kiosk):
        return stay(kiosk)
    ordered = replace(
        kiosk, sheet=SheetNote(SheetStage.PRINTING), sheets_under_way=kiosk.sheets_under_way + 1
    )
    return stay(ordered, PrintSheet(wish))


def can_order(kiosk: Kiosk) -> bool:
    """Whether a touch on this page would print a sheet; a second one only where the first surely failed."""
    off = reports_off(kiosk.world) if isinstance(kiosk.page, Workbench) else sheets_off(kiosk.world)
    failed = kiosk.sheet is not None and kiosk.sheet.stage is SheetStage.NOT_PRINTED
    return off is None and not kiosk.sheets_under_way and (kiosk.sheet is None or failed)


def answer_sheet(kiosk: Kiosk, event: e.SheetSettled) -> Step:
    """What became of it. Answers come in the order of the orders: an earlier page's is told to nobody."""
    left = max(0, kiosk.sheets_under_way - 1)
    settled = replace(kiosk, sheets_under_way=left)
    is_waiting = kiosk.sheet is not None and kiosk.sheet.stage is SheetStage.PRINTING
    return stay(replace(settled, sheet=_note(event)) if is_waiting and not left else settled)


def _note(event: e.SheetSettled) -> SheetNote:
    match event.outcome:
        case Printed():
            return SheetNote(SheetStage.PRINTED)
        case Uncertain(code):
            return SheetNote(SheetStage.UNCERTAIN, code)
        case NotPrinted(code):
            return SheetNote(SheetStage.NOT_PRINTED, code)
        case code:
            return SheetNote(SheetStage.NOT_PRINTED, code)


def _wish(kiosk: Kiosk) -> SheetWish | None:
    language = kiosk.preferences.language
    match kiosk.page:
        case s.Guide(service=service):
            return GuideWish(service, language)
        case s.StaffCalled(recorded=True, reason=reason):
            return AcceptanceWish(reason, language)
        case Workbench() if kiosk.desk and kiosk.desk.technician:
            return ReportWish(kiosk.desk.staff)
        case _:
            return None
