"""The probe: exit status, sentences with stable codes, and no person unless asked."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from devices.contract import DeviceCode
from devices.idcard.textblock import decode_identity
from devices.sentences import REMEDIES, cut_address, describe_identity, mask_facts, mask_name, mask_number
from devices.simulators.board.board import BoardSimulator
from devices.simulators.idcard.blocks import text_block
from devices.simulators.idcard.faults import UNTIL_CLEARED, FaultName
from devices.simulators.idcard.reader import ReaderSimulator
from devices.simulators.ups.upsd import UpsSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from tests.devices.idcard.cards import RESIDENT
from tests.devices.programs import probe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READ, WRONG_ADDRESS, NO_CARD, AT_FAULT = 0, 2, 3, 4
HIDDEN = (RESIDENT.name, RESIDENT.number, RESIDENT.address, RESIDENT.appended_address, "1990-01-02")


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[ReaderSimulator]:
    """A reader with a card on it."""
    simulator = ReaderSimulator(tmp_path / "idcard")
    simulator.lay(RESIDENT)
    simulator.start()
    yield simulator
    simulator.close()


def events(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_card_is_read_and_masked(simulator: ReaderSimulator) -> None:
    done = probe(simulator.address)

    assert done.returncode == READ
    assert "Reader ready: serial 05.01-20250101-0001234567-3456789012, 115200 baud" in done.stdout
    assert "王××" in done.stdout
    assert "6105**********0027" in done.stdout
    assert not any(word in done.stdout + done.stderr for word in HIDDEN)


def test_json_tells_the_same_one_object_a_line_and_a_card_can_be_read_twice(
    simulator: ReaderSimulator,
) -> None:
    first, second = probe(simulator.address, "--json"), probe(simulator.address, "--json")

    assert (first.returncode, second.returncode) == (READ, READ)
    ready, card = events(second.stdout)
    assert ready == {"event": "ready", "serial": "05.01-20250101-0001234567-3456789012", "baud": 115200}
    assert card["event"] == "card"
    assert card["card"]["name"] == "王××"
    assert card["card"]["address"] == "陕西省渭南市…"
    assert not any(word in second.stdout for word in HIDDEN)


def test_the_person_is_shown_when_asked_for(simulator: ReaderSimulator) -> None:
    done = probe(simulator.address, "--json", "--unmask")

    card = events(done.stdout)[1]["card"]
    assert (card["name"], card["number"]) == (RESIDENT.name, RESIDENT.number)
    assert card["appended_address"] == RESIDENT.appended_address


def test_no_card_in_time_has_its_own_status(simulator: ReaderSimulator) -> None:
    simulator.lift()

    done = probe(simulator.address, "--json", "--timeout", "0.5")

    assert done.returncode == NO_CARD
    assert [one["event"] for one in events(done.stdout)] == ["ready", "no_card"]


def test_a_card_that_is_no_id_card_is_told_and_waited_past(simulator: ReaderSimulator) -> None:
    simulator.fault(FaultName.NOT_ID, UNTIL_CLEARED)

    done = probe(simulator.address, "--timeout", "0.5")

    assert done.returncode == NO_CARD
    assert "IDR-08: What lies there is not an ID card or residence permit." in done.stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (FaultName.UNLICENSED, DeviceCode.READER_UNLICENSED),
        (FaultName.SELF_TEST_FAILED, DeviceCode.READER_SELF_TEST),
    ],
)
def test_a_reader_at_fault_is_told_with_its_code_and_remedy(
    name: FaultName, code: DeviceCode, simulator: ReaderSimulator
) -> None:
    simulator.fault(name, UNTIL_CLEARED)

    done = probe(simulator.address, "--json")

    (event,) = events(done.stdout)
    assert done.returncode == AT_FAULT
    assert (event["event"], event["code"], event["remedy"]) == ("fault", code, REMEDIES[code])


def test_a_port_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    done = probe(f"serial://{tmp_path}/nothing")

    assert done.returncode == AT_FAULT
    assert done.stdout == f"IDR-01: {REMEDIES[DeviceCode.READER_NOT_FOUND]} (ENOENT)\n"
    assert "Check cable, power and the address" in done.stdout


@pytest.mark.parametrize("address", ["idcard", "floppy:///dev/fd0", "serial:///dev/idcard?baud=7"])
def test_a_wrong_address_is_told_on_stderr(address: str) -> None:
    done = probe(address)

    assert done.returncode == WRONG_ADDRESS
    assert done.stdout == ""
    assert "error:" in done.stderr


def test_a_printer_that_cannot_be_reached_is_a_fault() -> None:
    """Port 9 is discard; nothing listens there on loopback."""
    done = probe("ipp://127.0.0.1:9/ipp/print", "--json")

    (event,) = events(done.stdout)
    assert done.returncode == AT_FAULT
    assert event["code"] == DeviceCode.PRINTER_UNREACHABLE


def test_every_code_has_a_remedy() -> None:
    assert set(REMEDIES) == set(DeviceCode)


@pytest.mark.parametrize(
    ("mask", "full", "masked"),
    [
        (mask_name, "王小测", "王××"),
        (mask_name, "", ""),
        (mask_number, "610590199001020027", "6105**********0027"),
        (mask_number, "KAZ110090123105", "KAZ1*******3105"),
        (cut_address, "乐楼社区", "乐楼社区"),
    ],
)
def test_masks(mask: Any, full: str, masked: str) -> None:
    assert mask(full) == masked


def test_masking_covers_each_field_that_tells_a_person() -> None:
    identity = decode_identity(text_block(RESIDENT))
    assert identity is not None

    masked = mask_facts(describe_identity(identity))

    assert not any(word in str(masked) for word in HIDDEN)


def test_the_parts_of_the_box_tell_how_they_are(tmp_path: Path) -> None:
    with closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as board:
        board.door_open = True
        done = probe(board.address, "--as", "board", "--json")
    with closing(UpsSimulator(TcpWire("nut", 0, "/ups"))) as ups:
        sentence = probe(ups.address)
        ups.fail("DATA-STALE")
        stale = probe(ups.address)

    assert done.returncode == READ
    (ready,) = events(done.stdout)
    assert (ready["door_open"], ready["tampered"], ready["lit"]) == (True, False, [])
    assert "charge_percent: 100" in sentence.stdout
    assert stale.returncode == AT_FAULT
    assert "UPS-03" in stale.stdout
