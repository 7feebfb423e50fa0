"""Alert rules and dashboard: promtool runs them, and they ask for nothing that /metrics does not tell."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from typing import Any

from prometheus_client.core import CollectorRegistry
from prometheus_client.registry import Collector

from devices.contract import DeviceCode, Supply
from kiosk.domain.codes import HealthCode
from kiosk.domain.health import Health
from kiosk.work.metric_families import families
from tests.work.conditions import CONDITION, PROGRAM, with_findings
from tools.desk.program import ROOT

RULES = ROOT / "systemd" / "alerts.yml"
CASES = tuple(ROOT / "tests" / "health" / name for name in ("alerts_test.yml", "alerts_long_test.yml"))
DASHBOARD = ROOT / "systemd" / "grafana-dashboard.json"
_NAME = re.compile(r"\bkiosk_[a-z_]+\b(?!\s*=)")
_ALERT = re.compile(r"^ +- alert: (\w+)$", re.MULTILINE)
_CODE = re.compile(r"\b[A-Z]{3}-\d\d\b")


def promtool(*arguments: str) -> None:
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def told() -> set[str]:
    """The names of all samples that /metrics can tell."""
    warned = with_findings(Health.BAD, DeviceCode.PRINTER_JAM, ("toner-low",))
    return {
        sample.name
        for condition in (CONDITION, warned)
        for family in families(condition, PROGRAM)
        for sample in family.samples
    }


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return found


def test_promtool_takes_the_rules() -> None:
    promtool("check", "rules", str(RULES))


def test_every_alert_fires_in_time_and_stays_silent_a_little_below() -> None:
    promtool("test", "rules", *map(str, CASES))


def test_every_alert_has_a_case_that_fires_and_one_that_does_not() -> None:
    cases = "".join(path.read_text(encoding="utf-8") for path in CASES)

    for alert in _ALERT.findall(RULES.read_text(encoding="utf-8")):
        assert f"- name: {alert} fires" in cases
        assert f"- name: {alert} stays silent" in cases


def test_every_alert_says_in_two_languages_what_to_do_and_how_urgent_it_is() -> None:
    rules = RULES.read_text(encoding="utf-8").split("- alert: ")[1:]

    for rule in rules:
        assert re.search(r"severity: (warning|critical)", rule)
        assert re.search(r"zh: [^\n]*[\u4e00-\u9fff]{6}", rule)
        assert re.search(r"en: [A-Z][^\n]{20}", rule)


def test_rules_ask_only_for_what_is_told() -> None:
    expressions = re.findall(r"expr: (.*)", RULES.read_text(encoding="utf-8"))

    asked = {name for expression in expressions for name in _NAME.findall(expression)}
    assert asked
    assert asked <= told()


def test_codes_in_rules_are_codes_of_the_catalogue() -> None:
    known = {code.value for code in (*DeviceCode, *HealthCode)}

    asked = set(_CODE.findall(RULES.read_text(encoding="utf-8")))
    assert asked
    assert asked <= known


def test_the_dashboard_asks_only_for_what_is_told_and_shows_all_of_it() -> None:
    asked = {
        name for panel in panels() for target in panel["targets"] for name in _NAME.findall(target["expr"])
    }

    assert asked == told()


def test_the_dashboard_can_be_imported() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))

    assert dashboard["schemaVersion"] >= 36
    assert len({panel["id"] for panel in panels()}) == len(panels())
    assert all(panel["datasource"]["uid"] == "${source}" for panel in panels())
    assert {variable["name"] for variable in dashboard["templating"]["list"]} == {"source", "kiosk"}
    places = [panel["gridPos"] for panel in panels()]
    assert all(place["x"] + place["w"] <= 24 for place in places)


def test_no_sample_is_told_twice() -> None:
    """Prometheus refuses a whole reading for one sample that comes twice."""

    class Once(Collector):
        def collect(self) -> Any:
            return families(talkative, PROGRAM)

    talkative = replace(
        with_findings(Health.BAD, DeviceCode.PRINTER_JAM, ("toner-low", "toner-low", "x" * 41, "x" * 42)),
        supplies=(Supply("black", "toner", 40), Supply("black", "toner", 60)),
    )
    registry = CollectorRegistry()
    registry.register(Once())
    samples = [
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in registry.collect()
        for sample in family.samples
    ]
    assert len(samples) == len(set(samples))
