"""Puts the doctor together: asks the running core, or, where none runs, every device itself."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from backend_client.client import PlatformClient
from backend_client.contract import Accepted
from backend_client.keys import KeyFilesError, load_keys
from devices.addresses import (
    open_board,
    open_printer,
    open_reader,
    open_receipt_printer,
    open_scanner,
    open_social_reader,
    open_ups,
)
from devices.errors import AddressError
from devices.machine.driver import PsutilMachine
from kiosk.doctor.codes import find_code
from kiosk.doctor.lines import LANGUAGES, Line, as_json, as_text, sort_lines
from kiosk.doctor.live import read_rows
from kiosk.doctor.probing import Probe, ask_all
from kiosk.doctor.store_probe import judge_file
from kiosk.domain.codes import HealthCode, ScreenCode
from kiosk.domain.device_health import (
    MachineLimits,
    judge_board,
    judge_machine,
    judge_printer,
    judge_reader,
    judge_scanner,
    judge_ups,
)
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD, Told, judge_clock, judge_line
from kiosk.files import check_files
from kiosk.office.asking import AskError, ask
from kiosk.settings import SettingsError, load_settings
from kiosk.store.database import DATABASE
from kiosk.work.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import CardReader
    from kiosk.settings import Settings

    Judge = Callable[[], Told]

EXIT_SOUND, EXIT_BAD = 0, 1
IN_ALL = timedelta(seconds=18)  # of the 20 s that were promised; the rest is for starting
ONE_CALL = timedelta(seconds=8)  # two rounds through the baud rates of a reader
_ONLY_THE_CORE = (Component.NUMBERS, Component.LEDGER, Component.OUTBOX, Component.REGISTER, Component.SCREEN)


@dataclass(frozen=True, slots=True)
class Found:
    """All lines, and whether anything in them is bad."""

    lines: tuple[Line, ...]

    @property
    def status(self) -> int:
        """The exit status: 0 = nothing is bad."""
        return EXIT_BAD if any(line.told.health is Health.BAD for line in self.lines) else EXIT_SOUND


def main(arguments: list[str]) -> int:
    """Examine, tell, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m kiosk doctor",
        description="Check everything that can be checked without a person; 1 = something is bad.",
    )
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the kiosk's settings")
    parser.add_argument("--json", action="store_true", help="one JSON object for each line")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="zh", help="of causes and remedies (default: zh)"
    )
    options = parser.parse_args(arguments)
    found = examine(options.settings)
    tell = as_json if options.json else as_text
    for line in found.lines:
        sys.stdout.write(tell(line, options.language) + "\n")
    return found.status


def examine(path: Path) -> Found:
    """All there is to say about the kiosk with these settings; what has to be mended first comes first."""
    try:
        settings = load_settings(path)
    except SettingsError as error:
        told = [Told(Health.BAD, ScreenCode.SETTINGS, detail=mistake) for mistake in error.mistakes]
        return Found(tuple(Line("settings", each) for each in told))
    lines = [Line("settings", GOOD), *_files(settings)]
    try:
        rows = ask(settings.office_path, "board").rows
    except AskError as error:
        lines.append(Line("core", Told(Health.BAD, HealthCode.CORE_DOWN, detail=str(error))))
        lines += ask_all(_probes(settings), IN_ALL)
    else:
        lines += [Line("core", GOOD), *read_rows(rows, find_code)]
    return Found(sort_lines(lines))


def _files(settings: Settings) -> list[Line]:
    try:
        check_files(settings)
    except SettingsError as error:
        return [
            Line("files", Told(Health.BAD, ScreenCode.SETTINGS, detail=mistake)) for mistake in error.mistakes
        ]
    return [Line("files", GOOD)]


