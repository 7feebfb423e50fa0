"""`python -m devices.simulators scanner`: a code scanner alone, until SIGTERM."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from devices.scanner.address import ENDS
from devices.simulators.control import ControlSocket, OrderError
from devices.simulators.lifetime import Lifetime
from devices.simulators.scanner.scanner import ScannerSimulator
from devices.simulators.wires import TerminalWire

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from devices.simulators.control import Request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--link", type=Path, required=True, help="where the device node is linked")
    parser.add_argument("--end", choices=ENDS, default="cr", help="how a code ends")
    parser.add_argument("--control", type=Path, help="UNIX socket for scan, fault, clear, state")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    with Lifetime() as lifetime, ExitStack() as stack:
        scanner = ScannerSimulator(TerminalWire(arguments.link), ENDS[arguments.end])
        stack.enter_context(closing(scanner))
        if arguments.control:
            stack.enter_context(closing(ControlSocket(arguments.control, verbs_of(scanner))))
        lifetime.announce(f"{scanner.address}?end={arguments.end}")
    return 0


def verbs_of(scanner: ScannerSimulator) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this scanner understands."""

    def scan(request: Request) -> Request:
        try:
            code = bytes.fromhex(str(request["hex"])) if "hex" in request else str(request["text"]).encode()
        except (KeyError, ValueError) as wrong:
            raise OrderError('scan needs "text", or "hex" with an even number of digits') from wrong
        scanner.scan(code)
        return {}

    def fault(request: Request) -> Request:
        scanner.fault(request)
        return {}

    def clear(_: Request) -> Request:
        scanner.clear()
        return {}

    def state(_: Request) -> Request:
        return {"faults": scanner.faults}

    return {"scan": scan, "fault": fault, "clear": clear, "state": state}
