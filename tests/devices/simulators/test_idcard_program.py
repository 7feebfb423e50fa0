"""The reader simulator as a program: link, control socket, end; and its line."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
import serial

from devices.simulators.idcard.blocks import text_block
from devices.simulators.idcard.card import CardFileError, load_card
from devices.simulators.idcard.faults import FaultName
from devices.simulators.idcard.reader import Manners, ReaderSimulator
from devices.simulators.idcard.wire import heard_as
from tests.devices.idcard import vectors
from tests.devices.idcard.cards import FOREIGNER_2017, OTHER, PERMIT, RESIDENT, as_toml, numbered
from tests.devices.programs import ask, probe, running_simulator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.simulators.idcard.card import Card

FIND = bytes.fromhex("AAAAAA96690003200122")
SELECT = bytes.fromhex("AAAAAA96690003200221")
READ = bytes.fromhex("AAAAAA96690003300132")


def exchange(port: serial.Serial, command: bytes, length: int) -> bytes:
    port.write(command)
    return port.read(length)


@pytest.fixture
def card_file(tmp_path: Path) -> Path:
    """The resident's card as a file."""
    path = tmp_path / "card.toml"
    path.write_text(as_toml(RESIDENT), encoding="utf-8")
    return path


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[ReaderSimulator]:
    """A reader in this process."""
    simulator = ReaderSimulator(tmp_path / "idcard")
    simulator.start()
    yield simulator
    simulator.close()


@pytest.fixture
def port(simulator: ReaderSimulator, tmp_path: Path) -> Iterator[serial.Serial]:
    """A bare port at it, without our driver."""
    with serial.Serial(str(tmp_path / "idcard"), 115200, timeout=3) as port:
        yield port


def test_the_program_links_its_port_serves_the_card_and_leaves_nothing_behind(
    tmp_path: Path, card_file: Path
) -> None:
    link = tmp_path / "idcard"
    with running_simulator("idcard", "--link", str(link), "--card", str(card_file)) as (process, address):
        node = link.readlink()
        done = probe(address, "--json")

    assert address == f"serial://{link}"
    assert node.parent == Path("/dev/pts")
    assert done.returncode == 0
    assert process.returncode == 0
    assert sorted(tmp_path.iterdir()) == [card_file]


def test_the_control_socket_moves_the_card_and_makes_faults(tmp_path: Path, card_file: Path) -> None:
    link, control = tmp_path / "idcard", tmp_path / "control"
    words = ("idcard", "--link", str(link), "--baud", "57600", "--control", str(control))
    with running_simulator(*words) as (process, _):
        laid, seen = ask(control, {"do": "lay", "card": str(card_file)}, {"do": "state"})
        faulty, with_fault = ask(
            control, {"do": "fault", "name": "silent", "count": 2, "on": "read"}, {"do": "state"}
        )
        lifted, cleared, bare = ask(control, {"do": "lift"}, {"do": "clear"}, {"do": "state"})

    assert [one["ok"] for one in (laid, faulty, lifted, cleared)] == [True] * 4
    assert seen == {"ok": True, "card": "租户", "baud": 57600, "faults": [], "commands": 0}
    assert with_fault["faults"] == ["silent"]
    assert (bare["card"], bare["faults"]) == (None, [])
    assert process.returncode == 0
    assert not control.exists()


def test_a_wrong_order_is_answered_and_harms_nothing(tmp_path: Path) -> None:
    link, control = tmp_path / "idcard", tmp_path / "control"
    with running_simulator("idcard", "--link", str(link), "--control", str(control)):
        answers = ask(
            control,
            "no json",
            "[]",
            {"do": "dance"},
            {"do": "lay", "card": str(tmp_path / "none.toml")},
            {"do": "fault", "name": "boredom"},
            {"do": "fault", "name": "silent", "on": "sunday"},
            {"do": "fault", "name": "silent", "count": "many"},
            {"do": "state"},
        )

    assert [one["ok"] for one in answers] == [False] * 7 + [True]
    assert all(one["error"] for one in answers[:-1])


def test_a_wrong_card_file_ends_the_program_with_all_its_mistakes(tmp_path: Path) -> None:
    card = tmp_path / "card.toml"
    card.write_text('kind = "library"\nname = 7\nshoe_size = "42"', encoding="utf-8")

    with pytest.raises(CardFileError) as caught:
        load_card(card)

    mistakes = str(caught.value)
    for mistake in ("kind must be", "name must be", "shoe_size is unknown", "number is missing"):
        assert mistake in mistakes


