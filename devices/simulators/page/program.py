"""`python -m devices.simulators page`: the simulated printer alone, with its control socket."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from devices.page.tags import Operation
from devices.simulators.control import ControlSocket, OrderError, Request
from devices.simulators.lifetime import Lifetime
from devices.simulators.page.faults import Fault, FaultName
from devices.simulators.page.simulator import PAGE_TIME, PagePrinterSimulator

if TYPE_CHECKING:
    import argparse

Verb = Callable[[Request], Request]

_LEVELS = range(-3, 101)
_FAULT_KEYS = {"do", "name", "count", "on", "seconds", "after"}
_OPERATIONS = {each.name.lower().replace("_", "-"): each for each in Operation}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this simulator."""
    parser.add_argument("--port", type=int, default=0, help="TCP port on loopback, 0 for any")
    parser.add_argument("--spool", type=Path, required=True, help="folder for the printed documents")
    parser.add_argument("--control", type=Path, help="UNIX socket for faults and the output tray")
    parser.add_argument("--page-seconds", type=float, default=PAGE_TIME.total_seconds())


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM; the exit status."""
    with Lifetime() as lifetime, ExitStack() as stack:
        page_time = timedelta(seconds=args.page_seconds)
        simulator = stack.enter_context(closing(PagePrinterSimulator(args.spool, args.port, page_time)))
        simulator.start()
        if args.control:
            stack.enter_context(closing(ControlSocket(args.control, Verbs(simulator).table())))
        lifetime.announce(simulator.address)
    return 0


class Verbs:
    """What can be ordered over the control socket."""

    def __init__(self, simulator: PagePrinterSimulator) -> None:
        self._simulator = simulator

    def table(self) -> dict[str, Verb]:
        """The verbs by name."""
        return {
            "fault": self.fault,
            "clear": self.clear,
            "state": self.state,
            "collect": self.collect,
            "supplies": self.supplies,
        }

    def fault(self, request: Request) -> Request:
        """Let something go wrong."""
        self._simulator.fault(read_fault(request))
        return {}

    def clear(self, _request: Request) -> Request:
        """Mend everything and refill the tray."""
        self._simulator.clear()
        return {}

    def supplies(self, request: Request) -> Request:
        """Set levels, as {"levels": {"black toner": 5}}; -1, -2 and -3 as IPP has them."""
        levels = request.get("levels")
        try:
            self._simulator.supply({str(name): _level(each) for name, each in dict(levels or {}).items()})
        except (KeyError, ValueError, TypeError) as wrong:
            raise OrderError(f"no such supply or level: {wrong}") from None
        return {"supplies": {each.name: each.percent for each in self._simulator.state().supplies}}

    def collect(self, _request: Request) -> Request:
        """Take the papers out."""
        return {"papers": list(self._simulator.collect())}

    def state(self, _request: Request) -> Request:
        """Jobs, impressions, faults and paper."""
        press = self._simulator.state()
        jobs = [
            {"id": job.id, "name": job.name, "state": job.state.name.lower(), "impressions": job.impressions}
            for job in self._simulator.jobs
        ]
        return {
            "jobs": jobs,
            "impressions": press.impressions,
            "faults": list(self._simulator.faults),
            "paper": press.sheets_in_tray,
            "collectable": list(press.collectable),
            "supplies": {each.name: each.percent for each in press.supplies},
        }


def _level(told: object) -> int:
    if not isinstance(told, int) or told not in _LEVELS:
        raise ValueError(told)
    return told


def read_fault(request: Request) -> Fault:
    """The fault that a request orders; OrderError with the reason where it makes no sense."""
    unknown = set(request) - _FAULT_KEYS
    if unknown:
        raise OrderError(f"unknown keys: {', '.join(sorted(unknown))}")
    try:
        return Fault(
            name=FaultName(request.get("name", "")),
            count=int(request.get("count", 1)),
            on=_OPERATIONS[request["on"]] if "on" in request else None,
            seconds=float(request.get("seconds", 1.0)),
            after=int(request.get("after", 0)),
        )
    except (ValueError, TypeError, KeyError) as wrong:
        raise OrderError(f"no such fault: {wrong}") from None
