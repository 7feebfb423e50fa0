"""`python -m kiosk status`: what the running core knows of itself, for the technician."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.office.arguments import add_settings, new_parser
from kiosk.office.asking import ask, run

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str]) -> int:
    """Print counts, ages and versions, one a line; the exit status."""
    parser = new_parser("status", "Counts, ages and versions of the running kiosk.")
    add_settings(parser)
    options = parser.parse_args(arguments)
    options.program = "status"
    return run(options, _status)


def _status(office: Path) -> str:
    done = ask(office, "status").done
    return "\n".join(f"{name}: {'unknown' if value in {None, ''} else value}" for name, value in done.items())
