"""The simulator: judged by CUPS's ipptool, run as a program, and ordered over its control socket."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from devices.addresses import open_printer
from devices.contract import NotPrinted, Printed
from devices.simulators.page.pdf import count_pages
from devices.simulators.page.simulator import PagePrinterSimulator
from devices.simulators.page.spool import Spool
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import PAGE_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = timedelta(seconds=10)
_IPPTOOL_TESTS = Path("/usr/share/cups/ipptool")
_SUITE_DOCUMENTS = ("document-a4.pdf", "document-letter.pdf", "document-a4.ps", "document-letter.ps")


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PagePrinterSimulator]:
    with closing(PagePrinterSimulator(tmp_path / "spool", page_time=PAGE_TIME)) as simulator:
        yield simulator.start()


def run_ipptool(address: str, test: str, document: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = ("ipptool", "-t", *options, "-f", str(document), address, test)
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("test", "options"),
    [
        ("get-printer-attributes.test", ()),
        ("create-job.test", ()),
        ("create-job.test", ("-c",)),
        ("validate-job.test", ()),
        ("get-jobs.test", ()),
    ],
    ids=["printer", "create-job", "create-job-chunked", "validate-job", "get-jobs"],
)
def test_ipptool_is_content(
    simulator: PagePrinterSimulator, tmp_path: Path, test: str, options: tuple[str, ...]
) -> None:
    document = tmp_path / "two.pdf"
    document.write_bytes(make_document(2).pdf)

    result = run_ipptool(simulator.address, test, document, *options)

    assert result.returncode == 0, result.stdout


def test_the_conformance_suite_of_ipp_1_1_passes(simulator: PagePrinterSimulator, tmp_path: Path) -> None:
    suite = Path(shutil.copy(_IPPTOOL_TESTS / "ipp-1.1.test", tmp_path))
    for name in _SUITE_DOCUMENTS:
        (tmp_path / name).write_bytes(make_document(2).pdf)

    result = run_ipptool(simulator.address, str(suite), tmp_path / _SUITE_DOCUMENTS[0], "-I")

    assert "[FAIL]" not in result.stdout
    assert result.stdout.count("[PASS]") >= 30
    assert result.returncode == 0, result.stdout + result.stderr


@dataclass(frozen=True, slots=True)
class Program:
    """The simulator as a process of its own."""

    address: str
    spool: Path
    control: Path

    def order(self, **request: Any) -> dict[str, Any]:
        """One line to the control socket, one line back."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.control))
            line.sendall(json.dumps(request).encode() + b"\n")
            answer: dict[str, Any] = json.loads(line.makefile().readline())
        return answer


@contextmanager
def running_program(folder: Path) -> Iterator[Program]:
    spool, control = folder / "spool", folder / "control"
    words = [sys.executable, "-m", "devices.simulators", "page", "--port", "0", "--spool", str(spool)]
    words += ["--control", str(control), "--page-seconds", "0.03"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready, address = process.stdout.readline().split()
        assert ready == "ready"
        yield Program(address, spool, control)
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_the_program_prints_takes_orders_and_ends_on_sigterm(tmp_path: Path) -> None:
    document = make_document(2)
    with running_program(tmp_path) as program, closing(open_printer(program.address)) as printer:
        faulty = program.order(do="fault", name="paper_out")
        refused = printer.print(make_document(), Onlooker(), LONG)
        faults = program.order(do="state")["faults"]
        cleared = program.order(do="clear")
        outcome = printer.print(document, Onlooker(), LONG)
        state = program.order(do="state")
        papers = program.order(do="collect")["papers"]
        left = program.order(do="collect")["papers"]

    assert faulty == cleared == {"ok": True}
    assert isinstance(refused, NotPrinted)
    assert faults == ["paper_out"]
    assert outcome == Printed(2)
    assert (state["impressions"], state["faults"], state["jobs"][-1]["state"]) == (2, [], "completed")
    assert papers == state["collectable"] == [f"001-{document.job_name}.pdf"]
    assert left == []
    assert (program.spool / papers[0]).read_bytes() == document.pdf


@pytest.mark.parametrize(
    "order",
    [
        {"do": "fault"},
        {"do": "fault", "name": "earthquake"},
        {"do": "fault", "name": "silent", "count": "many"},
        {"do": "fault", "name": "silent", "on": "print-everything"},
        {"do": "fault", "name": "silent", "colour": "red"},
    ],
)
def test_an_order_that_makes_no_sense_is_answered_and_changes_nothing(
    program: Program, order: dict[str, Any]
) -> None:
    answer = program.order(**order)

    assert answer["ok"] is False
    assert answer["error"]
    assert program.order(do="state")["faults"] == []


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running_program(tmp_path_factory.mktemp("program")) as program:
        yield program


def test_a_job_name_cannot_lead_out_of_the_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")

    path = spool.store("../../etc/居住证明 1", b"%PDF-")

    assert path.parent == tmp_path / "spool"
    assert path.name == "001-.._.._etc______1.pdf"


def test_numbering_goes_on_after_a_restart(tmp_path: Path) -> None:
    Spool(tmp_path).store("a", b"1")

    path = Spool(tmp_path).store("b", b"2")

    assert path.name == "002-b.pdf"


def test_pages_are_counted_in_plain_and_in_packed_objects() -> None:
    packed = zlib.compress(b"<< /Type /Page >> << /Type /Page >> << /Type /Pages >>")
    stream = b"%PDF-1.5\n<< /Type /ObjStm /Length 9 >>\nstream\n" + packed + b"\nendstream\n"

    assert count_pages(make_document(3).pdf) == 3
    assert count_pages(stream) == 2
    assert count_pages(b"<html>/Type /Page</html>") == 0
    assert count_pages(b"%PDF-1.5\n/Type /ObjStm\nstream\nnot zlib\nendstream") == 0