def _probes(settings: Settings) -> list[Probe]:
    """One for each device that the settings name, and for the machine, the store and the line."""
    probes = [
        _one(Component.ID_READER, lambda: _ask_reader(open_reader, settings.reader.address)),
        _one(Component.PAGE_PRINTER, lambda: _ask_printer(settings.printer.address)),
        _one(Component.STORE, lambda: judge_file(settings.kiosk.state_dir / DATABASE)),
        _machine(settings),
        Probe((Component.LINE, Component.CLOCK), lambda: _ask_line(settings)),
        *(
            _one(each, lambda: Told(Health.UNKNOWN, detail="only the running core knows"))
            for each in _ONLY_THE_CORE
        ),
    ]
    social, receipt, scanner = (
        settings.social_reader.address,
        settings.receipt_printer.address,
        settings.scanner.address,
    )
    standby, box = settings.printer.standby, settings.box
    optional: list[tuple[Component, str | None, Callable[[str], Told]]] = [
        (Component.SOCIAL_READER, social, lambda address: _ask_reader(open_social_reader, address)),
        (Component.STANDBY_PRINTER, standby, _ask_printer),
        (Component.RECEIPT_PRINTER, receipt, _ask_receipt_printer),
        (Component.SCANNER, scanner, _ask_scanner),
        (Component.UPS, box.ups, _ask_ups),
        (Component.BOARD, box.board, _ask_board),
    ]
    return probes + [_at(component, address, judge) for component, address, judge in optional if address]


def _at(component: Component, address: str, judge: Callable[[str], Told]) -> Probe:
    return _one(component, lambda: judge(address))


def _one(component: Component, judge: Judge) -> Probe:
    def lines() -> tuple[Line, ...]:
        try:
            return (Line(component, judge()),)
        except AddressError as error:
            return (Line(component, Told(Health.BAD, ScreenCode.SETTINGS, detail=str(error))),)

    return Probe((component,), lines)


def _ask_reader(open_it: Callable[[str], CardReader], address: str) -> Told:
    with closing(open_it(address)) as reader:
        return judge_reader(reader.status(ONE_CALL))


def _ask_printer(address: str) -> Told:
    with closing(open_printer(address)) as printer:
        return judge_printer(printer.status(ONE_CALL))


def _ask_receipt_printer(address: str) -> Told:
    with closing(open_receipt_printer(address)) as printer:
        return judge_printer(printer.status(ONE_CALL))


def _ask_scanner(address: str) -> Told:
    with closing(open_scanner(address)) as scanner:
        return judge_scanner(scanner.status(ONE_CALL))


def _ask_ups(address: str) -> Told:
    with closing(open_ups(address)) as ups:
        return judge_ups(ups.status(ONE_CALL))


def _ask_board(address: str) -> Told:
    with closing(open_board(address)) as board:
        return judge_board(board.status(ONE_CALL))


def _machine(settings: Settings) -> Probe:
    limits = MachineLimits(
        settings.health.least_disk_mb, settings.health.least_memory_mb, settings.health.hottest_c
    )

    def lines() -> tuple[Line, ...]:
        with closing(PsutilMachine(settings.kiosk.state_dir)) as machine:
            judged = judge_machine(machine.status(ONE_CALL), limits)
        return tuple(Line(component, told) for component, told in judged.items())

    return Probe((Component.DISK, Component.MEMORY, Component.TEMPERATURE), lines)


def _ask_line(settings: Settings) -> tuple[Line, ...]:
    """Whether the platform answers, and by its clock how far ours is off."""
    clock = SystemClock()
    try:
        keys = load_keys(settings.platform.keys_dir)
    except KeyFilesError as error:
        wrong = Told(Health.BAD, ScreenCode.SETTINGS, detail=str(error))
        return Line(Component.LINE, wrong), Line(Component.CLOCK, judge_clock(None))
    platform = PlatformClient(
        settings.platform.url,
        keys.kiosk,
        keys.secret,
        keys.lookup_key,
        keys.receipt_public_key,
        on_server_time=clock.heard,
    )
    answer = platform.health(ONE_CALL)
    code = None if isinstance(answer, Accepted) else answer.code
    return Line(Component.LINE, judge_line(code)), Line(Component.CLOCK, judge_clock(clock.offset()))
