"""What was recorded at one device is played back to a driver of its own, which comes to the same."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.board.driver import SerialIoBoard
from devices.contract import CardFound, CardRead, CodeScanned, DeviceFault, Light, Presence, Printed
from devices.escpos.driver import EscposPrinter
from devices.idcard.driver import SerialIdCardReader
from devices.page.driver import IppPrinter
from devices.scanner.driver import SerialCodeScanner
from devices.simulators.board.board import BoardSimulator
from devices.simulators.idcard.faults import FaultName
from devices.simulators.idcard.reader import ReaderSimulator
from devices.simulators.replay.page import RecordedPrinter
from devices.simulators.replay.player import Player
from devices.simulators.scanner.scanner import ScannerSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from devices.trace.entries import load_trace
from tests.devices.escpos.rigs import TIMINGS, document, running_receipt_printer
from tests.devices.idcard.cards import OTHER, RESIDENT
from tests.devices.idcard.use import AMPLE, poll_until_read
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import TIMINGS as PAGE_TIMINGS
from tests.devices.printers.rigs import running_page_simulator

if TYPE_CHECKING:
    from pathlib import Path

    from devices.contract import CardReader, CodeScanner

SHORT = timedelta(seconds=0.2)


def session_at(reader: CardReader) -> list[object]:
    """One card, still there, read; what matters of each outcome."""
    card, _ = poll_until_read(reader)
    return [type(card), card.identity.kind, reader.presence(AMPLE), reader.status(AMPLE)]


def test_a_card_session_is_played_back_with_another_person(tmp_path: Path) -> None:
    trace = tmp_path / "reader.trace"
    with closing(ReaderSimulator(tmp_path / "reader")) as simulator:
        simulator.start()
        simulator.lay(RESIDENT)
        simulator.fault(FaultName.WRONG_CHECKSUM, 1, "read")
        with closing(SerialIdCardReader(f"{simulator.address}?trace={trace}")) as reader:
            recorded = session_at(reader)
    with closing(Player(TerminalWire(tmp_path / "replay"), load_trace(trace))) as player:
        with closing(SerialIdCardReader(player.address)) as reader:
            replayed = session_at(reader)
        assert player.await_end(5)
        assert player.state()["differs"] == []

    assert replayed == recorded
    assert recorded[0] is CardRead
    assert recorded[2] is Presence.PRESENT
    text = trace.read_text(encoding="ascii")
    for said in (RESIDENT.name, RESIDENT.number, RESIDENT.address):
        assert said.encode("utf-16-le").hex() not in text


def test_a_board_is_played_back_to_the_same_reading(tmp_path: Path) -> None:
    trace = tmp_path / "board.trace"
    lit = frozenset({Light.CARD})
    with (
        closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as simulator,
        closing(SerialIoBoard(f"{simulator.address}?trace={trace}")) as board,
    ):
        recorded = [board.status(AMPLE), board.light(lit, AMPLE)]
    with (
        closing(Player(TerminalWire(tmp_path / "replay"), load_trace(trace))) as player,
        closing(SerialIoBoard(player.address)) as board,
    ):
        replayed = [board.status(AMPLE), board.light(lit, AMPLE)]
        assert player.await_end(5)
        assert player.state()["differs"] == []

    assert replayed == recorded
    assert not isinstance(recorded[0], DeviceFault)


def scans(scanner: CodeScanner, count: int) -> list[str]:
    """The texts of so many codes."""
    outcomes = [scanner.scan(AMPLE) for _ in range(count)]
    return [each.text if isinstance(each, CodeScanned) else repr(each) for each in outcomes]


def test_scanned_codes_are_played_back_without_what_they_say(tmp_path: Path) -> None:
    trace = tmp_path / "scanner.trace"
    with (
        closing(ScannerSimulator(TerminalWire(tmp_path / "scanner"), b"\r")) as simulator,
        closing(SerialCodeScanner(f"{simulator.address}?trace={trace}")) as scanner,
    ):
        scanner.status(AMPLE)
        simulator.scan(b"JZ-2026-000001")
        simulator.scan(b"JZ-2026-000002")
        recorded = scans(scanner, 2)
    with (
        closing(Player(TerminalWire(tmp_path / "replay"), load_trace(trace))) as player,
        closing(SerialCodeScanner(player.address)) as scanner,
    ):
        replayed = scans(scanner, 2)

    assert recorded == ["JZ-2026-000001", "JZ-2026-000002"]
    assert [len(text) for text in replayed] == [14, 14]
    assert replayed[0] != replayed[1]
    assert b"JZ-2026".hex() not in trace.read_text(encoding="ascii")


def test_a_slip_is_played_back_to_its_proof(tmp_path: Path) -> None:
    trace = tmp_path / "receipt.trace"
    with (
        running_receipt_printer("tcp", tmp_path) as rig,
        closing(EscposPrinter(f"{rig.address}&trace={trace}", TIMINGS)) as printer,
    ):
        recorded = printer.print(document(), Onlooker(), AMPLE)
    with (
        closing(Player(TcpWire("tcp"), load_trace(trace))) as player,
        closing(EscposPrinter(f"{player.address}?paper=80", TIMINGS)) as printer,
    ):
        replayed = printer.print(document(), Onlooker(), AMPLE)
        assert player.await_end(5)
        assert player.state()["differs"] == []

    assert isinstance(recorded, Printed)
    assert replayed == recorded


def test_a_printed_page_is_played_back_without_its_paper(tmp_path: Path) -> None:
    trace = tmp_path / "page.trace"
    paper = make_document()
    with (
        running_page_simulator(tmp_path / "spool") as simulator,
        closing(IppPrinter(f"{simulator.address}?trace={trace}", timings=PAGE_TIMINGS)) as printer,
    ):
        recorded = printer.print(paper, Onlooker(), AMPLE)
    with (
        closing(RecordedPrinter(load_trace(trace))) as played,
        closing(IppPrinter(played.address, timings=PAGE_TIMINGS)) as printer,
    ):
        replayed = printer.print(paper, Onlooker(), AMPLE)
        assert played.state()["unknown"] == 0

    assert isinstance(recorded, Printed)
    assert isinstance(replayed, Printed)
    assert b"%PDF".hex() not in trace.read_text(encoding="ascii")


def test_a_reader_that_vanished_vanishes_again(tmp_path: Path) -> None:
    trace = tmp_path / "reader.trace"
    with closing(ReaderSimulator(tmp_path / "reader")) as simulator:
        simulator.start()
        simulator.lay(OTHER)
        with closing(SerialIdCardReader(f"{simulator.address}?trace={trace}")) as reader:
            assert isinstance(reader.find(AMPLE), CardFound)
            simulator.fault(FaultName.DISCONNECT, 1, "read")
            recorded = reader.read(AMPLE)
    with (
        closing(Player(TerminalWire(tmp_path / "replay"), load_trace(trace))) as player,
        closing(SerialIdCardReader(player.address)) as reader,
    ):
        assert isinstance(reader.find(AMPLE), CardFound)
        replayed = reader.read(AMPLE)

    assert isinstance(recorded, DeviceFault)
    assert isinstance(replayed, DeviceFault)
    assert replayed.code is recorded.code


def test_a_driver_that_says_something_else_is_found_out(tmp_path: Path) -> None:
    trace = tmp_path / "board.trace"
    with (
        closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as simulator,
        closing(SerialIoBoard(f"{simulator.address}?trace={trace}")) as board,
    ):
        board.light(frozenset({Light.CARD}), AMPLE)
    with (
        closing(Player(TerminalWire(tmp_path / "replay"), load_trace(trace))) as player,
        closing(SerialIoBoard(player.address)) as board,
    ):
        board.light(frozenset(), AMPLE)
        assert player.await_end(5)

        assert player.state()["differs"]


def test_what_is_no_trace_is_refused_by_the_program(tmp_path: Path) -> None:
    path = tmp_path / "no.trace"
    path.write_text("hello\n", encoding="ascii")
    words = [
        sys.executable,
        "-m",
        "devices.simulators",
        "replay",
        str(path),
        "--link",
        str(tmp_path / "link"),
    ]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)

    assert ended.returncode == 78
    assert "line 1" in ended.stderr
