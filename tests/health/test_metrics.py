"""/metrics: real HTTP on loopback, clean for promtool, and without a figure that nobody knows."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode
from kiosk.domain.health import Component, Health
from kiosk.work.inbox import ClosedError
from kiosk.work.metrics import LOOPBACK, MetricsServer, MetricsTools
from tests.core.stand import LogBook
from tests.work.conditions import CONDITION, PROGRAM, nothing_known, with_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.condition import Condition

PATIENCE_S = 5.0
BAD_PRINTER = with_findings(Health.BAD, DeviceCode.PRINTER_JAM, ("toner-low",) * 20)


@dataclass
class Given:
    """Sources that give one condition."""

    now: Condition

    def condition(self) -> Condition:
        return self.now


@dataclass
class Served:
    """A server at work."""

    server: MetricsServer
    sources: Given
    book: LogBook

    def get(self, path: str = "/metrics") -> tuple[int, str]:
        connection = HTTPConnection(LOOPBACK, self.port(), timeout=PATIENCE_S)
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def port(self) -> int:
        port = self.server.port()
        assert port
        return port


@contextmanager
def serving(condition: Condition, port: int = 0) -> Iterator[Served]:
    book, sources = LogBook(), Given(condition)
    tools = MetricsTools(port, sources, PROGRAM, book.log)  # type: ignore[arg-type] # gives conditions all the same
    server = MetricsServer(tools)

    def run() -> None:
        with pytest.raises(ClosedError):
            server.run()

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + PATIENCE_S
    while not book.lines() and time.monotonic() < until:
        threading.Event().wait(0.01)
    yield Served(server, sources, book)
    server.close()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One server for all that only reads."""
    with serving(CONDITION) as made:
        yield made


@pytest.mark.parametrize(
    "condition", [CONDITION, BAD_PRINTER, nothing_known()], ids=["good", "bad", "unknown"]
)
def test_promtool_finds_nothing_to_complain_of(served: Served, condition: Condition) -> None:
    served.sources.now = condition

    status, text = served.get()

    assert status == 200
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_each_part_has_exactly_one_of_three_states(served: Served) -> None:
    served.sources.now = CONDITION

    samples = [line for line in served.get()[1].splitlines() if line.startswith("kiosk_component_health{")]

    assert len(samples) == 3 * len(Component)
    assert sum(line.endswith(" 1.0") for line in samples) == len(Component)
    assert 'kiosk_component_health{component="ups",kiosk_component_health="good"} 1.0' in samples


def test_a_fault_is_told_by_its_code_and_a_talkative_device_makes_no_crowd(served: Served) -> None:
    served.sources.now = with_findings(
        Health.BAD, DeviceCode.PRINTER_JAM, tuple(f"{n} " + "w" * 99 for n in range(99))
    )

    text = served.get()[1]

    assert 'kiosk_component_fault{code="PRN-04",component="page_printer"} 1.0' in text
    warnings = [line for line in text.splitlines() if line.startswith("kiosk_component_warning{")]
    assert len(warnings) == 8 * len(Component)
    assert max(map(len, warnings)) < 150


def test_what_nobody_knows_has_no_sample(served: Served) -> None:
    served.sources.now = nothing_known()

    samples = {line.split("{")[0].split(" ")[0] for line in served.get()[1].splitlines() if line[0] != "#"}

    assert samples == {
        "kiosk_build_info",
        "kiosk_component_health",
        "kiosk_component_unchanged_seconds",
        "kiosk_done_total",
        "kiosk_up_seconds",
    }


def test_a_half_known_machine_is_told_by_halves(served: Served) -> None:
    machine = CONDITION.machine
    assert machine
    served.sources.now = replace(CONDITION, machine=replace(machine, temperature_c=None))

    text = served.get()[1]

    assert "\nkiosk_temperature_celsius " not in text
    assert "\nkiosk_disk_free_bytes 5e+" in text


def test_there_is_nothing_else_to_be_had(served: Served) -> None:
    assert served.get("/")[0] == 404
    assert served.get("/../etc/passwd")[0] == 404


def test_it_listens_on_loopback_alone(served: Served) -> None:
    other = "127.0.0.2"  # this machine as well, but not the address that it serves

    with socket.socket() as probe:
        assert probe.connect_ex((other, served.port())) != 0
        assert LOOPBACK == "127.0.0.1"


def test_somebody_who_connects_and_says_nothing_holds_nobody_up(served: Served) -> None:
    served.sources.now = CONDITION
    with socket.create_connection((LOOPBACK, served.port())):
        assert served.get()[0] == 200


def test_a_port_that_is_taken_is_one_warning_and_no_crash() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with serving(CONDITION, port) as made:
            assert made.server.port() is None
            lines = made.book.lines("metrics_not_served")

    assert [(line["level"], line["port"]) for line in lines] == [("warning", port)]
