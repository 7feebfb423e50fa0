"""What works now and what does not: the board of findings decides what is offered."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode, PrinterReady
from kiosk.domain.codes import FlowCode, StoreCode
from kiosk.domain.health import Component, Finding, Health
from kiosk.domain.offers import (
    ANY_PAPER,
    CERTIFICATES,
    PAPER,
    RECORDS,
    REPORTS,
    SHEETS,
    NotFitted,
    Off,
    Offered,
    cards,
    offer,
)

if TYPE_CHECKING:
    from kiosk.domain.health import Board
    from kiosk.domain.offers import Needs
    from kiosk.domain.rules import Rules
    from kiosk.flow.states import Code
    from kiosk.flow.world import World

# What is said of a part that is bad without a code, or that is not fitted: the first of the group speaks.
_FALLBACK: dict[Component, Code] = {
    Component.ID_READER: DeviceCode.READER_NOT_FOUND,
    Component.SOCIAL_READER: DeviceCode.SOCIAL_NO_READER,
    Component.PAGE_PRINTER: DeviceCode.PRINTER_UNREACHABLE,
    Component.STANDBY_PRINTER: DeviceCode.PRINTER_UNREACHABLE,
    Component.RECEIPT_PRINTER: DeviceCode.RECEIPT_UNREACHABLE,
    Component.STORE: StoreCode.IO_ERROR,
}


class LineMeans(StrEnum):
    """What can be had at this kiosk, as far as the line decides it."""

    EVERYTHING = "everything"
    CERTIFICATES = "certificates"  # from the kiosk's own register
    SLIPS = "slips"  # requests are taken, and printed when the line is back
    READING = "reading"  # news and phone numbers


def line_means(world: World) -> LineMeans:
    """What the state of the line leaves, together with the register, the printer and the store."""
    if world.line is None:
        return LineMeans.EVERYTHING
    if store_off(world):
        return LineMeans.READING
    if not world.register_is_fresh:
        return LineMeans.SLIPS
    return LineMeans.READING if _off(world, (PAPER,)) else LineMeans.CERTIFICATES


def services_off(world: World, rules: Rules) -> Code | None:
    """Why nobody can begin with a card; None = somebody can, or nobody knows yet."""
    return _off(world, cards(rules))


def id_cards_off(world: World) -> Code | None:
    """Why ID cards cannot be read; a social card may be read all the same."""
    return _off(world, ((Component.ID_READER,),))


def takes_social_cards(world: World, rules: Rules) -> bool:
    """Whether a reader for social cards is fitted and good, and opens any service."""
    finding = world.board.of(Component.SOCIAL_READER)
    return bool(rules.social_card_services) and finding is not None and finding.health is Health.GOOD


def certificates_off(world: World) -> Code | None:
    """Why no certificate can be made for somebody whose household is known; None = one can.

    The line has no say in it: number, paper and record need none.
    """
    return _off(world, (RECORDS,)) or _off(world, CERTIFICATES)


def store_off(world: World) -> Code | None:
    """Why nothing can be recorded; None = it can, or nobody knows yet."""
    return _off(world, (RECORDS,))


def slips_off(world: World) -> Code | None:
    """Why no slip can be printed; None = it can, or nobody knows yet."""
    return _off(world, (ANY_PAPER,))


def sheets_off(world: World) -> Code | None:
    """Why nothing that names nobody can be printed."""
    return _off(world, SHEETS)


def reports_off(world: World) -> Code | None:
    """Why no report can be printed."""
    return _off(world, REPORTS)


def is_printer_unknown(world: World) -> bool:
    """Whether certificates are offered although nobody knows if they will come out."""
    found = offer((PAPER,), known_board(world))
    return isinstance(found, Offered) and bool(found.unknown)


def is_paper_low(world: World) -> bool:
    """Whether the printer that would print says that its paper is nearly out."""
    told = world.printer.warnings if isinstance(world.printer, PrinterReady) else ()
    finding = world.board.of(Component.PAGE_PRINTER)
    return any("media-low" in stem for stem in (*told, *(finding.warnings if finding else ())))


def known_board(world: World) -> Board:
    """The board, and what workers said of parts that do not stand on it yet: at the start, for instance."""
    board = world.board
    printer = world.printer
    printer_code = None if printer is None or isinstance(printer, PrinterReady) else printer.code
    told = (
        (Component.ID_READER, world.reader, world.reader is not None),
        (Component.PAGE_PRINTER, printer_code, printer is not None),
        (Component.STORE, world.store, world.store is not None),
    )
    for component, code, is_known in told:
        if is_known and board.of(component) is None:
            health = Health.BAD if code else Health.GOOD
            board = board.put(Finding(component, health, world.now, code))
    return board


def _off(world: World, needs: Needs) -> Code | None:
    match offer(needs, known_board(world)):
        case Offered():
            return None
        case Off(finding):
            return finding.code or _FALLBACK.get(finding.component, FlowCode.NO_ANSWER)
        case NotFitted(group) if world.board.findings:
            return _FALLBACK.get(group[0], FlowCode.NO_ANSWER)
        case NotFitted():
            return None
        case found:
            assert_never(found)
