"""`python -m tests.work.crash_child STATE_DIR STATE`: print a paper, and stop for ever at one state."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from kiosk.flow.events import PaperPrepared
from tests.work.builders import prepare_paper, print_paper
from tests.work.workshop import Workshop


def main(state_dir: Path, state: str) -> None:
    """Tell the parent when the state is reached; it will kill this process."""

    def stop_there(reached: str) -> None:
        if reached == state:
            sys.stdout.write("reached\n")
            sys.stdout.flush()
            signal.pause()

    shop = Workshop(state_dir).start()
    shop.printer.at = stop_there
    shop.order(prepare_paper())
    prepared = shop.events.wait_for(PaperPrepared)
    shop.order(print_paper(prepared))
    signal.pause()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
