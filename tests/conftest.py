"""Options and order of the whole test run."""

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)
