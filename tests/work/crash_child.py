"""A process that prints a paper, and stops for ever at one state."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow.commands import VoidPaper
from kiosk.flow.events import PaperPrepared
from tests.work.builders import prepare_paper, prepare_slip, print_paper
from tests.work.workshop import Workshop, prepare

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


def run_until(state_dir: Path, state: str, kind: str, parent: Connection) -> None:
    """Tell the parent when the state is reached; it will kill this process."""

    def stop_there(reached: str) -> None:
        if reached == state:
            parent.send(reached)
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
