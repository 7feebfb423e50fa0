"""Of what a card, a chip, a code or a stranger's answer says, no four bytes in a row reach a trace."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from devices.address_parts import checked_trace
from devices.errors import AddressError
from devices.escpos.mask import SlipMask
from devices.idcard.commands import READ_BASE
from devices.idcard.frames import HEADER_BYTES, PREAMBLE
from devices.idcard.mask import ReaderMask
from devices.lines import LineError, LineFault
from devices.page.deadline import Deadline
from devices.page.errors import IppError
from devices.page.frames import decode, encode
from devices.page.mask import PageMask
from devices.page.message import Attribute, Group, Message, Value
from devices.page.tags import GroupTag, Operation, ValueTag
from devices.page.transport import Link
from devices.pcsc.mask import ChipMask
from devices.pcsc.records import Record
from devices.scanner.mask import CodeMask
from devices.simulators.idcard.blocks import text_block
from devices.simulators.idcard.wire import answer_frame
from devices.simulators.replay.page import RecordedPrinter
from devices.trace.entries import Entry, Trace, Way, load_trace
from devices.trace.line import TappedLine
from devices.trace.mask import noise
from devices.trace.recorder import Recorder, Silence, TraceFile
from tests.devices.idcard.cards import RESIDENT

if TYPE_CHECKING:
    from pathlib import Path

    from devices.trace.mask import Mask

RUN = 4
PHOTO_BYTES = 1024
SOON = timedelta(seconds=2)
PHOTO = hashlib.shake_128(b"photo").digest(PHOTO_BYTES)  # no run of it is anywhere else
LENGTHS = (256).to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big")


def told_of(mask: Mask, data: bytes, size: int = 4096) -> bytes:
    """What is written of these bytes, coming in pieces of this size."""
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    pieces = [piece for chunk in chunks for piece in mask.came(chunk)] + list(mask.rest())
    return b"".join(piece.data for piece in pieces)


def shows(written: bytes, secret: bytes) -> bool:
    return any(secret[at : at + RUN] in written for at in range(len(secret) - RUN + 1))


def asked_reader() -> ReaderMask:
    mask = ReaderMask()
    mask.sent(READ_BASE.frame)
    return mask


def test_no_part_of_a_photo_is_written() -> None:
    frame = answer_frame(0x90, LENGTHS + text_block(RESIDENT) + PHOTO)

    written = told_of(asked_reader(), frame)

    assert len(written) == len(frame)
    assert not shows(written, PHOTO)


@pytest.mark.parametrize("size", [1, 8, 16, 64, 4096])
@pytest.mark.parametrize("lost", [1, 5, 14, 40])
def test_a_frame_without_its_beginning_is_noise(size: int, lost: int) -> None:
    frame = answer_frame(0x90, LENGTHS + text_block(RESIDENT) + PHOTO)[lost:]

    written = told_of(asked_reader(), frame, size)

    assert written == noise(frame).data


def test_behind_lost_bytes_only_a_head_is_told() -> None:
    text = text_block(RESIDENT)
    held = PREAMBLE + b"\x05\x08" + text[:30]

    assert told_of(asked_reader(), held) == held[:HEADER_BYTES] + noise(text[:30]).data


@pytest.mark.parametrize("status", [b"\x6c\x0b", b"\x69\x82", b"\x6a\x82", b"\x12\x34"])
def test_what_a_chip_says_beside_a_refusal_is_hidden(status: bytes) -> None:
    name = b"\x09\x0a" + PHOTO[:10]

    assert told_of(ChipMask(), name + status) == bytes(len(name)) + status


def test_what_stands_behind_a_record_of_a_chip_is_hidden() -> None:
    record = bytes((Record.SEX.value.tag, 1)) + b"1"

    assert not shows(told_of(ChipMask(), record + PHOTO[:64] + b"\x90\x00"), PHOTO[:64])


def test_what_is_no_ipp_is_told_by_its_length() -> None:
    page = "<html>张某某的体检报告</html>".encode()

    assert told_of(PageMask(), page) == noise(page).data


def test_no_byte_of_a_letter_of_a_code_is_told() -> None:
    assert not set(told_of(CodeMask(), "怀来".encode())) & set("怀来".encode())


def test_a_slip_that_broke_off_is_not_gone_on_with() -> None:
    mask = SlipMask()
    mask.sent(b"\x1dv0\x00\x02\x00\x02\x00\xaa")
    mask.rest()

    (piece,) = mask.sent(b"\x1b@")

    assert piece.data == b"\x1b@"


class OneAnswer:
    """A line that brings one piece, and is gone then."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def send(self, data: bytes, _: float) -> int:
        return len(data)

    def receive(self, _: float) -> bytes:
        data, self._data = self._data, b""
        if not data:
            raise LineError(LineFault.GONE, "unplugged")
        return data

    def discard(self) -> None:
        """Nothing is there."""

    def close(self) -> None:
        """Nothing is open."""


def tapped(path: Path) -> TappedLine:
    line = TappedLine(
        OneAnswer(PREAMBLE + b"\x05\x08\x00"), Recorder(TraceFile(path, "idcard"), ReaderMask())
    )
    line.receive(0)
    return line


def test_what_was_held_back_is_told_when_the_line_is_closed(tmp_path: Path) -> None:
    tapped(tmp_path / "t").close()

    assert [each.way for each in load_trace(tmp_path / "t").entries] == [Way.OPEN, Way.IN]


def test_what_was_held_back_is_told_before_the_line_is_gone(tmp_path: Path) -> None:
    with pytest.raises(LineError):
        tapped(tmp_path / "t").receive(0)

    assert [each.way for each in load_trace(tmp_path / "t").entries] == [Way.OPEN, Way.IN, Way.GONE]


class Told(Silence):
    """Counts how often the line was gone."""

    def __init__(self) -> None:
        self.times_gone = 0

    def gone(self) -> None:
        self.times_gone += 1


def test_a_printer_that_cannot_be_reached_is_told_as_gone() -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        address = f"ipp://127.0.0.1:{server.server_address[1]}/x"
    tap = Told()
    link = Link(address, tap)

    with pytest.raises(IppError):
        link.post(b"", SOON, Deadline.after(SOON))

    link.close()
    assert tap.times_gone == 1


def test_a_replayed_queue_names_no_printer_behind_it() -> None:
    behind = Attribute("device-uri", (Value(ValueTag.URI, "ipp://printer.example/ipp/print"),))
    state = Attribute("printer-state", (Value(ValueTag.ENUM, 3),))
    asked = encode(Message(Operation.GET_PRINTER_ATTRIBUTES, 1, (Group(GroupTag.OPERATION),)))
    answered = encode(Message(0, 1, (Group(GroupTag.PRINTER, (behind, state)),)))
    printer = RecordedPrinter(Trace("page", (Entry(0, Way.OUT, asked), Entry(1, Way.IN, answered))))

    played = decode(printer.answer(asked)).group(GroupTag.PRINTER)
    printer.close()

    assert [each.name for each in played.attributes] == ["printer-state"]


@pytest.mark.parametrize("path", ["/data/a\0b", "/data/a\nb", "/data/\udc80", "relative"])
def test_a_path_that_no_file_can_have_is_no_address(path: str) -> None:
    with pytest.raises(AddressError):
        checked_trace(path)
