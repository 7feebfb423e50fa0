"""The doctor names the fault that was injected, first of all, on the whole appliance and without a core."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.wiring.doctor import IN_ALL, examine
from tools.desk.appliance import Appliance, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.doctor.lines import Line
    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-doctor")]

PATIENCE_S = 15.0


@pytest.fixture(scope="module")
def appliance(town: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A whole kiosk with a box, without a screen."""
    directory = tmp_path_factory.mktemp("doctor")
    dataset = town.copy_to(directory / "town")
    with Appliance(Plan(directory / "desk", dataset, has_box=True)) as running:
        await_line(running, lambda line: line.told.health != "bad", "everything to be well")
        yield running


def first_line(appliance: Appliance) -> Line:
    """What the doctor says first; there is no screen here, and it says so, too."""
    lines = examine(appliance.settings_path).lines
    return next(line for line in lines if line.name != "screen")


def await_line(appliance: Appliance, is_right: Callable[[Line], bool], what: str) -> Line:
    """The first line, once it is so."""
    end = time.monotonic() + PATIENCE_S
    while not is_right(line := first_line(appliance)):
        assert time.monotonic() < end, f"waited for {what}, the doctor says {line}"
        time.sleep(0.1)
    return line


def mend(appliance: Appliance) -> None:
    box = appliance.box
    assert box
    controls = (appliance.reader, appliance.printer, box.receipt, box.scanner, box.board, box.ups)
    for control in controls:
        control.order("clear")
    appliance.line.mend()


def on_reader(name: str) -> Callable[[Appliance], object]:
    return lambda appliance: appliance.reader.order("fault", name=name, count=-1)


def on_printer(name: str) -> Callable[[Appliance], object]:
    return lambda appliance: appliance.printer.order("fault", name=name, count=-1)


def in_box(part: str, do: str, **details: object) -> Callable[[Appliance], object]:
    return lambda appliance: getattr(appliance.box, part).order(do, **details)


@pytest.mark.parametrize(
    ("break_it", "component", "code"),
    [
        (on_reader("silent"), "id_reader", "IDR-03"),
        (on_printer("paper_out"), "page_printer", "PRN-03"),
        (on_printer("jam"), "page_printer", "PRN-04"),
        (on_printer("cover_open"), "page_printer", "PRN-05"),
        (on_printer("toner_out"), "page_printer", "PRN-06"),
        (on_printer("stopped"), "page_printer", "PRN-02"),
        (on_printer("refuse_connection"), "page_printer", "PRN-01"),
        (in_box("receipt", "fault", name="paper_out"), "receipt_printer", "RCP-03"),
        (in_box("receipt", "fault", name="cover_open"), "receipt_printer", "RCP-04"),
        (in_box("receipt", "fault", name="cutter"), "receipt_printer", "RCP-05"),
        (in_box("receipt", "fault", name="offline"), "receipt_printer", "RCP-06"),
        (in_box("board", "door", open=True), "board", "BRD-05"),
        (in_box("board", "tamper"), "board", "BRD-06"),
        (in_box("board", "fault", name="silent", count=-1), "board", "BRD-03"),
        (in_box("ups", "set", variables={"ups.status": "OB"}), "ups", "UPS-04"),
        (in_box("ups", "set", variables={"ups.status": "OB LB"}), "ups", "UPS-05"),
        (in_box("ups", "set", variables={"ups.status": "OL RB"}), "ups", "UPS-06"),
        (in_box("ups", "fail", word="DATA-STALE"), "ups", "UPS-03"),
        (lambda appliance: appliance.line.cut(), "line", "NET-05"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_injected_fault_comes_first(
    appliance: Appliance, break_it: Callable[[Appliance], object], component: str, code: str
) -> None:
    """What the last test broke is mended in the same moment: the doctor has to let go of that, too."""
    mend(appliance)
    break_it(appliance)

    line = await_line(appliance, lambda line: line.told.code == code, code)

    assert line.name == component
    assert line.told.health == "bad"


def test_the_program_tells_lines_and_status(appliance: Appliance) -> None:
    def doctor() -> tuple[int, list[dict[str, object]]]:
        command = [
            sys.executable,
            "-m",
            "kiosk",
            "doctor",
            "--json",
            "--settings",
            str(appliance.settings_path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=40)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    mend(appliance)
    await_line(appliance, lambda line: line.told.health != "bad", "everything to be well again")
    sound, lines = doctor()
    appliance.printer.order("fault", name="jam")
    await_line(appliance, lambda line: line.told.code == "PRN-04", "the jam")
    bad, worse = doctor()
    mend(appliance)

    bad_ones = [line["name"] for line in lines if line["health"] == "bad"]
    assert bad_ones in ([], ["screen"])
    assert sound == len(bad_ones)
    assert bad == 1
    assert worse[0]["code"] == "PRN-04"
    assert worse[0]["cause"]
    assert worse[0]["remedy"]


def test_without_a_core_it_asks_the_devices_itself(appliance: Appliance) -> None:
    mend(appliance)
    appliance.core.stop()
    try:
        appliance.printer.order("fault", name="paper_out")
        began = time.monotonic()
        found = examine(appliance.settings_path)
        took = timedelta(seconds=time.monotonic() - began)
    finally:
        appliance.printer.order("clear")
        appliance.launch_core().ready()
    lines = {line.name: line.told for line in found.lines}

    assert took < IN_ALL
    assert found.lines[0].name == "core"
    assert found.lines[0].told.code == "HLT-09"
    assert found.lines[1].told.code == "PRN-03"
    assert found.status == 1
    for name in ("id_reader", "receipt_printer", "ups", "board", "store", "line", "disk", "memory"):
        assert lines[name].health == "good", name
    for name in ("numbers", "ledger", "outbox"):
        assert lines[name].health == "unknown", name
