"""The small platform and the fonts, as the journeys and the screen have them."""

from __future__ import annotations

from tests.journeys.conftest import town
from tests.screen.conftest import make_font_folder

__all__ = ["make_font_folder", "town"]
