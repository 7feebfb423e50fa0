"""The simulated printer: as a program, and on what other drivers send."""

from __future__ import annotations

import socket
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
import serial
from PIL import Image

from devices.contract import Printed, PrinterReady
from devices.escpos.driver import EscposPrinter
from devices.simulators.control import OrderError
from devices.simulators.escpos.stream import Command, Cut, Feed, LineEnd, Other, Raster, Text, take_command
from tests.devices.escpos.rigs import AMPLE, TIMINGS, document, is_printed, picture, running_receipt_printer
from tests.devices.page.onlooker import Onlooker
from tests.devices.programs import ask, running_simulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.devices.escpos.rigs import ReceiptRig

ROW = b"\xf0" + bytes(71)


@contextmanager
def caller(rig: ReceiptRig) -> Iterator[socket.socket]:
    """A bare connection, without our driver."""
    host, _, port = rig.simulator.address.removeprefix("tcp://").partition(":")
    with socket.create_connection((host, int(port)), 5) as line:
        yield line


def heard(line: socket.socket, n: int) -> bytes:
    """So many bytes of answer."""
    data = b""
    while len(data) < n:
        data += line.recv(n - len(data))
    return data


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[ReceiptRig]:
    with running_receipt_printer("tcp", tmp_path) as rig:
        yield rig


def commands(data: bytes) -> list[Command]:
    """All whole commands."""
    buffer, found = bytearray(data), []
    while (command := take_command(buffer)) is not None:
        found.append(command)
    assert not buffer
    return found


@pytest.mark.parametrize("wire", ["--port", "--link"])
def test_the_program_prints_slips_into_its_spool(wire: str, tmp_path: Path) -> None:
    where = "0" if wire == "--port" else str(tmp_path / "receipt")
    words = ("escpos", wire, where, "--paper", "58", "--no-cutter", "--spool", str(tmp_path / "spool"))
    control = tmp_path / "control"
    with running_simulator(*words, "--control", str(control)) as (_, address):
        fast = f"{address}&baud=921600" if wire == "--link" else address
        with closing(EscposPrinter(fast, TIMINGS)) as printer:
            assert printer.status(AMPLE) == PrinterReady()
            assert printer.print(document(picture(384)), Onlooker(), AMPLE) == Printed(1)
        collected, faulty, wrong, state, mended, clear = ask(
            control,
            {"do": "collect"},
            {"do": "fault", "name": "paper_out"},
            {"do": "fault", "name": "no such thing"},
            {"do": "state"},
            {"do": "clear"},
            {"do": "state"},
        )

    assert collected["slips"] == ["slip-0001.png"]
    assert faulty["ok"]
    assert mended["ok"]
    assert "paper_out" in wrong["error"]
    assert (state["faults"], clear["faults"]) == (["paper_out"], [])
    assert state["slips"] == 1
    assert is_printed(Image.open(tmp_path / "spool" / "slip-0001.png"), picture(384))


def test_questions_are_answered_at_once_even_without_paper(rig: ReceiptRig) -> None:
    rig.fault("paper_out")
    with caller(rig) as line:
        line.sendall(b"\x1dr\x01" + b"\x10\x04\x01\x10\x04" + b"\x04")

        assert heard(line, 2) == bytes((0x1A, 0x7E))  # and nothing yet of GS r, which waits its turn
        rig.mend()
        assert heard(line, 1) == b"\x00"


def test_a_question_in_a_picture_is_answered_and_its_bytes_are_dots(rig: ReceiptRig) -> None:
    with caller(rig) as line:
        line.sendall(b"\x1dv0\0\x03\0\x01\0\x10\x04\x01\x1dV\0\x1dr\x01")

        assert heard(line, 2) == b"\x12\x00"
    (slip,) = rig.come_out()
    assert [n for n in range(24) if not slip.getpixel((n, 0))] == [3, 13, 23]


