"""Core and platform die at any moment; afterwards paper, journal and platform say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import running_hall, town  # noqa: F401 - fixtures
from tests.torture.kills import Kills

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("kills")]

SEED = 20261123


@pytest.mark.timeout(420)
def test_kills_lose_nothing_and_double_nothing(running_hall: Hall) -> None:  # noqa: F811
    figures = Kills(running_hall, SEED).run(of_core=100, of_platform=25)

    assert figures.say() == 0
    assert figures.counts["papers"] > 10


@pytest.mark.soak
def test_thousands_of_kills_lose_nothing_and_double_nothing(running_hall: Hall) -> None:  # noqa: F811
    figures = Kills(running_hall, SEED + 1).run(of_core=2_000, of_platform=500)

    assert figures.say() == 0
