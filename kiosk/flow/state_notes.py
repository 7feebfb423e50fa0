"""Notices of what works now and what does not, and of how old the knowledge is that is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.flow.means import LineMeans, certificates_off, is_printer_unknown, line_means, store_off
from kiosk.flow.parts import button, moment_text, notice, off_text, t
from kiosk.flow.sheet_steps import can_order
from kiosk.flow.world import SheetStage

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Session, World
    from kiosk.scene.contract import Node


def what_works(world: World) -> tuple[Node, ...]:
    """What can be had here and what cannot, while the line is down."""
    means = line_means(world)
    if means is LineMeans.EVERYTHING:
        return ()
    if means is LineMeans.CERTIFICATES and world.register_as_of:
        return (
            notice("line-down", t("line.certificates", moment=moment_text(world.register_as_of)), "offline"),
        )
    return (notice("line-down", t(f"line.{means}"), "offline"),)


def line_in_session(kiosk: Kiosk) -> tuple[Node, ...]:
    """What a line that is down means for this person: an older record, or nothing at all."""
    session = kiosk.session
    if session is None or kiosk.world.line is None or session.offline_as_of or certificates_off(kiosk.world):
        return own_register(session)
    return (notice("line-down", t("line.in_session"), "offline"),)


def store_note(world: World) -> tuple[Node, ...]:
    """That the kiosk cannot keep records now."""
    off = store_off(world)
    return (notice("store", off_text(off), "warning"),) if off else ()


def printer_unknown(world: World) -> tuple[Node, ...]:
    """That certificates are offered, and nobody knows whether the printer will take them."""
    unknown = is_printer_unknown(world) and not certificates_off(world)
    return (notice("printer-unknown", t("services.printer_unknown")),) if unknown else ()


def sheet_act(kiosk: Kiosk, key: str) -> tuple[Node, ...]:
    """The button that prints a sheet, where a printer for it is good or unknown."""
    return (button("sheet", key, "print"),) if can_order(kiosk) else ()


def sheet_note(kiosk: Kiosk) -> tuple[Node, ...]:
    """What became of the sheet of this page."""
    sheet = kiosk.sheet
    if sheet is None:
        return (notice("sheet-note", t("sheet.busy"), "print"),) if kiosk.sheets_under_way else ()
    match sheet.stage:
        case SheetStage.PRINTING:
            return (notice("sheet-note", t("sheet.printing"), "print"),)
        case SheetStage.PRINTED:
            return (notice("sheet-note", t("sheet.printed"), "success"),)
        case SheetStage.NOT_PRINTED | SheetStage.UNCERTAIN:
            return (notice("sheet-note", t(f"sheet.{sheet.stage}", code=sheet.code), "warning"),)
        case _:
            assert_never(sheet.stage)


def own_register(session: Session | None, key: str = "line.own_register") -> tuple[Node, ...]:
    """That this person is served from the kiosk's own register, and how old it is."""
    if session is None or session.offline_as_of is None:
        return ()
    return (notice("register", t(key, moment=moment_text(session.offline_as_of)), "offline"),)
