"""`python -m devices.simulators escpos`: a receipt printer alone, until SIGTERM."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.control import ControlSocket
from devices.simulators.escpos.printer import ReceiptSimulator
from devices.simulators.lifetime import Lifetime
from devices.simulators.wires import TcpWire, TerminalWire

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from devices.simulators.control import Request

_DOTS = {80: 576, 58: 384}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", type=int, help="TCP port on loopback, 0 for any")
    where.add_argument("--link", type=Path, help="where a device node is linked")
    parser.add_argument("--spool", type=Path, required=True, help="folder for the slips, as PNG")
    parser.add_argument("--paper", type=int, choices=_DOTS, default=80)
    parser.add_argument("--no-cutter", action="store_true", help="slips end where several lines are fed")
    parser.add_argument("--control", type=Path, help="UNIX socket for fault, clear, state, collect")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    with Lifetime() as lifetime, ExitStack() as stack:
        wire = TerminalWire(arguments.link) if arguments.link else TcpWire("tcp", arguments.port)
        simulator = ReceiptSimulator(
            wire, arguments.spool, _DOTS[arguments.paper], has_cutter=not arguments.no_cutter
        )
        stack.enter_context(closing(simulator))
        if arguments.control:
            stack.enter_context(closing(ControlSocket(arguments.control, verbs_of(simulator))))
        lifetime.announce(f"{simulator.address}?paper={arguments.paper}")
    return 0


def verbs_of(simulator: ReceiptSimulator) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this printer understands."""

    def fault(request: Request) -> Request:
        simulator.fault(request)
        return {}

    def clear(_: Request) -> Request:
        simulator.clear()
        return {}

    def state(_: Request) -> Request:
        return simulator.state()

    def collect(_: Request) -> Request:
        return {"slips": [path.name for path in simulator.slips]}

    return {"fault": fault, "clear": clear, "state": state, "collect": collect}