def test_what_a_stopped_printer_cannot_hold_is_lost(rig: ReceiptRig) -> None:
    """So a driver that does not look before each block is found out."""
    rig.fault("paper_out")
    with caller(rig) as line:
        line.sendall(b"\x1dv0\0\x48\0\x64\0" + ROW * 100 + b"\x10\x04\x01")
        heard(line, 1)

    assert rig.simulator.state()["waiting_bytes"] == 4096


def test_text_codes_and_graphics_of_other_drivers_are_shown(rig: ReceiptRig) -> None:
    sent = b"\x1b@\x1ba\x01" + "Pick-up 取件 12".encode("gb18030") + b"\n\x1ba\x00"
    sent += b"\x1d(k\x08\x001P0KC1:A" + b"\x1d(k\x03\x001Q0"
    sent += b"\x1d(L\x52\x000p0\x01\x011\x10\x00\x24\x00" + b"\xff\x00" * 36 + b"\x1d(L\x02\x0002"
    with caller(rig) as line:
        line.sendall(sent + b"\x1bd\x03\x1dV\x42\x00\x1dr\x01")
        heard(line, 1)

    (slip,) = rig.come_out()
    assert slip.size == (576, 24 + 160 + 36 + 3 * 24)
    for top, bottom, right in ((0, 24, 576), (24, 184, 576), (184, 220, 8)):
        part = slip.crop((0, top, right, bottom))
        assert part.getextrema()[0] == 0
    assert slip.crop((0, 220, 576, 292)).getextrema() == (255, 255)


def test_a_blank_piece_of_paper_is_no_slip(rig: ReceiptRig) -> None:
    with caller(rig) as line:
        line.sendall(bytes(4000) + b"\x1b@\x1bd\x06\x1dV\0\x1dr\x01")
        heard(line, 1)

    assert rig.come_out() == []
    assert rig.simulator.state()["cuts"] == 1


def test_commands_are_taken_whole_and_unknown_ones_left_out() -> None:
    sent = b"\x1b@\x1b!\x00\x1d!\x11\x1bp\x00\x32\x32\x1b$\x01\x02AB\n\x1c&\x1c.\x1bd\x02\x1dV\x01\x1bi"

    told = [command for command in commands(sent) if command != Other()]

    assert told == [Text(b"AB"), LineEnd(), Feed(2), Cut(), Cut()]


@pytest.mark.parametrize(
    "whole", [b"\x1dv0\0\x48\0\x01\0", b"\x1bd\x03", b"\x1d(k\x03\x001Q0", b"\x10\x04\x01"]
)
def test_half_a_command_waits_for_its_rest(whole: bytes) -> None:
    for n in range(len(whole)):
        buffer = bytearray(whole[:n])
        assert take_command(buffer) is None
        assert buffer == whole[:n]
    assert take_command(bytearray(whole)) is not None


def test_a_picture_tells_how_many_rows_follow() -> None:
    assert commands(b"\x1dv0\0\x48\0\x80\x01") == [Raster(72, 384)]


def test_a_wrong_order_is_refused(rig: ReceiptRig) -> None:
    for request in ({"name": "rust"}, {}, {"name": "paper_out", "after": "soon"}):
        with pytest.raises(OrderError):
            rig.simulator.fault(request)


def test_a_terminal_that_comes_back_is_another_node(tmp_path: Path) -> None:
    with running_receipt_printer("serial", tmp_path) as rig:
        node = tmp_path / "by-id-receipt"
        with serial.Serial(str(node), 115200, timeout=5) as line:
            first = node.readlink()
            rig.fault("new_node")
            line.write(b"\x10\x04\x01")
            with pytest.raises(serial.SerialException):
                line.read()
        assert node.readlink() != first
        with serial.Serial(str(node), 115200, timeout=5) as line:
            line.write(b"\x10\x04\x01")
            assert line.read() == b"\x12"
