"""The kiosk's condition in the terms of Prometheus. What is not known has no sample; no person is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    StateSetMetricFamily,
)

from kiosk.domain.health import Health

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from kiosk.domain.condition import Condition, Program, StoreFigures
    from kiosk.domain.health import Board

_MOST_WARNINGS = 8  # of one part: what devices call their warnings is theirs
_MOST_SUPPLIES = 8
_LONGEST_WORD = 40
_PERCENT = 100


def families(condition: Condition, program: Program) -> Iterator[Metric]:
    """Everything that /metrics tells."""
    versions = {"app": program.app, "sqlite": program.sqlite, "config": program.config}
    yield InfoMetricFamily("kiosk_build", "What runs here.", versions)
    yield _gauge("kiosk_up_seconds", "Since the core was started.", condition.up_s)
    yield from _of_board(condition)
    yield from _of_signs(condition)
    yield from _of_store(condition.store, condition.moment.wall.timestamp())
    yield from _of_machine(condition)


def _of_board(condition: Condition) -> Iterator[Metric]:
    board = condition.board
    health = StateSetMetricFamily("kiosk_component_health", "How each part is.", labels=["component"])
    since = GaugeMetricFamily(
        "kiosk_component_unchanged_seconds", "For how long each part is so.", labels=["component"]
    )
    for finding in board.findings:
        states = {each.value: finding.health is each for each in Health}
        health.add_metric([finding.component.value], states)
        age_s = (condition.moment.wall - finding.since).total_seconds()
        since.add_metric([finding.component.value], max(0.0, age_s))
    yield health
    yield since
    yield from _of_findings(board)


def _of_findings(board: Board) -> Iterator[Metric]:
    faults = GaugeMetricFamily(
        "kiosk_component_fault", "1 for each part with a code.", labels=["component", "code"]
    )
    warnings = GaugeMetricFamily(
        "kiosk_component_warning", "1 for each warning of a part.", labels=["component", "warning"]
    )
    for finding in board.findings:
        if finding.code:
            faults.add_metric([finding.component.value, str(finding.code)], 1)
        for word in _words(finding.warnings, _MOST_WARNINGS):
            warnings.add_metric([finding.component.value, word], 1)
    yield faults
    yield warnings


def _of_signs(condition: Condition) -> Iterator[Metric]:
    signs = condition.signs
    ages = GaugeMetricFamily(
        "kiosk_last_success_age_seconds", "Since it last went well in this run.", labels=["what"]
    )
    named = {
        "card_read": signs.card_s,
        "print": signs.print_s,
        "delivery": signs.delivery_s,
        "register_sync": signs.register_s,
        "frame": signs.frame_s,
        "heartbeat": signs.heartbeat_s,
    }
    for what, age_s in named.items():
        if age_s is not None:
            ages.add_metric([what], age_s)
    yield ages
    counts = CounterMetricFamily("kiosk_done", "How often it was done in this run.", labels=["what"])
    for what, count in condition.counts.items():
        counts.add_metric([what], count)
    yield counts


def _of_store(store: StoreFigures | None, now_s: float) -> Iterator[Metric]:
    if store is None:
        return
    owed = GaugeMetricFamily("kiosk_outbox_records", "Records that are owed.", labels=["state"])
    owed.add_metric(["waiting"], store.owed)
    owed.add_metric(["parked"], store.parked)
    yield owed
    oldest_s = 0.0 if store.oldest is None else max(0.0, now_s - store.oldest.timestamp())
    yield _gauge("kiosk_outbox_oldest_age_seconds", "Of the oldest record, 0 = none waits.", oldest_s)
    yield _gauge("kiosk_papers_in_doubt", "Papers that wait for a person's word.", store.doubts)
    yield _gauge("kiosk_numbers_left", "Certificate numbers in stock.", store.numbers)
    yield _gauge("kiosk_ledger_entries", "Entries of the ledger.", store.head.size)
    yield _gauge("kiosk_ledger_anchored_entries", "Entries that the platform countersigned.", store.anchored)
    pages = CounterMetricFamily("kiosk_pages_printed", "Pages that the page printer confirmed.")
    pages.add_metric([], store.paper.pages)
    yield pages
    yield _gauge("kiosk_tray_sheets", "Own estimate of what is left in the tray.", store.paper.left)
    is_sound = None if store.is_sound is None else float(store.is_sound)
    yield _gauge("kiosk_store_sound", "1 = the last nightly check held.", is_sound)
    backup_s = None if store.backup is None else max(0.0, now_s - store.backup.timestamp())
    yield _gauge("kiosk_backup_age_seconds", "Of the newest copy of the store.", backup_s)


def _of_machine(condition: Condition) -> Iterator[Metric]:
    offset_s = None if condition.offset is None else condition.offset.total_seconds()
    yield _gauge("kiosk_clock_offset_seconds", "Kiosk minus platform.", offset_s)
    machine, ups = condition.machine, condition.ups
    if machine is not None:
        yield _gauge("kiosk_temperature_celsius", "Of the machine.", machine.temperature_c)
        yield _gauge("kiosk_disk_free_bytes", "Where the store lies.", machine.disk_free_bytes)
        yield _gauge("kiosk_memory_available_bytes", "Of the machine.", machine.memory_available_bytes)
        yield _gauge("kiosk_cpu_ratio", "Share of the processor in use.", _ratio(machine.cpu_percent))
    if ups is not None:
        yield _gauge("kiosk_ups_charge_ratio", "Of the battery.", _ratio(ups.charge_percent))
    supplies = GaugeMetricFamily("kiosk_supply_ratio", "Toner and the like.", labels=["supply"])
    percents = {supply.name[:_LONGEST_WORD]: supply.percent for supply in condition.supplies}
    for name in _words(tuple(percents), _MOST_SUPPLIES):
        ratio = _ratio(percents.get(name))
        if ratio is not None:
            supplies.add_metric([name], ratio)
    yield supplies


def _words(told: tuple[str, ...], most: int) -> tuple[str, ...]:
    """What devices tell, short and each once: Prometheus refuses all for one sample that comes twice."""
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in told))[:most]


def _gauge(name: str, says: str, value: float | None) -> Metric:
    gauge = GaugeMetricFamily(name, says)
    if value is not None:
        gauge.add_metric([], value)
    return gauge


def _ratio(percent: float | None) -> float | None:
    return None if percent is None else percent / _PERCENT
