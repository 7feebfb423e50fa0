"""Options and order of the whole test run."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest
    from _pytest.terminal import TerminalReporter

# What tests/torture/figures.py and tests/robust write at the end of a harness.
_FIGURES = re.compile(r"^\S.*: .*; [\d,]+ (?:lost|crashes|left), .*$", re.MULTILINE)
# Objects between two searches for garbage; at Python's own 700 these take a tenth of the time of all tests.
_FEWEST_NEW = 50_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Real devices, as addresses; the contract suites run on each beside its simulator."""
    parser.addoption(
        "--hardware",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a real device to run its contract suite on, such as serial:///dev/ttyUSB0",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


def pytest_collection_finish() -> None:
    """Thousands of tests lie in memory to the end: nobody need search them for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_FEWEST_NEW, *gc.get_threshold()[1:])


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The line of figures of each harness that passed; pytest keeps what a passing test writes to itself."""
    passed = terminalreporter.getreports("passed")
    lines = [
        line for report in passed if report.when == "call" for line in _FIGURES.findall(report.capstdout)
    ]
    if lines:
        terminalreporter.section("figures of the harnesses")
        terminalreporter.write("\n".join(lines) + "\n")
