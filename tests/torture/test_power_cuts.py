"""The power goes between any two writes: what the store promised is there, and nothing is half there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.power_cuts import PowerCuts
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261123


def test_power_cuts_lose_nothing(tmp_path: Path) -> None:
    figures = PowerCuts(tmp_path, SEED).run(300)

    assert figures.say() == 0
    assert figures.counts["cuts"] == 300
    assert figures.counts["promises"] > 10_000


@pytest.mark.soak
def test_ten_thousand_power_cuts_lose_nothing(tmp_path: Path) -> None:
    figures = PowerCuts(tmp_path, SEED + 1).run(10_000)

    assert figures.say() == 0
    assert figures.counts["cuts"] == 10_000


@pytest.mark.parametrize(
    ("path", "protection", "instead", "found"),
    [
        ("kiosk/store/connection.py", '"synchronous=FULL"', '"synchronous=NORMAL"', " 0 lost"),
        (
            "kiosk/store/issuances.py",
            "owe(session, certificate_record(row, applicant, settlement, now), now, row.id)",
            "pass  # the paper is settled, and nobody will ever hear of it",
            " 0 half",
        ),
    ],
)
def test_without_its_protection_the_store_would_lose(
    tmp_path: Path, path: str, protection: str, instead: str, found: str
) -> None:
    """The canary: a harness that finds nothing here could not find anything at all."""
    copy = sabotaged(tmp_path, path, protection, instead)

    status, line = verdict_of(copy, "tests.torture.power_cuts", "--cuts", "60")

    assert status == 1
    assert line.startswith("power cuts: ")
    assert found not in line
