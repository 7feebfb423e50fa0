"""A copy of the product in which one protection is switched off, and what a harness says of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOLDERS = ("backend", "backend_client", "devices", "kiosk", "printer_templates", "tests", "tools")


def sabotaged(directory: Path, path: str, protection: str, instead: str, times: int = 1) -> Path:
    """A copy of the product below `directory`, where `instead` stands in `path` in place of `protection`."""
    copy = directory / "sabotaged"
    for folder in _FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = copy / path
    text = file.read_text(encoding="utf-8")
    assert text.count(protection) == times, f"{path} does not hold this protection {times} x: {protection}"
    file.write_text(text.replace(protection, instead), encoding="utf-8")
    return copy


def verdict_of(copy: Path, harness: str, *options: str) -> tuple[int, str]:
    """Exit status and last line of `python -m harness` in that copy."""
    command = [sys.executable, "-m", harness, *options]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=100)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.strip().splitlines()[-1]
