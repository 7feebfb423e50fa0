"""The units are grammatical, and their sandbox stays as tight as it was."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from kiosk.core.process import STOP_PATIENCE_S
from tests.structure.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

UNITS = ROOT / "systemd"


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "most_tenths"), [("core", 15), ("screen", 4), ("display", 50)])
def test_the_exposure_of_a_unit_does_not_grow(name: str, most_tenths: int) -> None:
    unit = UNITS / f"kiosk-{name}.service"

    judged = run("systemd-analyze", "security", "--offline=yes", f"--threshold={most_tenths}", unit)

    assert judged.returncode == 0, judged.stdout.splitlines()[-1:]


def test_a_unit_without_its_sandbox_is_noticed(tmp_path: Path) -> None:
    unit = tmp_path / "kiosk-core.service"
    text = (UNITS / unit.name).read_text(encoding="utf-8")
    unit.write_text(text.replace("PrivateTmp=yes", "").replace("NoNewPrivileges=yes", ""), encoding="utf-8")

    judged = run("systemd-analyze", "security", "--offline=yes", "--threshold=15", unit)

    assert judged.returncode != 0


def test_the_units_hold_no_unknown_directive() -> None:
    """The programs themselves are not where the units look for them here."""
    judged = run("systemd-analyze", "verify", "--man=no", *sorted(UNITS.glob("*.service")))

    complaints = (judged.stdout + judged.stderr).splitlines()
    assert [line for line in complaints if "is not executable" not in line] == []


def test_systemd_waits_longer_for_the_core_than_the_core_for_its_own_work() -> None:
    unit = (UNITS / "kiosk-core.service").read_text(encoding="utf-8")

    waits = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("TimeoutStopSec=")]

    assert len(waits) == 1
    assert float(waits[0]) >= STOP_PATIENCE_S + 5


def test_users_and_directories_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()

    users = run("systemd-sysusers", f"--root={tmp_path}", UNITS / "kiosk.sysusers")
    directories = run("systemd-tmpfiles", f"--root={tmp_path}", "--create", UNITS / "kiosk.tmpfiles")

    # Who is not root may not give a directory away; everything else must be right for him too.
    complaints = [line for line in directories.stderr.splitlines() if "not permitted" not in line]
    assert users.returncode == 0, users.stderr
    assert complaints == []


@pytest.mark.parametrize("flag", ["DontVTSwitch", "DontZap", "DontZoom"])
def test_no_key_leads_out_of_the_display(flag: str) -> None:
    """`-novtswitch` of the X server is about its own start and end; only these options stop the keys."""
    lines = (UNITS / "kiosk-xorg.conf").read_text(encoding="utf-8").splitlines()

    assert f'Option "{flag}" "true"' in [line.strip() for line in lines]


def test_no_key_goes_past_the_display_to_the_kernel() -> None:
    lines = (UNITS / "kiosk.sysctl").read_text(encoding="utf-8").splitlines()

    assert "kernel.sysrq = 0" in lines
