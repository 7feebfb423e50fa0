"""Options of the whole test run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Real devices, as addresses; the contract suites run on each beside its simulator."""
    parser.addoption(
        "--hardware",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a real device to run its contract suite on, such as serial:///dev/ttyUSB0",
    )
