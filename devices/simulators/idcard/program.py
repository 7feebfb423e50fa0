"""`python -m devices.simulators idcard`: a reader alone, until SIGTERM."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.control import ControlSocket, OrderError, Request
from devices.simulators.idcard.card import CardFileError, load_card
from devices.simulators.idcard.faults import MOMENTS, FaultName
from devices.simulators.idcard.module import BAUD_ORDERS
from devices.simulators.idcard.reader import Manners, ReaderSimulator
from devices.simulators.lifetime import Lifetime

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

WRONG_INPUT = 78  # EX_CONFIG


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--link", type=Path, required=True, help="where the device node is linked")
    parser.add_argument("--card", type=Path, help="TOML file of the card that lies there at first")
    parser.add_argument("--baud", type=int, choices=BAUD_ORDERS.values(), default=115200)
    parser.add_argument("--control", type=Path, help="UNIX socket for lay, lift, fault, clear, state")
    parser.add_argument(
        "--after-read", choices=("80", "9f"), default="80", help="what find says of a read card"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM."""
    link = Path(arguments.link).absolute()
    manners = Manners(arguments.baud, int(arguments.after_read, 16))
    with Lifetime() as lifetime, ExitStack() as stack:
        reader = ReaderSimulator(link, manners)
        stack.callback(reader.close)
        try:
            if arguments.card is not None:
                reader.lay(load_card(arguments.card))
        except CardFileError as error:
            sys.stderr.write(f"{error}\n")
            return WRONG_INPUT
        reader.start()
        if arguments.control is not None:
            stack.callback(ControlSocket(arguments.control, verbs_of(reader)).close)
        lifetime.announce(reader.address)
    return 0


def verbs_of(reader: ReaderSimulator) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this reader understands."""

    def lay(request: Request) -> Request:
        try:
            reader.lay(load_card(Path(str(request.get("card")))))
        except CardFileError as error:
            raise OrderError(str(error)) from error
        return {}

    def lift(_: Request) -> Request:
        reader.lift()
        return {}

    def fault(request: Request) -> Request:
        name, count, moment = request.get("name"), request.get("count", 1), request.get("on")
        if name not in set(FaultName) or not isinstance(count, int):
            raise OrderError(f"name must be one of: {', '.join(FaultName)}; count a whole number")
        if moment is not None and moment not in MOMENTS:
            raise OrderError(f"on must be one of: {', '.join(MOMENTS)}")
        reader.fault(FaultName(name), count, moment)
        return {}

    def clear(_: Request) -> Request:
        reader.clear()
        return {}

    def state(_: Request) -> Request:
        return reader.state()

    return {"lay": lay, "lift": lift, "fault": fault, "clear": clear, "state": state}
