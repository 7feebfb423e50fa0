"""Make a specimen certificate: python -m printer_templates --out FILE.pdf [--copies N]."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from printer_templates.contract import PaperError
from printer_templates.face import FontUnusableError
from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR, specimen


def main() -> int:
    """Write the specimen; exit status 0 made, 1 not."""
    options = _parser().parse_args()
    certificate = replace(specimen(options.copies), **({"name": options.name} if options.name else {}))
    try:
        maker = PaperMaker(options.font_regular, options.font_bold)
        paper = maker.render(certificate)
    except (PaperError, FontUnusableError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.out.write_bytes(paper.pdf)
    sys.stdout.write(f"{options.out}: {paper.pages} page(s), {len(paper.pdf)} bytes, sha256 {paper.sha256}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m printer_templates", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where the PDF goes")
    parser.add_argument("--copies", type=int, default=1, choices=range(1, 10), metavar="N", help="1 to 9")
    parser.add_argument("--name", help="another name, to try its characters")
    parser.add_argument("--font-regular", type=Path, default=FONT_REGULAR)
    parser.add_argument("--font-bold", type=Path, default=FONT_BOLD)
    return parser


if __name__ == "__main__":
    sys.exit(main())
