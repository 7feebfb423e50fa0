"""What every part of the box promises: a reading or a fault by the deadline, never an exception.

With `--hardware ADDRESS` (nut: or board addresses as `serial:...`) also on real ones.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from devices.addresses import open_board, open_ups
from devices.contract import BoardReading, DeviceFault, MachineReading, UpsReading
from devices.machine.driver import PsutilMachine
from devices.simulators.board.board import BoardSimulator
from devices.simulators.ups.upsd import UpsSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from tests.devices.box.real_upsd import running_upsd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AMPLE = timedelta(seconds=5)
SLACK_S = 0.1 + 0.4  # of the contract; of a machine that does other things too


class Part(Protocol):
    """The shape that all ports of the box share."""

    def status(self, deadline: timedelta) -> object: ...

    def close(self) -> None: ...


@pytest.fixture(params=["board simulator", "machine", "ups simulator", "upsd"])
def open_part(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Part]]:
    """Opens the part; what it speaks with runs."""
    match request.param:
        case "machine":
            yield lambda: PsutilMachine(tmp_path)
        case "board simulator":
            with closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as board:
                yield lambda: open_board(board.address)
        case "ups simulator":
            with closing(UpsSimulator(TcpWire("nut", 0, "/ups"))) as ups:
                yield lambda: open_ups(ups.address)
        case _:
            with running_upsd(tmp_path) as upsd:
                yield lambda: open_ups(upsd.address)


def test_a_part_of_the_box(open_part: Callable[[], Part]) -> None:
    """One test, because a real server is started for it."""
    with closing(open_part()) as part:
        assert isinstance(part.status(AMPLE), BoardReading | MachineReading | UpsReading)
        for milliseconds in (0, 1, 30):
            began = time.monotonic()
            part.status(timedelta(milliseconds=milliseconds))
            assert time.monotonic() - began < milliseconds / 1000 + SLACK_S
        assert isinstance(part.status(AMPLE), BoardReading | MachineReading | UpsReading)

        part.close()
        part.close()

        assert isinstance(part.status(AMPLE), BoardReading | MachineReading | UpsReading)


@pytest.mark.parametrize("address", ["nut://127.0.0.1:1/ups", "serial:///nowhere/board"])
def test_what_is_not_there_is_a_fault(address: str) -> None:
    part: Part = open_ups(address) if address.startswith("nut") else open_board(address)

    assert isinstance(part.status(AMPLE), DeviceFault)
