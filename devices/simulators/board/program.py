"""`python -m devices.simulators board`: an I/O board alone, until SIGTERM."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.board.board import BoardSimulator
from devices.simulators.control import ControlSocket
from devices.simulators.lifetime import Lifetime
from devices.simulators.wires import TerminalWire

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from devices.simulators.control import Request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--link", type=Path, required=True, help="where the device node is linked")
    parser.add_argument("--control", type=Path, help="UNIX socket for door, tamper, fault, clear, state")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    with Lifetime() as lifetime, ExitStack() as stack:
        board = stack.enter_context(closing(BoardSimulator(TerminalWire(arguments.link))))
        if arguments.control:
            stack.enter_context(closing(ControlSocket(arguments.control, verbs_of(board))))
        lifetime.announce(board.address)
    return 0


def verbs_of(board: BoardSimulator) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this board understands."""

    def door(request: Request) -> Request:
        board.door_open = bool(request.get("open"))
        return {}

    def tamper(request: Request) -> Request:
        board.tampered = bool(request.get("on", True))
        return {}

    def fault(request: Request) -> Request:
        board.answering.order(request)
        return {}

    def clear(_: Request) -> Request:
        board.answering.clear()
        board.door_open = board.tampered = False
        return {}

    def state(_: Request) -> Request:
        return board.state()

    return {"door": door, "tamper": tamper, "fault": fault, "clear": clear, "state": state}
