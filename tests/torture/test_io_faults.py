"""Writes fail, syncs fail, the disk is full: nothing is half done, and all goes on when it is well again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.io_faults import IoFaults
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261123


def test_a_failing_disk_costs_nothing_that_was_promised(tmp_path: Path) -> None:
    figures = IoFaults(tmp_path, SEED).run(300)

    assert figures.say() == 0
    assert figures.counts["faults"] >= 300


@pytest.mark.soak
def test_ten_thousand_faults_cost_nothing_that_was_promised(tmp_path: Path) -> None:
    figures = IoFaults(tmp_path, SEED + 1).run(10_000)

    assert figures.say() == 0
    assert figures.counts["faults"] >= 10_000


def test_a_store_that_hides_its_faults_is_found_out(tmp_path: Path) -> None:
    copy = sabotaged(
        tmp_path,
        "kiosk/store/issuances.py",
        "        self._database.run_urgent(work)\n\n    def settle_by_word",
        "        try:\n            self._database.run_urgent(work)\n        except Exception:\n"
        "            pass\n\n    def settle_by_word",
    )

    status, line = verdict_of(copy, "tests.torture.io_faults", "--faults", "150")

    assert status == 1
    assert " 0 lost" not in line
