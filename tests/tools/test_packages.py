"""The lists of system packages are read by a shell script, so their form is checked here."""

from __future__ import annotations

import re
import subprocess

from tests.structure.sources import ROOT

_LINE = re.compile(
    r"^[a-z0-9][a-z0-9.+-]+ +\| (kiosk|desk|test|bench) +"
    r"\| (cmd|lib|font|pcsc|exec|gir|data):\S+ +\| \S.{8,}$"
)


def entries() -> list[str]:
    lists = ("packages.txt", "bench_packages.txt")
    text = "".join((ROOT / "tools" / name).read_text(encoding="utf-8") for name in lists)
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_each_line_names_a_package_its_use_its_proof_and_its_reason() -> None:
    assert [line for line in entries() if not _LINE.match(line)] == []


def test_no_package_is_listed_twice() -> None:
    names = [line.split("|")[0].strip() for line in entries()]

    assert len(names) == len(set(names))


def test_the_setup_is_posix_shell_without_mistakes_of_grammar() -> None:
    checked = subprocess.run(
        ["sh", "-n", ROOT / "tools" / "setup.sh"], capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stderr) == (0, "")
