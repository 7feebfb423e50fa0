"""Ports, addresses and baud rates."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.addresses import open_printer, open_reader
from devices.contract import CardRead, DeviceCode, DeviceFault, ReaderReady
from devices.errors import AddressError
from devices.idcard.address import BAUDS, SerialAddress, parse_serial_address
from devices.idcard.driver import SerialIdCardReader
from devices.idcard.transport import _port_error
from devices.simulators.idcard.faults import FaultName
from tests.devices.idcard.cards import RESIDENT
from tests.devices.idcard.conftest import QUICK
from tests.devices.idcard.use import AMPLE, SHORT, in_time, poll, poll_until_read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from devices.simulators.idcard.reader import Manners, ReaderSimulator


@pytest.mark.parametrize("baud", BAUDS)
def test_the_rate_of_the_reader_is_found(baud: int, plug: Callable[[Manners], ReaderSimulator]) -> None:
    simulator = plug(replace(QUICK, baud=baud))
    reader = SerialIdCardReader(simulator.address)

    status = in_time(reader.status, AMPLE)

    reader.close()
    assert status == ReaderReady("05.01-20250101-0001234567-3456789012", baud)


def test_calls_too_short_for_all_rates_go_on_where_the_last_one_stopped(
    plug: Callable[[Manners], ReaderSimulator],
) -> None:
    simulator = plug(replace(QUICK, baud=9600))
    reader = SerialIdCardReader(simulator.address)

    outcomes = [in_time(reader.status, SHORT) for _ in range(4)]

    reader.close()
    assert isinstance(outcomes[0], DeviceFault)
    assert isinstance(outcomes[-1], ReaderReady)


def test_the_rate_of_the_address_is_tried_first(plug: Callable[[Manners], ReaderSimulator]) -> None:
    simulator = plug(replace(QUICK, baud=9600))
    reader = SerialIdCardReader(f"{simulator.address}?baud=9600")

    status = in_time(reader.status, timedelta(seconds=0.29))

    reader.close()
    assert isinstance(status, ReaderReady)


def test_a_port_that_does_not_exist_is_not_found_and_used_when_it_appears(
    tmp_path: Path, plug: Callable[[Manners], ReaderSimulator]
) -> None:
    reader = SerialIdCardReader(f"serial://{tmp_path}/reader0")

    before = in_time(reader.find, SHORT)
    simulator = plug(QUICK)
    simulator.lay(RESIDENT)
    read, _ = poll_until_read(reader)

    reader.close()
    assert before == DeviceFault(DeviceCode.READER_NOT_FOUND, "ENOENT")
    assert read.identity.number == RESIDENT.number


def test_a_file_that_is_no_port_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    status = SerialIdCardReader(f"serial://{tmp_path}/file").status(SHORT)

    assert isinstance(status, DeviceFault)
    assert status.code is DeviceCode.READER_NOT_FOUND


def test_a_port_in_use_by_another_program_says_so(simulator: ReaderSimulator) -> None:
    first, second = SerialIdCardReader(simulator.address), SerialIdCardReader(simulator.address)
    first.status(AMPLE)

    status = second.status(SHORT)

    first.close()
    second.close()
    assert status == DeviceFault(DeviceCode.READER_NOT_FOUND, "the port is in use by another program")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_forbidden_port_has_its_own_code(number: int) -> None:
    """As root no port is forbidden, so the classification is tested by itself."""
    assert _port_error(OSError(number, os.strerror(number))).code is DeviceCode.READER_NO_PERMISSION


def test_a_reader_whose_rate_was_changed_is_found_again(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    reader.status(AMPLE)
    simulator._module.baud = 57600
    simulator.lay(RESIDENT)

    outcomes = [poll(reader, AMPLE) for _ in range(2)]

    assert any(isinstance(one, CardRead) for one in outcomes)


def test_the_serial_is_asked_for_until_it_is_told(
    reader: SerialIdCardReader, simulator: ReaderSimulator
) -> None:
    simulator.fault(FaultName.WRONG_CHECKSUM, 3, "sam_id")

    reader.status(AMPLE)
    status = in_time(reader.status, AMPLE)

    assert isinstance(status, ReaderReady)
    assert status.serial == "05.01-20250101-0001234567-3456789012"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("serial:///dev/idcard", SerialAddress("/dev/idcard")),
        ("serial:///dev/idcard?baud=9600", SerialAddress("/dev/idcard", 9600)),
        ("serial:///dev/id%20card?tolerant_find=true", SerialAddress("/dev/id card", tolerant_find=True)),
    ],
)
def test_an_address_is_understood(text: str, address: SerialAddress) -> None:
    assert parse_serial_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/dev/idcard",
        "serial://",
        "serial://host/dev/idcard",
        "serial:///dev/idcard?baud=1200",
        "serial:///dev/idcard?baud=fast",
        "serial:///dev/idcard?tolerant_find=maybe",
        "serial:///dev/idcard?speed=9600",
        "nonsense:///dev/idcard",
    ],
)
def test_an_address_without_sense_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        open_reader(text)


def test_a_reader_is_no_printer() -> None:
    with pytest.raises(AddressError, match="no page printer"):
        open_printer("serial:///dev/idcard")
