"""Addresses of receipt printers: what they say, and the sentence where they make no sense."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from devices.addresses import open_receipt_printer
from devices.contract import RollPaper
from devices.errors import AddressError
from devices.escpos.address import parse_receipt_address
from devices.escpos.transport import Transport
from devices.simulators.wires import TerminalWire
from devices.trace.recorder import Silence

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("serial:///dev/receipt?baud=19200&paper=80", (RollPaper(80, 576), "full", True)),
        ("tcp://192.0.2.5:9100?paper=58&profile=POS-5890", (RollPaper(58, 384), "", True)),
        ("tcp://192.0.2.5?cut=0", (RollPaper(80, 576), "", True)),
        ("file:///dev/usb/lp0?paper=80&proof=none", (RollPaper(80, 576), "full", False)),
        ("file:///dev/usb/lp0?profile=TM-T88V", (RollPaper(80, 512), "full", True)),
        ("file:///dev/usb/lp0?profile=default", (RollPaper(80, 576), "full", True)),
    ],
)
def test_an_address_says_where_and_what(address: str, expected: tuple[RollPaper, str, bool]) -> None:
    parsed = parse_receipt_address(address)

    assert (parsed.roll, parsed.cut, parsed.has_proof) == expected
    assert open_receipt_printer(address).roll == parsed.roll


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("tcp:///dev/x", "no address"),
        ("tcp://192.0.2.5/dev/x", "no address"),
        ("serial://host/dev/x", "no address"),
        ("serial:receipt", "no address"),
        ("tcp://192.0.2.5:port", "no address"),
        ("lpt:///dev/x", "lpt"),
        ("tcp://192.0.2.5?paper=70", "paper=70"),
        ("tcp://192.0.2.5?baud=19200", "baud"),
        ("serial:///dev/x?baud=fast", "baud=fast"),
        ("file:///dev/usb/lp0?speed=1", "speed"),
        ("file:///dev/usb/lp0?proof=yes", "proof=yes"),
        ("file:///dev/usb/lp0?cut=2", "cut=2"),
        ("file:///dev/usb/lp0?profile=none", "POS-5890"),
        ("file:///dev/usb/lp0?profile=TSP600", "TSP600"),
        ("file:///dev/usb/lp0?profile=TM-U220", "TM-U220"),
        ("file:///dev/usb/lp0?profile=POS-5890", "384"),
        ("file:///dev/usb/lp0?paper=58&profile=TM-T20II", "576"),
    ],
)
def test_a_senseless_address_is_told_in_a_sentence(address: str, word: str) -> None:
    with pytest.raises(AddressError, match=word):
        parse_receipt_address(address)


def test_a_slow_line_is_given_the_time_it_needs(tmp_path: Path) -> None:
    wire = TerminalWire(tmp_path / "receipt")
    address = parse_receipt_address(f"serial://{tmp_path}/receipt?baud=9600")
    line = Transport(address, time.monotonic() + 5, Silence())
    begun = time.monotonic()

    line.send(bytes(960), begun + 5)

    assert 0.9 < line.clear_at - begun < 5
    line.close()
    wire.close()
