"""Driver x fault x moment: what is said, how soon, and that the device works again with the same driver."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.devices.matrix.bench import Bench
from tests.devices.matrix.table import DRIVERS, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.devices.matrix.rows import Row


# One worker has all rows of a driver; there is one PC/SC service on a machine.
_GROUPS = {name: f"matrix-{name}" for name in DRIVERS} | {"pcsc": "pcscd"}
_CELLS = [pytest.param(row, id=str(row), marks=pytest.mark.xdist_group(_GROUPS[row.driver])) for row in ROWS]


class Benches:
    """The benches of all drivers whose rows were asked for so far."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request, self._folder = request, folder
        self._wanted = [
            item.callspec.params["row"]
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
    assert benches.of(row.driver).result(row) == []
