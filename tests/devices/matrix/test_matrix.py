"""Driver x fault x moment: what is said, how soon, and that the device works again with the same driver."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from devices import simulators
from tests.devices.matrix.bench import Bench
from tests.devices.matrix.demanded import OFFERED_AS, Demanded
from tests.devices.matrix.rows import Moment
from tests.devices.matrix.table import DRIVERS, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.devices.matrix.rows import Row


# One worker has all rows of a driver; there is one PC/SC service on a machine.
_GROUPS = {name: f"matrix-{name}" for name in DRIVERS} | {"pcsc": "pcscd"}
_CELLS = [pytest.param(row, id=str(row), marks=pytest.mark.xdist_group(_GROUPS[row.driver])) for row in ROWS]


class Benches:
    """The benches of all drivers whose rows were asked for so far."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request, self._folder = request, folder
        self._wanted: list[Row] = [
            cast("Row", item.callspec.params["row"])
            for item in request.session.items
            if isinstance(item, pytest.Function) and item.function is test_a_fault_is_told_and_mends
        ]
        self._benches: dict[str, Bench] = {}

    def of(self, driver: str) -> Bench:
        """The bench of this driver, which begins with all its rows at once."""
        if driver not in self._benches:
            if driver == "pcsc":
                self._request.getfixturevalue("pcscd")
            folder = self._folder / driver
            folder.mkdir()
            rows = [row for row in self._wanted if row.driver == driver]
            self._benches[driver] = Bench(DRIVERS[driver], rows, folder)
        return self._benches[driver]

    def close(self) -> None:
        """End them all."""
        for bench in self._benches.values():
            bench.close()


@pytest.fixture(scope="module")
def benches(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Benches]:
    with closing(Benches(request, tmp_path_factory.mktemp("matrix"))) as opened:
        yield opened


@pytest.mark.parametrize("row", _CELLS)
def test_a_fault_is_told_and_mends(row: Row, benches: Benches) -> None:
    wrong = benches.of(row.driver).result(row)

    assert not wrong, "; ".join(wrong)


def test_every_fault_that_a_simulator_offers_stands_in_the_table() -> None:
    offered = {name: set(map(str, driver.offers)) for name, driver in DRIVERS.items()}

    assert {name: set(map(str, driver.table)) for name, driver in DRIVERS.items()} == offered


def test_a_moment_is_left_out_only_for_a_reason() -> None:
    """The few cells that make no sense say why, and no other row does."""
    without = {
        (name, fault): cells.no_sense
        for name, driver in DRIVERS.items()
        for fault, cells in driver.table.items()
        if not all(cells.at(moment) for moment in Moment)
    }
    with_reason = {
        (name, fault)
        for name, driver in DRIVERS.items()
        for fault, cells in driver.table.items()
        if cells.no_sense
    }

    assert set(without) == with_reason == {("scanner", "late_answer"), ("idcard", "find_stuck")}


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_simulator_offers_every_fault_of_the_architecture_that_its_device_can_have(driver: str) -> None:
    names = OFFERED_AS[driver]

    assert set(names) == set(Demanded)
    assert {name for name in names.values() if isinstance(name, str)} <= set(map(str, DRIVERS[driver].offers))


def test_every_driver_that_has_a_simulator_is_in_the_table() -> None:
    """All but the one that plays any device's recorded bytes back, and has no faults of its own."""
    folders = {path.parent.name for path in Path(simulators.__file__).parent.glob("*/program.py")}

    assert set(DRIVERS) | {"replay"} == folders | {"replay"}
