"""The desk starts the whole appliance, its panel reaches what a hand reaches, and nothing stays behind."""

from __future__ import annotations

import http.client
import json
import os
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tools.desk.appliance import Appliance, Plan
from tools.desk.dataset import Dataset
from tools.desk.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("desk")]

HOUSEHOLDS = 40
PATIENCE_S = 10.0


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def dataset(directory: Path) -> Dataset:
    dataset = Dataset(directory / "platform", HOUSEHOLDS)
    dataset.prepare()
    return dataset


@pytest.fixture(scope="module")
def appliance(directory: Path, dataset: Dataset) -> Iterator[Appliance]:
    with Appliance(Plan(directory / "desk", dataset)) as appliance:
        yield appliance


@pytest.fixture(scope="module")
def panel(appliance: Appliance) -> Iterator[Panel]:
    with closing(Panel(appliance)) as panel:
        yield panel


def ask(panel: Panel, path: str, order: dict[str, str] | None = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", panel.port, timeout=5)
    if order is None:
        connection.request("GET", path, headers=headers)
    else:
        connection.request("POST", path, json.dumps(order), {"Content-Type": "application/json"} | headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def do(panel: Panel, order: str, what: str = "") -> dict[str, Any]:
    status, content = ask(panel, "/do", {"do": order, "what": what})
    assert status == 200, content
    state: dict[str, Any] = json.loads(content)
    return state


def await_event(appliance: Appliance, event: str) -> None:
    end = time.monotonic() + PATIENCE_S
    log = appliance.logs / "core.log"
    while f'"event":"{event}"' not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < end, f"the core never logged {event}"
        time.sleep(0.02)  # a log file has no other sign than its content


def test_a_data_set_is_made_once(dataset: Dataset) -> None:
    made = (dataset.directory / "made-by").stat().st_mtime_ns

    dataset.prepare()

    assert (dataset.directory / "made-by").stat().st_mtime_ns == made


def test_another_number_of_households_asks_for_another_data_set(dataset: Dataset) -> None:
    assert dataset.is_fresh
    assert not Dataset(dataset.directory, HOUSEHOLDS + 1).is_fresh


def test_a_card_laid_on_the_panel_is_found_by_the_core(appliance: Appliance, panel: Panel) -> None:
    state = do(panel, "lay", "tenant")

    assert state["laid"] == "tenant"
    await_event(appliance, "household_found")
    assert do(panel, "lift")["laid"] == ""


def test_the_line_is_cut_and_mended(panel: Panel) -> None:
    assert do(panel, "cut")["cut"] is True
    assert do(panel, "mend")["cut"] is False


def test_printer_faults_are_made_and_mended(panel: Panel) -> None:
    assert do(panel, "jam")["printer"]["faults"] == ["jam"]
    assert do(panel, "refill")["printer"]["faults"] == []


def test_all_programs_run(panel: Panel) -> None:
    state = json.loads(ask(panel, "/state")[1])

    assert [program["name"] for program in state["programs"] if program["running"]] == ["platform", "core"]


@pytest.mark.parametrize("order", [{"do": "explode"}, {"do": "lay", "what": "../keys"}, {"what": "x"}])
def test_an_unknown_order_is_refused(panel: Panel, order: dict[str, str]) -> None:
    assert ask(panel, "/do", order)[0] == 400


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Content-Type": "text/plain"}],
)
def test_a_foreign_page_gives_no_orders(panel: Panel, headers: dict[str, str]) -> None:
    assert ask(panel, "/do", {"do": "cut"}, **headers)[0] == 403
    assert not panel.bench.appliance.line.is_cut


def test_a_foreign_page_reads_nothing(panel: Panel) -> None:
    assert ask(panel, "/state", Host="evil.example")[0] == 403


@pytest.mark.parametrize("path", ["/papers/../kiosk.toml", "/papers/none.pdf", "/kiosk.toml"])
def test_only_papers_are_served(panel: Panel, path: str) -> None:
    assert ask(panel, path)[0] == 404


def test_nothing_runs_after_the_end(directory: Path, dataset: Dataset) -> None:
    with Appliance(Plan(directory / "second", dataset.copy_to(directory / "copy"))) as appliance:
        pids = [appliance.platform.pid, appliance.core.pid]

    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_core_killed_is_started_again_on_the_same_files(appliance: Appliance) -> None:
    appliance.core.kill()

    core = appliance.launch_core()

    assert core.ready().startswith("unix://")
