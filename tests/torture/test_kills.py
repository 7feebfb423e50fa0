"""Core and platform die at any moment; afterwards paper, journal and platform say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import town  # noqa: F401 - a fixture
from tests.journeys.hall import Hall
from tests.torture.kills import PAGE_SECONDS, Kills
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.longest]

SEED = 20261123


@pytest.fixture
def hall(town: Dataset, tmp_path: Path) -> Iterator[Hall]:  # noqa: F811
    """An appliance of its own: nobody else shall be killed with it."""
    with Hall(tmp_path / "desk", town.copy_to(tmp_path / "town"), page_seconds=PAGE_SECONDS) as running:
        yield running


@pytest.mark.timeout(420)
def test_kills_lose_nothing_and_double_nothing(hall: Hall) -> None:
    figures = Kills(hall, SEED).run(of_core=100, of_platform=25)

    assert figures.say() == 0
    assert figures.counts["papers"] > 10


@pytest.mark.soak
def test_thousands_of_kills_lose_nothing_and_double_nothing(hall: Hall) -> None:
    figures = Kills(hall, SEED + 1).run(of_core=2_000, of_platform=500)

    assert figures.say() == 0


def test_a_settled_paper_that_is_never_reported_is_found_out(tmp_path: Path) -> None:
    copy = sabotaged(
        tmp_path,
        "kiosk/store/issuances.py",
        "owe(session, certificate_record(row, applicant, settlement, now), now, row.id)",
        "pass  # the paper is settled, and nobody will ever hear of it",
    )

    status, line = verdict_of(copy, "tests.torture.kills", "--core", "6", "--platform", "1")

    assert status == 1
    assert " 0 lost" not in line
