"""Where everything stands on a residence certificate: A4, millimetres from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.contract import DoesNotFitError
from printer_templates.fit import Place, Setting, fit
from printer_templates.wording import SCOPE, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.fonts import PaperFonts

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
LEFT_MM, RIGHT_MM = 22.0, 188.0
WIDTH_MM = RIGHT_MM - LEFT_MM
VALUE_MM = LEFT_MM + 34
NOTICE_END_MM, NOTICE_HEIGHT_MM, NOTICE_MARGIN_MM = 26.0, 8.0, 3.0  # notices stack upwards, above the title
SEX_LABEL_MM, SEX_MM = 150.0, 168.0

TABLE_TOP_MM, TABLE_END_MM = 74.0, 205.0
QR_LEFT_MM, QR_TOP_MM, QR_SIDE_MM = LEFT_MM, 224.0, 36.0
SEAL_CENTRE_MM, SEAL_DIAMETER_MM = (146.0, 243.0), 42.0

_LEAST_PADDING_MM, _MOST_PADDING_MM = 1.0, 3.5

_BODY = ((12.0, 1), (12.0, 2), (11.0, 2), (10.5, 3), (9.5, 3))
_NAME = ((15.0, 1), (14.0, 1), (13.0, 1), (12.0, 1), (12.0, 2), (10.5, 2), (9.5, 3))
_ONE_LINE = ((12.0, 1), (11.0, 1), (10.0, 1), (9.0, 1))
_ISSUER = ((13.0, 1), (12.0, 1), (11.0, 1), (11.0, 2), (9.5, 2))
_SMALL = ((10.0, 1), (9.0, 1), (8.0, 1), (7.0, 1))
_SCOPE = ((10.5, 2),)
_NOTICE = ((11.0, 1), (10.5, 1), (10.0, 1), (9.0, 1))
_NOTE = ((9.0, 1), (8.0, 1))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: its label, its value, and a small line under the value."""

    label: str
    value: Setting
    note: Setting | None = None

    def height_mm(self, padding_mm: float) -> float:
        """Height from rule to rule."""
        note = self.note.line_mm if self.note else 0
        return len(self.value.lines) * self.value.line_mm + note + 2 * padding_mm


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate whose every text has found its place."""

    rows: tuple[Row, ...]
    padding_mm: float
    sex: Setting
    scope: Setting
    number: Setting
    issuer: Setting
    check_code: Setting
    verify: Setting
    kiosk: Setting
    notices: tuple[Setting, ...]


def lay_out(wording: Wording, fonts: PaperFonts) -> Sheet:
    """Find a place for every text of a certificate. Raises DoesNotFitError."""
    places = _Places(fonts)
    rows = tuple(_rows(wording, places))
    return Sheet(
        rows=rows,
        padding_mm=_padding(rows),
        sex=fit((wording.sex,), places.of("sex", RIGHT_MM - SEX_MM, _ONE_LINE)),
        scope=fit(SCOPE, places.of("scope", WIDTH_MM, _SCOPE)),
        number=fit((wording.number,), places.of("number", WIDTH_MM, _SMALL)),
        issuer=fit(wording.issuer, places.of("issuer", 2 * (RIGHT_MM - SEAL_CENTRE_MM[0]), _ISSUER)),
        check_code=fit((wording.check_code,), places.of("check code", 60, ((12.5, 1), *_SMALL))),
        verify=fit((wording.verify,), places.of("issuer's phone", 90, _SMALL)),
        kiosk=fit((wording.kiosk,), places.of("kiosk", 90, _SMALL)),
        notices=tuple(
            fit((line,), Place("notice", WIDTH_MM - 2 * NOTICE_MARGIN_MM, _NOTICE, fonts.bold))
            for line in wording.notices
        ),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    fonts: PaperFonts

    def of(self, name: str, width_mm: float, attempts: tuple[tuple[float, int], ...]) -> Place:
        return Place(name, width_mm, attempts, self.fonts.regular)

    def value(self, name: str, attempts: tuple[tuple[float, int], ...] = _BODY) -> Place:
        return self.of(name, RIGHT_MM - VALUE_MM, attempts)


def _rows(wording: Wording, places: _Places) -> Iterator[Row]:
    name = places.of("name", SEX_LABEL_MM - VALUE_MM - 6, _NAME)
    yield Row("申请人", fit((wording.name,), name))
    yield Row("公民身份号码", fit((wording.citizen_number,), places.value("citizen number", _ONE_LINE)))
    code = fit((wording.address_code,), places.value("address code", _NOTE)) if wording.address_code else None
    yield Row("现住址", fit(wording.address, places.value("address")), code)
    yield Row("居住方式", fit(wording.residing, places.value("way of residing")))
    yield Row("居住登记日期", fit(wording.registered, places.value("registration")))
    yield Row("依据", fit(wording.basis, places.value("basis")))
    yield Row("用途", fit((wording.purpose,), places.value("purpose")))
    yield Row("提交单位", fit((wording.receiver,), places.value("receiver")))
    yield Row("有效期", fit((wording.validity,), places.value("validity")))


def _padding(rows: tuple[Row, ...]) -> float:
    """Padding over and under each row, so that a short paper breathes and a long one fits."""
    spare = TABLE_END_MM - TABLE_TOP_MM - sum(row.height_mm(0) for row in rows)
    padding = spare / (2 * len(rows))
    if padding < _LEAST_PADDING_MM:
        raise DoesNotFitError("all fields together are longer than the page")
    return min(padding, _MOST_PADDING_MM)
