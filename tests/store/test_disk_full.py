"""The disk is full at any point: nothing is half there, and with room all goes on without help."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.torture.sabotage import ROOT, sabotaged

if TYPE_CHECKING:
    from pathlib import Path

_ON_SMALL_DISK = 'mount -t tmpfs -o size=40m tmpfs "$1" && shift && exec "$@"'


def on_small_disk(directory: Path, program: Path, points: int, seed: int = 1) -> tuple[int, str]:
    """Exit status and last line of the harness, on a file system of 40 MB that only it can see."""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _ON_SMALL_DISK, "sh"]
    harness = [sys.executable, "-m", "tests.torture.full_disk", "--points", str(points)]
    harness += ["--seed", str(seed), str(directory)]
    done = subprocess.run(
        [*command, str(directory), *harness],
        cwd=program,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    return done.returncode, (done.stdout.strip().splitlines() or [done.stderr])[-1]


@pytest.fixture
def mount_point(tmp_path: Path) -> Path:
    """Where the small disk is to be; a machine that does not let us mount one cannot run these tests."""
    point = tmp_path / "disk"
    point.mkdir()
    status, line = on_small_disk(point, ROOT, 0)
    if status != 0:
        pytest.skip(f"no small disk can be mounted here: {line}")
    return point


def test_a_hundred_full_disks_leave_nothing_half_done(mount_point: Path) -> None:
    status, line = on_small_disk(mount_point, ROOT, 100)

    sys.stdout.write(f"\n{line}\n")
    assert line.startswith("full disk: ")
    assert "100 points; 0 lost, 0 twice, 0 half, 0 corrupt, 0 mixed" in line
    assert status == 0


@pytest.mark.soak
def test_a_thousand_full_disks_leave_nothing_half_done(mount_point: Path) -> None:
    for seed in range(2, 12):
        status, line = on_small_disk(mount_point, ROOT, 100, seed)

        sys.stdout.write(f"\n{line}\n")
        assert "100 points; 0 lost, 0 twice, 0 half, 0 corrupt, 0 mixed" in line
        assert status == 0


def test_without_a_journal_a_full_disk_would_leave_half_records(mount_point: Path, tmp_path: Path) -> None:
    copy = sabotaged(tmp_path, "kiosk/store/connection.py", '"journal_mode=WAL"', '"journal_mode=OFF"')

    status, line = on_small_disk(mount_point, copy, 30)

    assert status == 1
    assert line.startswith("full disk: ")
