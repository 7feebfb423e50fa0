"""What can go wrong with a paper."""

from __future__ import annotations

from enum import StrEnum


class PaperCode(StrEnum):
    """Stable codes of papers."""

    MISSING_GLYPH = "PAP-01"  # a character that no font of the paper has
    READ_BACK_DIFFERS = "PAP-02"  # the PDF does not say what it should
    DOES_NOT_FIT = "PAP-03"  # a text is longer than its place


class PaperError(Exception):
    """A paper could not be made. `code` is stable; the text holds no person's data."""

    code: PaperCode


class MissingGlyphError(PaperError):
    """Some characters have no glyph; `characters` are listed as "U+XXXX" only."""

    code = PaperCode.MISSING_GLYPH

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__("no glyph for " + ", ".join(characters))
        self.characters = characters


class DoesNotFitError(PaperError):
    """A field is longer than its place on the paper even in the smallest size."""

    code = PaperCode.DOES_NOT_FIT


class ReadBackError(PaperError):
    """The PDF could not be read back."""

    code = PaperCode.READ_BACK_DIFFERS
