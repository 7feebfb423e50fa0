"""The real maker of papers, with a memory of who is on which picture, and a gift for mixing things up."""

from __future__ import annotations

import hashlib
from collections import deque
from typing import TYPE_CHECKING

from printer_templates.contract import Format, PickupSlip, ResidenceCertificate

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from printer_templates.contract import Document, PaperFacts, Papers, RenderedPaper, Sheet
    from tests.torture.residents import Town

PICTURE_PX = 200  # enough to tell one person from another, and four times as fast as the real preview
LATE_PURPOSE = "车辆登记"  # nobody here ever chooses it: only orders of ended sessions name it
_REMEMBERED = 8


class MixingPapers:
    """`Papers` of the contract. `mixes` is how often another person's paper comes out of `render`."""

    def __init__(
        self, maker: Papers, town: Town, dice: random.Random, mixes: float, fault: Callable[[str], None]
    ) -> None:
        self._maker = maker
        self._town = town
        self._dice = dice
        self._mixes = mixes
        self._fault = fault
        self._of_pdf: dict[str, set[int]] = {}
        self._of_picture: dict[str, set[int]] = {}
        self.recent: deque[tuple[RenderedPaper, str]] = deque(maxlen=_REMEMBERED)  # with its code
        self.mixed = 0

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        return self._maker.missing_glyphs(text)

    def render(self, document: Document | Sheet, form: Format = Format.A4) -> RenderedPaper:
        assert isinstance(document, PickupSlip | ResidenceCertificate)
        if document.purpose == LATE_PURPOSE:
            self._fault("mixed: a number was spent for a session that had ended")
        paper = self._maker.render(document, form)
        self._of_pdf[paper.sha256] = self._who(document)
        others = [older for older, _ in self.recent if self._of_pdf[older.sha256] != self._who(document)]
        self.recent.append((paper, document.qr))
        if others and self._dice.random() < self._mixes:
            self.mixed += 1
            return self._dice.choice(others)
        return paper

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        return self._maker.read_back(pdf)

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        picture = self._maker.raster(pdf, page, min(PICTURE_PX, width_px))
        seen = self._of_picture.setdefault(hashlib.sha256(picture).hexdigest(), set())
        seen |= self._of_pdf[hashlib.sha256(pdf).hexdigest()]
        return picture

    def bitmap(self, pdf: bytes, page: int, width_dots: int) -> bytes:
        return self._maker.bitmap(pdf, page, width_dots)

    def seen_on(self, picture: bytes) -> set[int]:
        """Who may be on this picture; two persons only where it is too small to tell them apart."""
        return self._of_picture[hashlib.sha256(picture).hexdigest()]

    def another(self, than: int) -> tuple[RenderedPaper, str] | None:
        """A paper of somebody else with its code, where there was one lately."""
        others = [each for each in self.recent if than not in self._of_pdf[each[0].sha256]]
        return self._dice.choice(others) if others else None

    def _who(self, document: Document) -> set[int]:
        name = document.masked_name if isinstance(document, PickupSlip) else document.name
        return self._town.named_in(name)
