"""How long a certificate takes to make, each for another person, and how large it is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR, specimen
from tests.bench.figures import Figure, percentiles

if TYPE_CHECKING:
    from printer_templates.contract import ResidenceCertificate

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "志强秀英桂花建国玉兰明霞海燕春梅永红晓东雪莲文斌"
_WARM_UP = 3


def measure_papers(n: int) -> list[Figure]:
    """Render `n` certificates of distinct persons, with QR, in this process."""
    maker = PaperMaker(FONT_REGULAR, FONT_BOLD)
    times, sizes = [], []
    for turn in range(n + _WARM_UP):
        certificate = _certificate(turn)
        started = time.perf_counter()
        paper = maker.render(certificate)
        if turn >= _WARM_UP:
            times.append((time.perf_counter() - started) * 1000)
            sizes.append(len(paper.pdf) / 1000)
    largest = Figure("certificate PDF, largest", max(sizes), "kB", n, "<= 70")
    return [*percentiles("certificate render", "ms", times, {50: "<= 15", 95: "<= 25"}), largest]


def _certificate(turn: int) -> ResidenceCertificate:
    name = _SURNAMES[turn % len(_SURNAMES)] + _GIVEN[turn % len(_GIVEN)] + _GIVEN[(turn * 7) % len(_GIVEN)]
    number = f"610525001003-JZ-2026-{turn:06d}-4"
    qr = f"https://platform.example/v/{number}?c=8F2K-71QD"
    return replace(specimen(), number=number, qr=qr, name=name)
