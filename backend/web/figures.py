"""The fleet in Prometheus form. No series for each kiosk: a province may have thousands of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.registry import Collector

from backend.db.health import KioskHealth

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backend.db.health import KioskState

__all__ = ["CONTENT_TYPE", "exposition"]


def exposition(states: Iterable[KioskState], moment: datetime) -> bytes:
    """The figures of these kiosks at this moment."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Fleet(tuple(states), moment))
    return generate_latest(registry)


class _Fleet(Collector):
    def __init__(self, states: tuple[KioskState, ...], moment: datetime) -> None:
        self._states = states
        self._moment = moment

    def collect(self) -> Iterable[Metric]:
        """All families."""
        yield self._kiosks()
        yield self._troubles()
        beats = [state.beat for state in self._states if state.beat]
        oldest = [beat.oldest_s for beat in beats if beat.oldest_s is not None]
        yield GaugeMetricFamily(
            "platform_oldest_owed_record_seconds",
            "Age of the oldest record that any kiosk has not delivered.",
            value=max(oldest, default=0),
        )
        yield GaugeMetricFamily(
            "platform_owed_records",
            "Records that kiosks have not delivered.",
            value=sum(b.owed for b in beats),
        )
        yield CounterMetricFamily(
            "platform_pages_printed",
            "Pages that all kiosks counted.",
            value=sum(b.paper.pages for b in beats),
        )

    def _kiosks(self) -> Metric:
        family = GaugeMetricFamily("platform_kiosks", "Kiosks by how they are.", labels=["health"])
        counts = Counter(state.health for state in self._states)
        for health in KioskHealth:
            family.add_metric([health], counts[health])
        return family

    def _troubles(self) -> Metric:
        family = GaugeMetricFamily(
            "platform_kiosks_in_trouble", "Kiosks that told this code last.", labels=["component", "code"]
        )
        counts = Counter(each for state in self._states if state.beat for each in state.beat.bad.items())
        for (component, code), count in sorted(counts.items()):
            family.add_metric([component, code], count)
        return family
