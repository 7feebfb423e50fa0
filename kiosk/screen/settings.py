from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """The panel: its pixels, its size, how high it hangs, and where the fonts lie."""

    width_px: int
    height_px: int
    panel_width_mm: float
    panel_height_mm: float
    bottom_above_floor_mm: float
    fullscreen: bool
    font_dir: Path  # what tools/fonts.py makes; the faces with -Common in their names may be missing
    accessibility: bool = False  # tell AT-SPI what the page holds; needs the extra `a11y`
    prompt_dir: Path = Path("/var/lib/kiosk/prompts")  # what tools/prompts recorded
    sound: bool = True  # False: a page that is read out makes no sound
    headset: Path | None = (
        None  # the input device of its jack, such as /dev/input/by-path/...; None = no jack
    )
