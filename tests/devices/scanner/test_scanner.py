"""Codes of phones and certificates, and whatever else a serial line brings."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import (
    LONGEST_CODE,
    CodeRejected,
    CodeScanned,
    DeviceCode,
    DeviceFault,
    NoCode,
    ScannerOpen,
)
from devices.errors import AddressError
from devices.scanner.driver import SerialCodeScanner
from devices.scanner.frames import PAUSE_S, SAME_WITHIN_S, STALE_S, CodeAssembler
from devices.simulators.scanner.scanner import ScannerSimulator
from devices.simulators.wires import TerminalWire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AMPLE, SHORT = timedelta(seconds=5), timedelta(seconds=0.15)
CERTIFICATE = "https://platform.example/v/610525001003-JZ-2026-000001-2?c=8F2K-71QD"
TOO_LONG, NO_TEXT = CodeRejected(DeviceCode.CODE_TOO_LONG), CodeRejected(DeviceCode.CODE_NO_TEXT)


@pytest.fixture(params=["cr", "none"])
def simulator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScannerSimulator]:
    end = {"cr": b"\r", "none": b""}[request.param]
    with closing(ScannerSimulator(TerminalWire(tmp_path / "scanner"), end)) as opened:
        opened.end = request.param  # type: ignore[attr-defined]
        yield opened


@pytest.fixture
def scanner(simulator: ScannerSimulator) -> Iterator[SerialCodeScanner]:
    end = simulator.end  # type: ignore[attr-defined]
    with closing(SerialCodeScanner(f"{simulator.address}?end={end}")) as driver:
        assert isinstance(driver.status(AMPLE), ScannerOpen)
        yield driver


def test_a_code_comes_whole_and_then_nothing(simulator: ScannerSimulator, scanner: SerialCodeScanner) -> None:
    assert scanner.status(AMPLE) == ScannerOpen(is_heard=False)
    simulator.scan(CERTIFICATE.encode())

    assert scanner.scan(AMPLE) == CodeScanned(CERTIFICATE)
    assert scanner.scan(SHORT) == NoCode()
    assert scanner.status(AMPLE) == ScannerOpen(is_heard=True)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("silent", NoCode()), ("slow", CodeScanned("A1")), ("wrong_checksum", NO_TEXT), ("garbage", NO_TEXT)],
)
def test_what_goes_wrong_on_the_way_is_told_and_the_next_code_comes(
    simulator: ScannerSimulator, scanner: SerialCodeScanner, fault: str, expected: object
) -> None:
    simulator.fault({"name": fault})
    simulator.scan(b"A1")

    assert scanner.scan(timedelta(seconds=1) if fault != "silent" else SHORT) == expected
    simulator.scan(b"B2")
    assert scanner.scan(AMPLE) == CodeScanned("B2")


def test_a_scanner_that_vanishes_is_told_and_works_again_as_another_node(
    simulator: ScannerSimulator, scanner: SerialCodeScanner
) -> None:
    simulator.fault({"name": "disconnect"})
    simulator.scan(b"A1")

    gone = scanner.scan(AMPLE)
    missing = scanner.status(AMPLE)
    simulator.clear()

    assert isinstance(gone, DeviceFault)
    assert gone.code is DeviceCode.SCANNER_GONE
    assert isinstance(missing, DeviceFault)
    assert missing.code is DeviceCode.SCANNER_NOT_FOUND
    assert scanner.status(AMPLE) == ScannerOpen(is_heard=False)
    simulator.scan(b"B2")
    assert scanner.scan(AMPLE) == CodeScanned("B2")


def test_a_deadline_is_kept(scanner: SerialCodeScanner) -> None:
    assert scanner.scan(timedelta()) == NoCode()
    assert scanner.scan(timedelta(milliseconds=30)) == NoCode()


def test_closing_twice_is_harmless(simulator: ScannerSimulator, scanner: SerialCodeScanner) -> None:
    scanner.close()
    scanner.close()
    assert isinstance(scanner.status(AMPLE), ScannerOpen)
    simulator.scan(b"A1")

    assert scanner.scan(AMPLE) == CodeScanned("A1")


@pytest.mark.parametrize("address", ["tcp://h:1", "serial:///dev/x?end=tab", "serial:///dev/x?baud=fast"])
def test_a_senseless_address_is_told(address: str) -> None:
    with pytest.raises(AddressError):
        SerialCodeScanner(address)


# --- the assembler alone -------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\r\n\r\n"])
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_pieces_of_any_size_and_any_end(end: bytes, size: int) -> None:
    stream = b"first" + end + "第二个".encode() + end + b"third" + end
    assembler = CodeAssembler(b"\r")

    found = [
        code for at in range(0, len(stream), size) for code in assembler.feed(stream[at : at + size], 1.0)
    ]

    assert found == [CodeScanned("first"), CodeScanned("第二个"), CodeScanned("third")]


def test_a_pause_ends_a_code_where_nothing_else_does() -> None:
    assembler = CodeAssembler(b"")

    assert assembler.feed(b"A", 1.0) == ()
    assert assembler.feed(b"1", 1.0 + PAUSE_S / 2) == ()
    assert assembler.pause(1.0 + PAUSE_S) == ()
    assert assembler.pause(1.0 + 2 * PAUSE_S) == (CodeScanned("A1"),)


def test_half_a_code_is_no_part_of_the_next_one() -> None:
    assembler = CodeAssembler(b"\r")

    assembler.feed(b"half a co", 1.0)

    assert assembler.feed(b"B2\r", 1.1 + STALE_S) == (CodeScanned("B2"),)


def test_the_same_code_within_a_second_is_told_once() -> None:
    assembler = CodeAssembler(b"\r")

    assert assembler.feed(b"A1\rA1\r", 1.0) == (CodeScanned("A1"),)
    assert assembler.feed(b"A1\r", 1.0 + 0.9 * SAME_WITHIN_S) == ()
    assert assembler.feed(b"B2\r", 2.0) == (CodeScanned("B2"),)
    assert assembler.feed(b"A1\r", 2.1) == (CodeScanned("A1"),)
    assert assembler.feed(b"A1\r", 3.2) == (CodeScanned("A1"),)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x" * LONGEST_CODE, CodeScanned("x" * LONGEST_CODE)),
        ("x" * (LONGEST_CODE + 1), TOO_LONG),
        ("字" * LONGEST_CODE, CodeScanned("字" * LONGEST_CODE)),
        ("x" * 100_000, TOO_LONG),
    ],
)
def test_seven_hundred_characters_and_no_more(code: str, expected: object) -> None:
    assembler = CodeAssembler(b"\r")

    assert assembler.feed(code.encode() + b"\rnext\r", 1.0) == (expected, CodeScanned("next"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("王雪松𬱖".encode(), CodeScanned("王雪松𬱖")),
        ("王雪松".encode("gb18030"), CodeScanned("王雪松")),
        (b"\x02A1\x03", CodeScanned("A1")),
        (b"  A1  ", CodeScanned("A1")),
        (b"\x00\x01\x07rubbish", NO_TEXT),
        (b"\xff\xfe\xfd", NO_TEXT),
    ],
)
def test_text_is_text_and_rubbish_is_told(raw: bytes, expected: object) -> None:
    assert CodeAssembler(b"\r").feed(raw + b"\r", 1.0) == (expected,)


def test_no_code_shows_in_a_repr() -> None:
    assert CERTIFICATE not in repr(CodeScanned(CERTIFICATE))