@pytest.mark.parametrize("card", [RESIDENT, PERMIT, FOREIGNER_2017], ids=lambda card: card.kind)
def test_a_card_file_says_what_the_card_says(card: Card, tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(as_toml(card), encoding="utf-8")

    assert load_card(path) == card


def test_a_field_too_long_for_a_card_is_refused(simulator: ReaderSimulator) -> None:
    with pytest.raises(CardFileError, match="15 units"):
        simulator.lay(numbered(RESIDENT, name="测" * 16))


def test_without_a_client_the_program_sleeps(tmp_path: Path) -> None:
    with running_simulator("idcard", "--link", str(tmp_path / "idcard")) as (process, _):
        times = psutil.Process(process.pid).cpu_times
        before = times()
        time.sleep(1)  # the length of the measurement
        after = times()

    assert (after.user + after.system) - (before.user + before.system) <= 0.01


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("AAAAAA9669000310FFEC", vectors.WELL),
        ("AAAAAA9669000311FFED", vectors.WELL),
        ("AAAAAA9669000312FFEE", vectors.SAM_ID),
        ("AAAAAA96690003200122", vectors.NO_NEW_CARD),
        ("AAAAAA96690003200221", vectors.NOT_SELECTED),
        ("AAAAAA96690003300132", vectors.NOT_READ),
        ("AAAAAA96690003301023", vectors.NOT_READ),
        ("AAAAAA96690003300330", vectors.NOT_READ),
        ("AAAAAA9669000461FF50CA", vectors.WELL),
        ("AAAAAA9669000361FF00", vectors.frame(0x10)),  # wrong checksum
        ("AAAAAA96690003778877", vectors.frame(0x10)),
        ("AAAAAA966900037788FC", vectors.frame(0x21)),  # no such command
    ],
)
def test_an_empty_reader_answers_as_published(port: serial.Serial, command: str, answer: bytes) -> None:
    assert exchange(port, bytes.fromhex(command), len(answer)) == answer


def test_a_published_card_is_answered_byte_for_byte(port: serial.Serial, simulator: ReaderSimulator) -> None:
    card = numbered(
        RESIDENT,
        name="张三",
        sex="1",
        birth=date(1900, 1, 1),
        address="北京市东城区测试街道1号",
        number="110101190001010014",
        authority="北京市公安局东城分局",
        valid_until="长期",
        appended_address="北京市东城区新住址3号",
    )
    simulator.lay(card)

    assert text_block(card) == vectors.RESIDENT
    assert exchange(port, FIND, 15) == vectors.FOUND
    assert exchange(port, SELECT, 19) == vectors.SELECTED
    assert exchange(port, READ, 1295) == vectors.read_answer()
    assert exchange(port, bytes.fromhex("AAAAAA96690003300330"), 81) == vectors.APPENDED
    assert exchange(port, FIND, 11) == vectors.NO_NEW_CARD


@pytest.mark.parametrize(("order", "baud", "seconds"), [("600063", 115200, 0.112), ("600261", 38400, 0.337)])
def test_an_answer_takes_the_time_of_a_real_line(
    order: str, baud: int, seconds: float, port: serial.Serial, simulator: ReaderSimulator
) -> None:
    simulator.lay(RESIDENT)
    assert exchange(port, bytes.fromhex(f"AAAAAA96690003{order}"), 11) == vectors.WELL
    port.baudrate = baud
    exchange(port, FIND, 15)
    exchange(port, SELECT, 19)

    started = time.monotonic()
    answer = exchange(port, READ, 1295)
    taken = time.monotonic() - started

    assert len(answer) == 1295
    assert seconds <= taken <= seconds + 0.15  # the upper bound leaves room for a busy machine


def test_at_the_wrong_rate_nothing_is_understood(port: serial.Serial) -> None:
    port.baudrate = 9600
    port.timeout = 0.2

    assert exchange(port, FIND, 15) == b""


@pytest.mark.parametrize("heard", [9600, 57600, 230400])
def test_bytes_sampled_at_the_wrong_rate_are_others(heard: int) -> None:
    assert heard_as(FIND, 115200, 115200) == FIND
    assert FIND not in heard_as(FIND, 115200, heard)


def test_each_fault_has_its_place_in_the_list(simulator: ReaderSimulator) -> None:
    for name in FaultName:
        simulator.fault(name)

    assert simulator.state()["faults"] == list(FaultName)


def test_a_closed_reader_takes_its_link_along(tmp_path: Path) -> None:
    simulator = ReaderSimulator(tmp_path / "idcard", Manners())
    simulator.start()
    simulator.lay(OTHER)

    simulator.close()
    simulator.close()

    assert list(tmp_path.iterdir()) == []
