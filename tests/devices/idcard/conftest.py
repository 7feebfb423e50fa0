"""Readers to test: simulators on pseudo-terminals, and real ones with `--hardware serial://...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from devices.idcard.driver import SerialIdCardReader
from devices.simulators.idcard.reader import Manners, ReaderSimulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUICK = Manners(slow_s=0.15, gone_s=0.1)


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Callable[[Manners], ReaderSimulator]]:
    """Plugs in one simulator with these manners."""
    plugged: list[ReaderSimulator] = []

    def plug_in(manners: Manners) -> ReaderSimulator:
        simulator = ReaderSimulator(tmp_path / f"reader{len(plugged)}", manners)
        plugged.append(simulator)
        simulator.start()
        return simulator

    yield plug_in
    for simulator in plugged:
        simulator.close()


@pytest.fixture
def simulator(plug: Callable[[Manners], ReaderSimulator]) -> ReaderSimulator:
    """A reader with nothing wrong, and quick faults."""
    return plug(QUICK)


@pytest.fixture
def reader(simulator: ReaderSimulator) -> Iterator[SerialIdCardReader]:
    """A driver at the simulator."""
    driver = SerialIdCardReader(simulator.address)
    yield driver
    driver.close()
