"""`python -m tests.work.crash_child STATE_DIR STATE KIND`: print a paper, and stop for ever at one state."""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path

from kiosk.flow.commands import VoidPaper
from kiosk.flow.events import PaperPrepared
from tests.work.builders import prepare_paper, prepare_slip, print_paper
from tests.work.workshop import Workshop, prepare


def main(state_dir: Path, state: str, kind: str) -> None:
    """Tell the parent when the state is reached; it will kill this process."""

    def stop_there(reached: str) -> None:
        if reached == state:
            sys.stdout.write("reached\n")
            sys.stdout.flush()
            signal.pause()

    shop = Workshop(state_dir).start()
    shop.printer.at = stop_there
    match kind:
        case "slip":
            shop.order(prepare_slip())
        case "reprint":
            first = prepare(shop)
            shop.order(VoidPaper(first.issuance))
            shop.order(replace(prepare_paper(), reprint_of=first.issuance))
        case _:
            shop.order(prepare_paper())
    shop.order(print_paper(shop.events.wait_for(PaperPrepared)))
    signal.pause()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4])
