"""A UPS through upsd: what its words mean, and every way in which the answer can fail to come."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, DeviceFault, UpsReading
from devices.errors import AddressError
from devices.simulators.ups.upsd import UpsSimulator
from devices.simulators.wires import TcpWire
from devices.ups.driver import NutUps
from devices.ups.frames import NotUpsdError, RefusedError, VariableList, words_of
from devices.ups.status import read_ups
from tests.devices.box.real_upsd import running_upsd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AMPLE, SHORT = timedelta(seconds=5), timedelta(seconds=0.4)


@pytest.fixture
def simulator() -> Iterator[UpsSimulator]:
    with closing(UpsSimulator(TcpWire("nut", 0, "/ups"))) as opened:
        yield opened


@pytest.fixture
def ups(simulator: UpsSimulator) -> Iterator[NutUps]:
    with closing(NutUps(simulator.address)) as driver:
        yield driver


def test_a_reading(ups: NutUps) -> None:
    assert ups.status(AMPLE) == UpsReading(
        on_battery=False,
        battery_low=False,
        replace_battery=False,
        charge_percent=100,
        runtime_s=1800,
        model='Simulated "UPS" 1000',
        serial="SIM-UPS-0001",
    )


def test_the_real_upsd_says_what_its_ups_says(tmp_path: Path) -> None:
    with running_upsd(tmp_path) as upsd, closing(NutUps(upsd.address)) as ups:
        mains = ups.status(AMPLE)
        upsd.say("OB LB", 12)
        end = time.monotonic() + 15
        reading = ups.status(AMPLE)
        while isinstance(reading, UpsReading) and not reading.on_battery and time.monotonic() < end:
            time.sleep(0.1)
            reading = ups.status(AMPLE)
        with closing(NutUps(upsd.address.replace("/ups", "/other"))) as other:
            unknown = other.status(AMPLE)

    assert isinstance(mains, UpsReading)
    assert (mains.on_battery, mains.charge_percent, mains.serial) == (False, 100, "DUMMY-1")
    assert isinstance(reading, UpsReading)
    assert (reading.on_battery, reading.battery_low, reading.charge_percent) == (True, True, 12)
    assert unknown == DeviceFault(DeviceCode.UPS_NOT_KNOWN, "UNKNOWN-UPS")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"ups.status": "OL CHRG"}, (False, False, False)),
        ({"ups.status": "OB DISCHRG"}, (True, False, False)),
        ({"ups.status": "OB LB RB"}, (True, True, True)),
        ({"ups.status": "OL RB NEWWORD"}, (False, False, True)),
        ({"ups.status": "NEWWORD"}, (None, None, None)),
        ({}, (None, None, None)),
    ],
)
def test_what_the_words_mean(variables: dict[str, str], expected: tuple[bool | None, ...]) -> None:
    reading = read_ups(variables)

    assert (reading.on_battery, reading.battery_low, reading.replace_battery) == expected


@pytest.mark.parametrize(
    ("text", "number"), [("97.5", 97), ("150", 100), ("-1", None), ("nan", None), ("much", None), ("", None)]
)
def test_a_charge_that_is_no_number_is_unknown(text: str, number: int | None) -> None:
    assert read_ups({"battery.charge": text}).charge_percent == number


@pytest.mark.parametrize("word", ["DATA-STALE", "DRIVER-NOT-CONNECTED", "ACCESS-DENIED"])
def test_no_fresh_data_is_told(simulator: UpsSimulator, ups: NutUps, word: str) -> None:
    simulator.fail(word)

    assert ups.status(AMPLE) == DeviceFault(DeviceCode.UPS_NOT_KNOWN, word)
    simulator.mend()
    assert isinstance(ups.status(AMPLE), UpsReading)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("silent", DeviceCode.UPS_UNREACHABLE),
        ("half_answer", DeviceCode.UPS_UNREACHABLE),
        ("garbage", DeviceCode.UPS_PROTOCOL),
        ("wrong_checksum", DeviceCode.UPS_PROTOCOL),
        ("disconnect", DeviceCode.UPS_UNREACHABLE),
    ],
)
@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_fault_is_told_and_mends(
    simulator: UpsSimulator, ups: NutUps, fault: str, code: DeviceCode, moment: str
) -> None:
    if moment == "during":
        assert isinstance(ups.status(AMPLE), UpsReading)
    simulator.answering.order({"name": fault, "count": -1})

    outcome = ups.status(SHORT)

    assert isinstance(outcome, DeviceFault)
    assert outcome.code is code
    simulator.answering.clear()
    assert isinstance(ups.status(AMPLE), UpsReading)


def test_words_and_quotes() -> None:
    assert words_of(b'VAR ups device.model "A \\"B\\" \\\\ C" ') == (
        "VAR",
        "ups",
        "device.model",
        'A "B" \\ C',
    )
    assert words_of(b'VAR ups x ""') == ("VAR", "ups", "x", "")
    with pytest.raises(NotUpsdError):
        words_of(b'VAR "open')


def test_a_list_in_pieces_and_one_without_an_end() -> None:
    answer = b'BEGIN LIST VAR u\nVAR u ups.status "OL"\nEND LIST VAR u\n'
    for size in (1, 5, 100):
        taken = VariableList("u")
        assert [taken.feed(answer[at : at + size]) for at in range(0, len(answer), size)][-1]
        assert taken.variables == {"ups.status": "OL"}
    with pytest.raises(RefusedError):
        VariableList("u").feed(b"ERR UNKNOWN-UPS\n")
    with pytest.raises(NotUpsdError):
        VariableList("u").feed(b"x" * 5000)
    with pytest.raises(NotUpsdError):
        VariableList("u").feed(b"BEGIN LIST VAR u\n" + b'VAR u %d "1"\n' * 1000)


@pytest.mark.parametrize("address", ["nut://h", "nut:///ups", "tcp://h/ups", "nut://h/a/b", "nut://h:x/ups"])
def test_a_senseless_address_is_told(address: str) -> None:
    with pytest.raises(AddressError):
        NutUps(address)
