"""The I/O board: contacts and lights, and every fault of its line."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.board.driver import SerialIoBoard
from devices.board.frames import LineDecoder, Reply, encode
from devices.contract import BoardReading, DeviceCode, DeviceFault, Light
from devices.errors import AddressError
from devices.machine.driver import PsutilMachine
from devices.simulators.board.board import FIRMWARE, SERIAL, BoardSimulator
from devices.simulators.wires import TerminalWire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AMPLE, SHORT = timedelta(seconds=5), timedelta(seconds=0.8)
BACK_WITHIN_S = 3.0


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[BoardSimulator]:
    with closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as opened:
        yield opened


@pytest.fixture
def board(simulator: BoardSimulator) -> Iterator[SerialIoBoard]:
    with closing(SerialIoBoard(simulator.address)) as driver:
        yield driver


def test_contacts_and_lights(simulator: BoardSimulator, board: SerialIoBoard) -> None:
    lit = frozenset({Light.CARD, Light.STATUS})

    quiet = board.status(AMPLE)
    simulator.door_open = simulator.tampered = True
    lighted = board.light(lit, AMPLE)

    assert quiet == BoardReading(False, False, frozenset(), SERIAL, FIRMWARE)
    assert lighted == BoardReading(True, True, lit, SERIAL, FIRMWARE)
    assert simulator.lights == 0b1001
    assert board.light(frozenset(), AMPLE) == BoardReading(True, True, frozenset(), SERIAL, FIRMWARE)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("silent", DeviceCode.BOARD_SILENT),
        ("half_answer", DeviceCode.BOARD_SILENT),
        ("wrong_checksum", DeviceCode.BOARD_GARBLED),
        ("disconnect", DeviceCode.BOARD_NOT_FOUND),
    ],
)
@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_fault_that_lasts_is_told_and_mends(
    simulator: BoardSimulator, board: SerialIoBoard, fault: str, code: DeviceCode, moment: str
) -> None:
    if moment == "during":
        assert isinstance(board.status(AMPLE), BoardReading)
    simulator.answering.order({"name": fault, "count": -1})

    outcome = board.status(SHORT)

    assert isinstance(outcome, DeviceFault)
    assert outcome.code is code
    simulator.answering.clear()
    assert isinstance(board.status(AMPLE), BoardReading)


@pytest.mark.parametrize("fault", ["silent", "half_answer", "garbage", "wrong_checksum", "late_answer"])
def test_a_fault_of_one_answer_is_overcome(
    simulator: BoardSimulator, board: SerialIoBoard, fault: str
) -> None:
    board.status(AMPLE)
    simulator.answering.order({"name": fault})
    simulator.door_open = True

    reading = board.status(AMPLE)

    assert isinstance(reading, BoardReading)
    assert reading.door_open is True


def test_an_answer_to_an_earlier_question_is_never_believed(
    simulator: BoardSimulator, board: SerialIoBoard
) -> None:
    board.light(frozenset({Light.CARD}), AMPLE)
    simulator.answering.order({"name": "late_answer"})

    reading = board.light(frozenset(), AMPLE)

    assert isinstance(reading, BoardReading)
    assert reading.lit == frozenset()


def test_as_another_device_node_it_works_again_in_time(
    simulator: BoardSimulator, board: SerialIoBoard
) -> None:
    assert isinstance(board.status(AMPLE), BoardReading)
    simulator.answering.order({"name": "new_node"})
    board.status(SHORT)

    began = time.monotonic()
    while not isinstance(board.status(SHORT), BoardReading):
        assert time.monotonic() - began < BACK_WITHIN_S


@pytest.mark.parametrize("size", [1, 3, 200])
def test_lines_in_pieces_with_rubbish_between(size: int) -> None:
    stream = b"\xff\x00" + encode(1, "OK door=0") + b"noise\r\n" + encode(255, "OK") + b"#02 half"
    decoder = LineDecoder()

    found = [reply for at in range(0, len(stream), size) for reply in decoder.feed(stream[at : at + size])]

    assert found == [Reply(1, ("OK", "door=0")), Reply(255, ("OK",))]
    assert decoder.broken == 1


def test_one_flipped_bit_is_never_believed() -> None:
    good = encode(7, "OK door=0 tamper=0 lights=00")
    for bit in range(len(good) * 8):
        line = bytearray(good)
        line[bit // 8] ^= 1 << bit % 8
        replies = LineDecoder().feed(bytes(line) + b"\n")
        assert all(reply == Reply(7, ("OK", "door=0", "tamper=0", "lights=00")) for reply in replies), bit


def test_the_machine_tells_what_it_knows(tmp_path: Path) -> None:
    machine = PsutilMachine(tmp_path)

    first, second = machine.status(AMPLE), machine.status(AMPLE)

    assert not isinstance(first, DeviceFault)
    assert not isinstance(second, DeviceFault)
    assert first.cpu_percent is None
    assert second.cpu_percent is not None
    assert (first.disk_free_bytes or 0) > 0
    assert (first.memory_available_bytes or 0) > 0
    assert (first.uptime_s or 0) > 0


def test_a_file_system_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    reading = PsutilMachine(tmp_path / "nowhere").status(AMPLE)

    assert not isinstance(reading, DeviceFault)
    assert reading.disk_free_bytes is None


@pytest.mark.parametrize("address", ["tcp://h:1", "serial://h/dev/x", "serial:///dev/x?speed=9600"])
def test_a_senseless_address_is_told(address: str) -> None:
    with pytest.raises(AddressError):
        SerialIoBoard(address)
