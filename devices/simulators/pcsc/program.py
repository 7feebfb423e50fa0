"""`python -m devices.simulators pcsc`: a card in the virtual reader of a running pcscd, until SIGTERM."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from devices.simulators.control import ControlSocket, OrderError, Request
from devices.simulators.lifetime import Lifetime
from devices.simulators.pcsc.card import CardFileError, load_card
from devices.simulators.pcsc.faults import FaultName, Moment
from devices.simulators.pcsc.line import PORT
from devices.simulators.pcsc.slot import Manners, Slot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from devices.simulators.pcsc.card import Card

WRONG_INPUT = 78  # EX_CONFIG
ADDRESS = "pcsc:///?reader=Virtual%20PCD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--port", type=int, default=PORT, help="where vpcd listens for its card")
    parser.add_argument("--card", type=Path, help="TOML file of the card that lies there at first")
    parser.add_argument("--baud", type=int, default=0, help="speed of the chip's line; 0 = no delay")
    parser.add_argument("--control", type=Path, help="UNIX socket for lay, lift, swap, fault, clear, state")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM."""
    with Lifetime() as lifetime, ExitStack() as stack:
        slot = Slot(Manners(baud=arguments.baud), arguments.port)
        stack.callback(slot.close)
        try:
            if arguments.card is not None:
                slot.lay(load_card(arguments.card))
        except CardFileError as error:
            sys.stderr.write(f"{error}\n")
            return WRONG_INPUT
        if arguments.control is not None:
            stack.callback(ControlSocket(arguments.control, verbs_of(slot)).close)
        lifetime.announce(ADDRESS)
    return 0


def verbs_of(slot: Slot) -> Mapping[str, Callable[[Request], Request]]:
    """What the control socket of this card understands; `swap` is `lay` where a card must lie already."""

    def lay(request: Request) -> Request:
        _lay(slot, _card_in(request))
        return {}

    def swap(request: Request) -> Request:
        card = _card_in(request)
        if slot.state()["card"] is None:
            raise OrderError("there is no card to swap")
        _lay(slot, card)
        return {}

    def lift(_: Request) -> Request:
        slot.lift()
        return {}

    def fault(request: Request) -> Request:
        name, count, moment = request.get("name"), request.get("count", 1), request.get("on")
        if name not in set(FaultName) or not isinstance(count, int):
            raise OrderError(f"name must be one of: {', '.join(FaultName)}; count a whole number")
        if moment is not None and moment not in set(Moment):
            raise OrderError(f"on must be one of: {', '.join(Moment)}")
        slot.fault(FaultName(name), count, Moment(moment) if moment else None)
        return {}

    def clear(_: Request) -> Request:
        slot.clear()
        return {}

    def state(_: Request) -> Request:
        return slot.state()

    return {"lay": lay, "swap": swap, "lift": lift, "fault": fault, "clear": clear, "state": state}


def _card_in(request: Request) -> Card:
    try:
        return load_card(Path(str(request.get("card"))))
    except CardFileError as error:
        raise OrderError(str(error)) from error


def _lay(slot: Slot, card: Card) -> None:
    try:
        slot.lay(card)
    except CardFileError as error:
        raise OrderError(str(error)) from error
