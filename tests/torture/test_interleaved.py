"""Whatever residents, platform, printer and power do at once: no paper, scene or record is of another person.

The seed of each run is printed. `KIOSK_SEED=N` takes another one, `KIOSK_SEED=random` a fresh one each time.
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

from tests.torture.interleaved import Interleaved, Mischief
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.figures import Figures

SEED = 20261123
ENOUGH = (
    *("sheets", "slips", "kills", "voided", "printed", "prints in doubt", "papers mixed up on purpose"),
    *(
        "time-outs",
        "re-taps",
        "early lifts",
        "late orders",
        "late answers",
        "lost answers",
        "offline answers",
    ),
    *("reprints", "pick-ups asked for"),
)
HARNESS = "tests.torture.interleaved"


def interleave(directory: Path, sessions: int) -> Figures:
    wish = os.environ.get("KIOSK_SEED", str(SEED + sessions))
    seed = random.SystemRandom().randrange(2**32) if wish == "random" else int(wish)
    sys.stdout.write(f"\nseed {seed}\n")
    figures = Interleaved(directory / "state", seed, sessions, Mischief()).run()
    # A run in which little happened proves little.
    assert figures.counts["sheets"] >= sessions / 10, f"hardly anybody comes to a paper: {figures}"
    for what in ENOUGH:
        assert figures.counts[what] >= sessions / 200, f"hardly any {what}: {figures}"
    return figures


@pytest.mark.timeout(240)
def test_200_interleaved_sessions_mix_up_nobody(tmp_path: Path) -> None:
    assert interleave(tmp_path, 200).say() == 0


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_1000_interleaved_sessions_mix_up_nobody(tmp_path: Path) -> None:
    assert interleave(tmp_path, 1_000).say() == 0


@pytest.mark.soak
@pytest.mark.timeout(6000)
def test_5000_interleaved_sessions_mix_up_nobody(tmp_path: Path) -> None:
    assert interleave(tmp_path, 5_000).say() == 0


# --- does the harness see it? -----------------------------------------------------------------------------


@pytest.mark.timeout(240)
def test_it_sees_papers_that_nobody_reads_back(tmp_path: Path) -> None:
    """Sabotage: the read-back always says yes, and the maker hands out papers of other people."""
    copy = sabotaged(
        tmp_path,
        "kiosk/work/paper_check.py",
        "len(pages) == expected.pages\n        and expected.number in expected.qr",
        "len(pages) > 0\n        or expected.number in expected.qr",
    )

    status, line = verdict_of(
        copy, HARNESS, str(tmp_path / "state"), "--sessions", "80", "--mixes", "0.5", "--swaps", "0"
    )

    assert status == 1
    assert " 0 mixed" not in line


@pytest.mark.timeout(240)
def test_it_sees_sessions_that_never_end(tmp_path: Path) -> None:
    """Sabotage: the paper's worker never hears of the end, as with a time-out that releases a lock only."""
    copy = sabotaged(
        tmp_path,
        "kiosk/work/paper_worker.py",
        "self._ends.end(order.session)",
        "return",
    )

    status, line = verdict_of(
        copy, HARNESS, str(tmp_path / "state"), "--sessions", "80", "--late", "1", "--mixes", "0"
    )

    assert status == 1
    assert " 0 mixed" not in line
