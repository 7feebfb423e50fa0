"""`python -m kiosk core|screen|check-settings --settings FILE`, and the programs of the office."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.files import check_files
from kiosk.memory import no_search_for_garbage, return_freed_blocks
from kiosk.settings import EXIT_WRONG_SETTINGS, SettingsError, load_settings

if TYPE_CHECKING:
    from kiosk.settings import Settings

EXIT_NO_DISPLAY = 1
_KEPT_BY_CORE = 64 * 1024  # bytes; previews and papers are larger, and seldom
_KEPT_BY_SCREEN = 256 * 1024  # bytes; surfaces are larger

# Each with a parser of its own, so that it loads what it needs, and the appliance none of it.
_OFFICE = {
    "outbox": "kiosk.office.outbox_command",
    "papers": "kiosk.office.papers_command",
    "ledger": "kiosk.office.ledger_command",
    "status": "kiosk.office.status_command",
    "report": "kiosk.office.report_command",
    "staff": "kiosk.office.staff_command",
    "doctor": "kiosk.wiring.doctor",
}


def main(arguments: list[str]) -> int:
    """Run one of the kiosk's programs; the exit status."""
    if arguments and arguments[0] in _OFFICE:
        return int(importlib.import_module(_OFFICE[arguments[0]]).main(arguments[1:]))
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(options.settings)
        if options.program != "screen":
            check_files(settings)
        return _run(options, settings)
    except SettingsError as error:
        for mistake in error.mistakes:
            sys.stderr.write(f"{error.code} {options.settings}: {mistake}\n")
        return EXIT_WRONG_SETTINGS


def _run(options: argparse.Namespace, settings: Settings) -> int:
    # By name, because each program must load its own half of the house only: the screen is to stand
    # within 0.4 s, and the core has no business with a display.
    match options.program:
        case "core":
            return _run_core(settings)
        case "screen":
            return _run_screen(settings, options.record)
        case _:
            sys.stdout.write(f"{options.settings}: no mistakes\n")
            return 0


def _run_core(settings: Settings) -> int:
    """The page first, then those who work behind it: loading them takes longer than all the rest."""
    return_freed_blocks(_KEPT_BY_CORE)
    with no_search_for_garbage(), contextlib.ExitStack() as on_failure:
        front = importlib.import_module("kiosk.front").open_front(settings)
        on_failure.callback(front.process.close)
        team = importlib.import_module("kiosk.wiring.team").hire(settings, front)
        on_failure.pop_all()
    return int(front.process.serve(team))


def _run_screen(settings: Settings, record_dir: Path | None) -> int:
    return_freed_blocks(_KEPT_BY_SCREEN)
    with no_search_for_garbage():
        screen = importlib.import_module("kiosk.screen.program")
        fonts = importlib.import_module("kiosk.screen.fonts")
        window = importlib.import_module("kiosk.screen.window")
    try:
        screen.run(settings.screen, settings.socket_path, record_dir)
    except fonts.FontsUnusableError as error:
        raise SettingsError((f"screen.font_dir: {error}",)) from error
    except window.WindowError as error:
        # Not the settings' fault: the display may only come up later, so systemd shall try again.
        sys.stderr.write(f"no screen: {error}\n")
        return EXIT_NO_DISPLAY
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="The community kiosk.")
    programs = parser.add_subparsers(dest="program", required=True, metavar="PROGRAM")
    for name, promise in (
        ("core", "devices, journal, platform and flow; listens for the screen"),
        ("screen", "paints what the core sends and returns touches"),
        ("check-settings", "list every mistake in the settings file"),
    ):
        program = programs.add_parser(name, help=promise, description=promise)
        program.add_argument("--settings", type=Path, required=True, metavar="FILE")
        if name == "screen":
            program.add_argument(
                "--record", type=Path, metavar="DIR", help="developers: save every painted scene here"
            )
    for name, promise in (
        ("outbox", "what is owed to the platform: list, retry, export"),
        ("papers", "papers in doubt: list, settle"),
        ("ledger", "the log of every paper's way: export, verify, prove, keys"),
        ("status", "counts, ages and versions of the running core"),
        ("report", "write the readiness report of the running kiosk as PDF"),
        ("staff", "accounts of staff: add"),
        ("doctor", "check everything that can be checked without a person"),
    ):
        programs.add_parser(name, help=promise, add_help=False)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
