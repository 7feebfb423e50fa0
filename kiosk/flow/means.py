"""What works now and what does not."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from devices.contract import PrinterReady

if TYPE_CHECKING:
    from devices.contract import DeviceCode
    from kiosk.flow.states import Code
    from kiosk.flow.world import World


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
    if world.store:
        return LineMeans.READING
    if not world.register_is_fresh:
        return LineMeans.SLIPS
    return LineMeans.READING if printer_off(world) else LineMeans.CERTIFICATES


def certificates_off(world: World) -> Code | None:
    """Why no certificate can be made for somebody whose household is known; None = one can.

    The line has no say in it: number, paper and record need none.
    """
    return world.store or printer_off(world)


def printer_off(world: World) -> DeviceCode | None:
    """Why nothing can be printed; None = something can, or nobody knows yet."""
    printer = world.printer
    return None if printer is None or isinstance(printer, PrinterReady) else printer.code
