"""`python -m devices.simulators NAME ...` runs one simulator alone until it gets SIGTERM."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Protocol

from devices.simulators.board import program as board
from devices.simulators.escpos import program as escpos
from devices.simulators.idcard import program as idcard
from devices.simulators.page import program as page
from devices.simulators.pcsc import program as pcsc
from devices.simulators.replay import program as replay
from devices.simulators.scanner import program as scanner
from devices.simulators.ups import program as ups

if TYPE_CHECKING:
    from collections.abc import Mapping


class Simulator(Protocol):
    """What the module of a simulator program offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its own arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Serve until SIGTERM (see `lifetime`); the exit status."""
        ...


SIMULATORS: Mapping[str, Simulator] = {
    "board": board,
    "escpos": escpos,
    "idcard": idcard,
    "page": page,
    "pcsc": pcsc,
    "replay": replay,
    "scanner": scanner,
    "ups": ups,
}


def main(words: list[str]) -> int:
    """Run the simulator that the first word names."""
    parser = argparse.ArgumentParser(prog="python -m devices.simulators", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    for name, simulator in SIMULATORS.items():
        simulator.add_arguments(names.add_parser(name))
    arguments = parser.parse_args(words)
    return SIMULATORS[arguments.name].run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
