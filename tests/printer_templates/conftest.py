from __future__ import annotations

import pytest

from printer_templates.fonts import PaperFonts, open_fonts
from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR


@pytest.fixture(scope="session")
def maker() -> PaperMaker:
    return PaperMaker(FONT_REGULAR, FONT_BOLD)


@pytest.fixture(scope="session")
def fonts() -> PaperFonts:
    return open_fonts(FONT_REGULAR, FONT_BOLD)
