"""Where everything stands on a slip with a pick-up number: A4, millimetres from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.contract import DoesNotFitError
from printer_templates.fit import Place, Setting, fit
from printer_templates.residence_layout import LEFT_MM, RIGHT_MM, VALUE_MM, WIDTH_MM, Row
from printer_templates.slip_wording import REMARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.fonts import PaperFonts
    from printer_templates.slip_wording import SlipWording

QR_LEFT_MM, QR_TOP_MM, QR_SIDE_MM = 144.0, 84.0, 44.0
NUMBER_MM = (LEFT_MM, 113.0)  # baseline of the pick-up number
TABLE_TOP_MM, TABLE_END_MM = 142.0, 226.0
REMARK_MM = 8.0  # below the table
ISSUER_TOP_MM = 257.0

_LEAST_PADDING_MM, _MOST_PADDING_MM = 1.0, 3.5
_NUMBER = ((44.0, 1), (40.0, 1))
_BODY = ((13.0, 1), (13.0, 2), (12.0, 2), (11.0, 3), (9.5, 3))
_ISSUER = ((13.0, 1), (12.0, 1), (11.0, 1), (11.0, 2), (9.5, 2))
_REMARK = ((10.5, 2),)
_SMALL = ((12.0, 1), (10.0, 1), (9.0, 1), (8.0, 1))


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """A slip whose every text has found its place."""

    number: Setting
    rows: tuple[Row, ...]
    padding_mm: float
    remark: Setting
    issuer: Setting
    requested: Setting
    kiosk: Setting


def lay_out_slip(wording: SlipWording, fonts: PaperFonts) -> SlipSheet:
    """Find a place for every text of a slip. Raises DoesNotFitError."""
    rows = tuple(_rows(wording, fonts))
    return SlipSheet(
        number=fit((wording.number,), Place("number", QR_LEFT_MM - LEFT_MM - 6, _NUMBER, fonts.bold)),
        rows=rows,
        padding_mm=_padding(rows),
        remark=fit(REMARK, Place("remark", WIDTH_MM, _REMARK, fonts.regular)),
        issuer=fit(wording.issuer, Place("issuer", 100, _ISSUER, fonts.regular)),
        requested=fit((wording.requested,), Place("time", 100, _SMALL, fonts.regular)),
        kiosk=fit((wording.kiosk,), Place("kiosk", 90, _SMALL[1:], fonts.regular)),
    )


def _rows(wording: SlipWording, fonts: PaperFonts) -> Iterator[Row]:
    for label, parts in (
        ("申请人", wording.person),
        ("申请事项", wording.wish),
        ("暂缓原因", wording.reason),
        ("领取办法", wording.how),
        ("咨询", wording.ask),
    ):
        yield Row(label, fit(parts, Place(label, RIGHT_MM - VALUE_MM, _BODY, fonts.regular)))


def _padding(rows: tuple[Row, ...]) -> float:
    spare = TABLE_END_MM - TABLE_TOP_MM - sum(row.height_mm(0) for row in rows)
    padding = spare / (2 * len(rows))
    if padding < _LEAST_PADDING_MM:
        raise DoesNotFitError("all fields together are longer than the page")
    return min(padding, _MOST_PADDING_MM)
