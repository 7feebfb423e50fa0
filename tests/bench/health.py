"""How soon the kiosk knows that a device is at fault, and how soon the platform knows it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.bench.figures import Figure, percentiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tools.desk.appliance import Appliance
    from tools.desk.control import Control

PATIENCE_S = 120.0
# Longer than two urgent heartbeats must lie apart, so that each fault is measured from rest.
_REST_S = 31.0
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class _Mishap:
    """One fault of one simulator, and where it must show."""

    component: str
    control: Control
    fault: str
    count: int


class HealthReport:
    """What the measurement found, in seconds."""

    def __init__(self) -> None:
        self.to_board: list[float] = []
        self.to_platform: list[float] = []
        self.back: list[float] = []

    def figures(self) -> list[Figure]:
        """As the bench prints them."""
        return [
            *percentiles("fault of a device to the board", "s", self.to_board, {50: "", 100: "<= 3"}),
            *percentiles("device back to the board", "s", self.back, {50: "", 100: "<= 3"}),
            *percentiles("fault of a device to the platform", "s", self.to_platform, {50: "", 100: "<= 60"}),
        ]


def measure_health(appliance: Appliance, rounds: int = 1) -> list[Figure]:
    """Every fault in turn: paper out, the printer's port closed, the printer mute, the reader mute."""
    report = HealthReport()
    for _ in range(rounds):
        for mishap in _mishaps(appliance):
            _suffer(appliance, mishap, report)
    return report.figures()


def _mishaps(appliance: Appliance) -> Iterator[_Mishap]:
    for fault in ("paper_out", "refuse_connection", "offline"):
        yield _Mishap("page_printer", appliance.printer, fault, 1)
    yield _Mishap("id_reader", appliance.reader, "silent", -1)


def _suffer(appliance: Appliance, mishap: _Mishap, report: HealthReport) -> None:
    log = appliance.logs / "core.log"
    _await(lambda: _last_health(log, mishap.component) == "good")
    time.sleep(_REST_S)
    begun = time.monotonic()
    mishap.control.order("fault", name=mishap.fault, count=mishap.count)
    report.to_board.append(_await(lambda: _last_health(log, mishap.component) == "bad") - begun)
    report.to_platform.append(_await(lambda: _platform_knows(appliance, mishap.component)) - begun)
    cleared = time.monotonic()
    mishap.control.order("clear")
    report.back.append(_await(lambda: _last_health(log, mishap.component) == "good") - cleared)


def _await(is_so: Callable[[], bool]) -> float:
    """When it was so, by the clock that never jumps."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if is_so():
            return time.monotonic()
        time.sleep(_POLL_S)
    raise TimeoutError


def _last_health(log: Path, component: str) -> str:
    """What the core said last of the component."""
    health = ""
    for line in log.read_text(encoding="utf-8").splitlines():
        if '"health_changed"' in line and f'"component":"{component}"' in line and line.endswith("}"):
            health = str(json.loads(line)["health"])
    return health


def _platform_knows(appliance: Appliance, component: str) -> bool:
    """Whether the platform tells of a kiosk with such a fault."""
    place = urlsplit(appliance.platform_url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    finally:
        connection.close()
    samples = [line for line in text.splitlines() if line.startswith("platform_kiosks_in_trouble{")]
    return any(f'component="{component}"' in line and not line.endswith(" 0.0") for line in samples)
