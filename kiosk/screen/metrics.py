"""Sizes in millimetres of the real panel, and what they are in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.scene.contract import TextSize

if TYPE_CHECKING:
    from kiosk.screen.settings import ScreenSettings

# Of Noto Sans CJK SC: height of a capital letter per em (OS/2 sCapHeight 733 of 1000).
CAP_PER_EM = 0.733
LINE_HEIGHT_EM = 1.4

MARGIN_MM = 12.0
CARD_GAP_MM = 6.0
RADIUS_MM = 3.0
BORDER_MM = 0.5
TARGET_MM = 16.0  # least side of anything touchable
PRIMARY_MM = 20.0  # least height of the primary act
TARGET_GAP_MM = 4.0
HIT_SLACK_MM = 2.0  # a finger that slips this far off still means the target
REACH_LINE_MM = 1220.0  # above the floor; EN 301 549 and ADA 308: nothing touchable above
LEAST_CAP_MM = 4.8  # ADA 707.4.2: no text is ever smaller


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Heights of capitals by role of text, in mm."""

    title_mm: float
    body_mm: float
    help_mm: float


TYPE_SCALES = {
    TextSize.SMALL: TypeScale(title_mm=7.0, body_mm=4.8, help_mm=4.8),
    TextSize.NORMAL: TypeScale(title_mm=10.0, body_mm=7.3, help_mm=6.0),
    TextSize.LARGE: TypeScale(title_mm=12.0, body_mm=9.0, help_mm=7.4),
    TextSize.LARGEST: TypeScale(title_mm=14.5, body_mm=12.0, help_mm=9.6),
}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One face in one size; `size_px` is the em."""

    size_px: int
    bold: bool = False

    @property
    def line_px(self) -> int:
        """Distance of two baselines."""
        return round(self.size_px * LINE_HEIGHT_EM)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The panel's pixels per mm and where the reach of a hand ends."""

    width_px: int
    height_px: int
    px_per_mm: float
    reach_top_px: int  # nothing touchable begins above this row

    def mm(self, length_mm: float) -> int:
        """A length of the panel in whole pixels, at least 1."""
        return max(1, round(length_mm * self.px_per_mm))

    def style(self, cap_mm: float, *, bold: bool = False) -> TextStyle:
        """The style whose capitals are `cap_mm` high."""
        return TextStyle(self.mm(cap_mm / CAP_PER_EM), bold)

    @property
    def is_landscape(self) -> bool:
        """True where the page is wider than high."""
        return self.width_px > self.height_px


def measure_panel(settings: ScreenSettings) -> Metrics:
    """The metrics of the panel. Where its pixels are not square, the smaller pitch keeps every minimum."""
    px_per_mm = max(
        settings.width_px / settings.panel_width_mm,
        settings.height_px / settings.panel_height_mm,
    )
    top_above_floor_mm = settings.bottom_above_floor_mm + settings.panel_height_mm
    beyond_reach_mm = max(0.0, top_above_floor_mm - REACH_LINE_MM)
    pitch = settings.height_px / settings.panel_height_mm
    return Metrics(settings.width_px, settings.height_px, px_per_mm, round(beyond_reach_mm * pitch))
