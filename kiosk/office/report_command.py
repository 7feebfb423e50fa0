"""`python -m kiosk report`: devices, versions, last tests and counters of the running kiosk, as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.office.arguments import add_file, add_settings, new_parser
from kiosk.office.asking import ask_for_file, run

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str]) -> int:
    """Write the report; the exit status."""
    parser = new_parser("report", "Write the readiness report of the running kiosk.")
    add_settings(parser)
    add_file(parser, "the PDF that is written")
    options = parser.parse_args(arguments)
    options.program = "report"

    def export(office: Path) -> str:
        done = ask_for_file(office, "report.export", options.file).done
        return f"{done['bytes']} bytes in {options.file}"

    return run(options, export)
