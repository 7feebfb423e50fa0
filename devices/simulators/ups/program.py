"""`python -m devices.simulators ups`: a UPS and its server alone, until SIGTERM."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.control import ControlSocket, OrderError
from devices.simulators.lifetime import Lifetime
from devices.simulators.ups.upsd import NAME, UpsSimulator
from devices.simulators.wires import TcpWire

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from devices.simulators.control import Request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--port", type=int, default=0, help="TCP port on loopback, 0 for any")
    parser.add_argument("--control", type=Path, help="UNIX socket for set, fail, fault, clear, state")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    with Lifetime() as lifetime, ExitStack() as stack:
        ups = stack.enter_context(closing(UpsSimulator(TcpWire("nut", arguments.port, f"/{NAME}"))))
        if arguments.control:
            stack.enter_context(closing(ControlSocket(arguments.control, verbs_of(ups))))
        lifetime.announce(ups.address)
    return 0


def verbs_of(ups: UpsSimulator) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this UPS understands."""

    def put(request: Request) -> Request:
        variables = request.get("variables")
        if not isinstance(variables, dict) or not all(isinstance(each, str) for each in variables.values()):
            raise OrderError('set needs "variables", texts by name')
        ups.set(variables)
        return {}

    def fail(request: Request) -> Request:
        ups.fail(str(request.get("word", "")))
        return {}

    def fault(request: Request) -> Request:
        ups.answering.order(request)
        return {}

    def clear(_: Request) -> Request:
        ups.mend()
        ups.answering.clear()
        return {}

    def state(_: Request) -> Request:
        return ups.state()

    return {"set": put, "fail": fail, "fault": fault, "clear": clear, "state": state}
