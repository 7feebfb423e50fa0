"""Make a specimen: python -m printer_templates --out FILE.pdf [--paper KIND] [--form FORM] [--copies N].

With --dots FILE.png also what a receipt printer burns of it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from printer_templates.contract import Format, PaperError
from printer_templates.face import FontUnusableError
from printer_templates.formats import DOTS_PER_MM, ROLLS
from printer_templates.maker import PaperMaker
from printer_templates.specimen import (
    FONT_BOLD,
    FONT_REGULAR,
    acceptance_specimen,
    guide_specimen,
    report_specimen,
    slip_specimen,
    specimen,
    trial_specimen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from printer_templates.contract import Document, RenderedPaper, Sheet

_SHEETS: dict[str, Callable[[], Document | Sheet]] = {
    "pickup": slip_specimen,
    "acceptance": acceptance_specimen,
    "guide": guide_specimen,
    "trial": trial_specimen,
    "report": report_specimen,
}
_CERTIFICATE = "certificate"
_A4_ONLY = (_CERTIFICATE, "report")


def main() -> int:
    """Write the specimen; exit status 0 made, 1 not."""
    parser = _parser()
    options = parser.parse_args()
    form = Format(options.form)
    if form is Format.A4 and options.dots:
        parser.error("only a roll has dots")
    if form is not Format.A4 and options.paper in _A4_ONLY:
        parser.error("this paper is A4 only")
    try:
        maker = PaperMaker(options.font_regular, options.font_bold)
        paper = maker.render(_specimen(options), form)
    except (PaperError, FontUnusableError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.out.write_bytes(paper.pdf)
    if options.dots:
        options.dots.write_bytes(_dots(maker, paper, form))
    sys.stdout.write(f"{options.out}: {paper.pages} page(s), {len(paper.pdf)} bytes, sha256 {paper.sha256}\n")
    return 0


def _specimen(options: argparse.Namespace) -> Document | Sheet:
    if options.paper == _CERTIFICATE:
        return replace(specimen(options.copies), **({"name": options.name} if options.name else {}))
    return _SHEETS[options.paper]()


def _dots(maker: PaperMaker, paper: RenderedPaper, form: Format) -> bytes:
    return maker.bitmap(paper.pdf, 0, round(ROLLS[form].width_mm * DOTS_PER_MM))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m printer_templates", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where the PDF goes")
    parser.add_argument("--paper", choices=(_CERTIFICATE, *_SHEETS), default=_CERTIFICATE)
    parser.add_argument("--form", choices=list(Format), default=Format.A4, help="what it is printed on")
    parser.add_argument("--dots", type=Path, help="where the dots of a roll go, as PNG")
    parser.add_argument("--copies", type=int, default=1, choices=range(1, 10), metavar="N", help="1 to 9")
    parser.add_argument("--name", help="another name, to try its characters")
    parser.add_argument("--font-regular", type=Path, default=FONT_REGULAR)
    parser.add_argument("--font-bold", type=Path, default=FONT_BOLD)
    return parser


if __name__ == "__main__":
    sys.exit(main())
