"""Staff and technicians ask the running appliance, and an auditor needs nothing of it any more."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-office")]

ROOT = Path(__file__).parents[2]


def started(*arguments: str, status: int = 0) -> list[str]:
    """The lines that a program prints which ends with this status."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr + done.stdout
    return (done.stdout or done.stderr).splitlines()


def asked(hall: Hall, *arguments: str, status: int = 0) -> list[str]:
    """The lines of a program that asks the core of this hall."""
    return started("kiosk", *arguments, "--settings", str(hall.appliance.settings_path), status=status)


def test_a_days_ledger_is_exported_verified_and_proven(hall: Hall, tmp_path: Path) -> None:
    hall.print_certificate("tenant")
    number = hall.number()
    assert hall.await_delivery(number)["state"] == "valid"
    hall.await_event("record_acknowledged", number=number)
    ledger, proof = tmp_path / "ledger.txt", tmp_path / "proof.txt"

    (exported,) = asked(hall, "ledger", "export", str(ledger))
    key, _ = asked(hall, "ledger", "keys")
    (verdict,) = started("kiosk", "ledger", "verify", str(ledger), "--key", key)
    started("kiosk", "ledger", "prove", str(ledger), "2", "--key", key, "--out", str(proof))
    (proven,) = started("kiosk", "ledger", "verify", str(proof), "--key", key)

    assert verdict.startswith(f"right: {exported.partition(' ')[0]} entries of ")
    assert proven.startswith("right: entry 2 of ")
    assert number in ledger.read_text(encoding="utf-8")
    assert hall.person("tenant")["name"] not in ledger.read_text(encoding="utf-8")
    assert hall.person("tenant")["number"] not in ledger.read_text(encoding="utf-8")


def test_records_take_the_second_road_and_count_once(hall: Hall, tmp_path: Path) -> None:
    hall.to_preview("tenant")
    hall.line.cut = True
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")
    number, target = hall.number(), tmp_path / "outbox.bin"
    hall.await_event("delivery_failed")

    (exported,) = asked(hall, "outbox", "export", str(target))
    (imported,) = started("backend", "import", "--state", str(hall.appliance.plan.dataset.state), str(target))

    assert exported == f"1 records in {target}"
    assert ": 1 stored, 0 duplicate" in imported
    assert hall.verification(number)["state"] == "valid"
    assert asked(hall, "outbox", "list")[-1].startswith("0 not taken by the platform, 1 waiting")
    hall.line.cut = False
    hall.await_event("record_acknowledged", number=number)
    assert asked(hall, "outbox", "list") == ["0 not taken by the platform, 0 waiting"]


def test_staff_settle_a_paper_from_the_office(hall: Hall) -> None:
    hall.to_preview("tenant")
    hall.printer_fault("says_completed_but_prints_nothing")
    hall.visitor.touch_and_await("print", "printing")
    hall.visitor.await_scene("came_out")
    number = hall.number()
    hall.printer_clear()
    hall.lift()
    hall.lay("owner")
    hall.visitor.await_scene("who_you_are")

    listed, _ = asked(hall, "papers", "list")
    asked(hall, "papers", "settle", number, "--came-out", "no", "--by", "7702", status=1)
    asked(hall, "papers", "settle", number, "--came-out", "no", "--by", "7701")

    assert number in listed
    hall.await_event("record_acknowledged", number=number, type="settlement")
    assert hall.verification(number)["state"] == "voided"
    assert asked(hall, "papers", "list") == ["0 wait for a word"]


def test_a_jam_and_a_printer_that_forgot_its_jobs_leave_a_paper_to_staffs_word(hall: Hall) -> None:
    """As where somebody frees the sheet, and switches the printer off and on meanwhile."""
    hall.to_preview("tenant")
    number = hall.number()
    hall.visitor.touch("print")
    hall.await_event("job_accepted", number=number)
    hall.printer_fault("jam")
    hall.visitor.await_scene("printer_waits")
    hall.kill_core()
    hall.printer_fault("vanish")
    hall.lift()
    hall.start_core()
    settled = hall.await_event("recovery_settled", number=number)
    before = hall.await_delivery(number)["state"]

    listed, count = asked(hall, "papers", "list")
    order = ("papers", "settle", number, "--attempt", "1", "--came-out", "yes", "--by", "7701")
    (told,) = asked(hall, *order)

    assert (settled["before"], settled["after"], before) == ("accepted", "uncertain", "uncertain")
    assert (number in listed, count) == (True, "1 wait for a word")
    assert told == f"{number}, attempt 1, came out"
    hall.await_event("record_acknowledged", number=number, type="settlement")
    assert hall.verification(number)["state"] == "valid"
    assert hall.jobs_named(number) <= 1


def test_only_the_kiosks_own_user_reaches_the_office(hall: Hall) -> None:
    office = hall.appliance.screen_socket.with_name("office.sock")

    assert stat.S_IMODE(office.stat().st_mode) == 0o600
    assert "ledger_countersigned: " in "\n".join(asked(hall, "status"))


def test_without_a_core_the_office_says_so(hall: Hall, tmp_path: Path) -> None:
    hall.stop_core()

    (sentence,) = asked(hall, "outbox", "export", str(tmp_path / "file"), status=1)
    hall.start_core()

    assert sentence.startswith("outbox: no core is running here")
    assert not list(tmp_path.iterdir())
