from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont

from printer_templates.contract import MissingGlyphError
from printer_templates.face import MappedFace
from printer_templates.tounicode import to_unicode_cmap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MEANT_TO_BE_EMPTY = frozenset(" \u3000")


class PaperFont(TTFont):
    """A subset, embedded TrueType font whose text can be copied and searched, above U+FFFF too."""

    def __init__(self, path: Path) -> None:
        """Open the font. Raises FontUnusableError."""
        # What TTFont's constructor does, but with a face that opens fast.
        self.fontName = str(path)  # the key in reportlab's registry; it does not appear in a PDF
        self.face: MappedFace = MappedFace(path)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, TTFont.State] = WeakKeyDictionary()
        self._asciiReadable = False  # would embed all of ASCII in every paper
        self.shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Add the font's subsets to the document, with right ToUnicode tables instead of reportlab's."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for index, subset in enumerate(subsets):
            base_name = (SUBSETN(index) + b"+" + self.face.name).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + base_name].content = to_unicode_cmap(subset)

    def has_glyph(self, character: str) -> bool:
        """True where the character leaves a mark on paper, or is a space."""
        return character in _MEANT_TO_BE_EMPTY or self.face.has_outline(ord(character))

    def width(self, text: str, size: float) -> float:
        """Width of a line, in the unit of `size`."""
        thousandths: float = sum(self.face.width_of(ord(character)) for character in text)
        return size * thousandths / 1000


@dataclass(frozen=True, slots=True)
class PaperFonts:
    """The two weights of the papers."""

    regular: PaperFont
    bold: PaperFont

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that one of the fonts lacks, as "U+XXXX", each once."""
        lacking = (
            c for c in dict.fromkeys(text) if not (self.regular.has_glyph(c) and self.bold.has_glyph(c))
        )
        return tuple(f"U+{ord(character):04X}" for character in lacking)

    def require_glyphs(self, texts: Iterable[str]) -> None:
        """Raise MissingGlyphError naming every character of the texts that cannot be printed."""
        missing = self.missing_glyphs("".join(texts))
        if missing:
            raise MissingGlyphError(missing)


def open_fonts(regular: Path, bold: Path) -> PaperFonts:
    """Open both fonts and make them known to reportlab. Raises FontUnusableError."""
    return PaperFonts(_registered(regular), _registered(bold))


def _registered(path: Path) -> PaperFont:
    pdfmetrics.registerFont(PaperFont(path))
    font = pdfmetrics.getFont(str(path))  # the one opened first, where the same face was opened before
    if not isinstance(font, PaperFont):
        raise TypeError(f"{path.name} is registered as another kind of font")
    return font
