"""How long the bytes of a slip take to build, from its picture and from its document."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from devices.escpos.frames import slip
from devices.escpos.profiles import profile_of
from printer_templates.contract import Format
from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR, slip_specimen
from tests.bench.figures import Figure, percentiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.escpos.profiles import Profile

_MODELS = {Format.ROLL_80: ("TM-T20II", 80), Format.ROLL_58: ("POS-5890", 58)}
_WARM_UP = 3
_GOAL = "<= 50"


def measure_receipts(n: int) -> list[Figure]:
    """Build `n` slips with distinct pick-up numbers for each roll, in this process."""
    maker = PaperMaker(FONT_REGULAR, FONT_BOLD)
    return [figure for form in _MODELS for figure in _measure(maker, form, n)]


def _measure(maker: PaperMaker, form: Format, n: int) -> Iterator[Figure]:
    profile = profile_of(*_MODELS[form])
    from_picture, from_document, sizes = [], [], []
    for turn in range(n + _WARM_UP):
        began = time.perf_counter()
        picture = _picture(maker, form, profile, turn)
        drawn = time.perf_counter()
        blocks = slip([picture], profile.roll.width_dots, profile.cut)
        built = time.perf_counter()
        if turn >= _WARM_UP:
            from_picture.append((built - drawn) * 1000)
            from_document.append((built - began) * 1000)
            sizes.append(sum(map(len, blocks)) / 1000)
    paper = f"{profile.roll.width_mm} mm"
    yield from percentiles(f"receipt bytes from picture, {paper}", "ms", from_picture, {50: _GOAL})
    yield from percentiles(f"receipt bytes from document, {paper}", "ms", from_document, {50: _GOAL})
    yield Figure(f"receipt bytes of a pick-up slip, {paper}", max(sizes), "kB", n)


def _picture(maker: PaperMaker, form: Format, profile: Profile, turn: int) -> bytes:
    paper = maker.render(replace(slip_specimen(), number=f"Q-{turn:04d}-71QD"), form)
    return maker.bitmap(paper.pdf, 0, profile.roll.width_dots)
