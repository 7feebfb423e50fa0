"""What the tests of papers share: the list of characters, other readers of PDF, pages of our own."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printer_templates.contract import RenderedPaper
    from printer_templates.fonts import PaperFont
    from printer_templates.maker import PaperMaker

RARE = "𬱖龑㛃𠅤·〇䶮𬭎𬶋𰻝"
A4_POINTS = (595.2756, 841.8898)
_LIST = Path(__file__).with_name("general_standard_characters.txt")
_COLUMNS, _ROWS = 40, 40


def general_standard_characters() -> str:
    """The 8,105 characters of 通用规范汉字表."""
    return "".join(_LIST.read_text(encoding="utf-8").splitlines()[1:])


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def poppler_text(pdf: bytes) -> str:
    """All text of a PDF as poppler reads it, without white space."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def sheet_of(characters: Sequence[str], font: PaperFont, size: tuple[float, float] = A4_POINTS) -> bytes:
    """A PDF that shows each of the characters once, in rows from the upper left."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, initialFontName=font.fontName)  # type: ignore[arg-type]  # the stub says float
    for start in range(0, len(characters), _COLUMNS * _ROWS):
        canvas.setFont(font.fontName, 9)
        for index, character in enumerate(characters[start : start + _COLUMNS * _ROWS]):
            row, column = divmod(index, _COLUMNS)
            canvas.drawString(30 + column * 13, size[1] - 30 - row * 19, character)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def dots_of(maker: PaperMaker, paper: RenderedPaper, width_dots: int) -> Image.Image:
    """What the receipt printer burns: 0 is black, 255 is white."""
    return Image.open(BytesIO(maker.bitmap(paper.pdf, 0, width_dots))).convert("L")
