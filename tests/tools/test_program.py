"""The desk says clearly what a program did, and leaves none behind."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tools.desk.program import Command, Program, ProgramError

if TYPE_CHECKING:
    from pathlib import Path


def command(tmp_path: Path, *module: str) -> Command:
    return Command("program", module, tmp_path / "program.log")


def test_a_program_that_serves_tells_its_address(tmp_path: Path) -> None:
    spool = str(tmp_path / "spool")
    program = Program(command(tmp_path, "devices.simulators", "page", "--port", "0", "--spool", spool))

    address = program.ready()
    status = program.stop()

    assert address.startswith("ipp://127.0.0.1:")
    assert status == 0


def test_a_program_that_ends_too_early_is_reported_with_its_last_words(tmp_path: Path) -> None:
    program = Program(command(tmp_path, "no_such_module"))

    with pytest.raises(ProgramError, match="ended with status 1 before it was ready") as failure:
        program.ready()

    assert "No module named no_such_module" in str(failure.value)
    program.stop()


def test_a_program_that_stays_silent_is_reported(tmp_path: Path) -> None:
    program = Program(command(tmp_path, "http.server", "0", "--bind", "127.0.0.1"))

    with pytest.raises(ProgramError, match="did not become ready"):
        program.ready(timedelta(milliseconds=300))

    program.stop()


def test_a_stopped_program_is_gone_even_where_it_is_stopped_twice(tmp_path: Path) -> None:
    program = Program(command(tmp_path, "http.server", "0", "--bind", "127.0.0.1"))

    program.stop()
    program.stop()

    assert not program.is_running
    with pytest.raises(ProcessLookupError):
        os.kill(program.pid, 0)


def test_finishing_reports_a_bad_end(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="ended with status 2"):
        Program(command(tmp_path, "json.tool", "--no-such-option")).finish(timedelta(seconds=20))
