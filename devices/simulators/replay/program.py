"""`python -m devices.simulators replay FILE`: the device that a trace was made of, until SIGTERM."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.control import ControlSocket
from devices.simulators.lifetime import Lifetime
from devices.simulators.pcsc.line import PORT
from devices.simulators.pcsc.program import ADDRESS
from devices.simulators.replay.chip import RecordedCard
from devices.simulators.replay.page import RecordedPrinter
from devices.simulators.replay.player import Player, WatchedWire
from devices.simulators.wires import TcpWire, TerminalWire
from devices.trace.entries import TraceError, load_trace

if TYPE_CHECKING:
    import argparse

    from devices.trace.entries import Trace

Device = RecordedCard | RecordedPrinter | Player

WRONG_INPUT = 78  # EX_CONFIG


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("trace", type=Path, help="made by a driver whose address ends in trace=PATH")
    parser.add_argument("--link", type=Path, help="where the device node is linked, for a serial line")
    parser.add_argument("--port", type=int, default=0, help="on loopback, for TCP; vpcd's, for a chip card")
    parser.add_argument("--control", type=Path, help="UNIX socket for state")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    try:
        trace = load_trace(arguments.trace)
    except TraceError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    with Lifetime() as lifetime, ExitStack() as stack:
        if trace.kind == "pcsc":
            device: Device = RecordedCard(trace, arguments.port or PORT)
            address = ADDRESS
        elif trace.kind == "page":
            device = printer = RecordedPrinter(trace, arguments.port)
            address = printer.address
        else:
            device = player = Player(_wire(trace, arguments), trace)
            address = player.address
        stack.enter_context(closing(device))
        if arguments.control:
            stack.enter_context(closing(ControlSocket(arguments.control, {"state": device.state})))
        lifetime.announce(address)
    return 0


def _wire(trace: Trace, arguments: argparse.Namespace) -> WatchedWire:
    if arguments.link is not None:
        return TerminalWire(arguments.link)
    if trace.kind == "ups":
        return TcpWire("nut", arguments.port, "/ups")
    return TcpWire("tcp", arguments.port)
