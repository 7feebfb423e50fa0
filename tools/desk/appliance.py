"""The whole appliance on one desk: platform, line, simulators, core and screen, each a process of its own.

The programs are the product's own; only the addresses in the settings lead to simulators. Everything lies in
one directory and on free ports, so that several appliances may run side by side.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tools.desk.box import BoxSimulators
from tools.desk.control import Control
from tools.desk.line import Line
from tools.desk.program import ROOT, Command, Program
from tools.desk.settings_file import CARD_COST, KIOSK, as_toml, merge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.desk.dataset import Dataset

READER_BAUD = 115_200

_LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes for a UNIX socket


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start, and where. `directory` is made; what a core stored there earlier is kept.

    `display` is the X display of the screen, "" for no screen at all. `settings` changes single values of the
    settings file by section and key. `record` makes the screen save what it paints. `screen_runtime` is where
    the screen looks for its socket, if somebody stands between it and the core.
    """

    directory: Path
    dataset: Dataset
    display: str = ""
    record: bool = False
    logs: Path | None = None  # elsewhere than inside `directory`
    screen_runtime: Path | None = None
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    screen_environment: Mapping[str, str] = field(default_factory=dict)  # beside that of this process
    page_options: tuple[str, ...] = ()  # more words for the page printer's simulator
    reader_options: tuple[str, ...] = ()  # more words for the reader's simulator
    has_box: bool = False  # with receipt printer, scanner, I/O board and UPS


class Appliance:
    """A running appliance; use it as a context. Raises ProgramError where something does not start."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.directory = plan.directory
        self.logs = plan.logs or plan.directory / "log"
        self.spool = plan.directory / "spool"
        self.records = plan.directory / "records"
        self.settings_path = plan.directory / "kiosk.toml"
        self._screen_settings_path = plan.directory / "screen.toml"
        self.state = plan.directory / "kiosk-state"
        self.screen: Program | None = None  # none without a display
        self.box: BoxSimulators | None = None
        self._stack = ExitStack()
        self.runtime = self._short_directory()
        self.reader = Control(self.runtime / "reader.sock")
        self.printer = Control(self.runtime / "printer.sock")

    def __enter__(self) -> Self:
        """Start everything and wait until it serves."""
        with self._stack:
            self._start()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End everything, the screen first, the platform last."""
        self._stack.close()

    @property
    def screen_socket(self) -> Path:
        """Where the core listens for a screen."""
        return self.runtime / "screen.sock"

    def papers(self) -> tuple[Path, ...]:
        """The documents that the page printer printed, oldest first."""
        return tuple(sorted(self.spool.glob("*.pdf")))

    def card_path(self, story: str) -> Path:
        """The card file of a story, such as "tenant"."""
        return self.plan.dataset.cards / f"{story}.toml"

    def lay(self, story: str) -> None:
        """Lay the card of a story on the reader."""
        self.reader.order("lay", card=str(self.card_path(story)))

    def lift(self) -> None:
        """Take the card off the reader."""
        self.reader.order("lift")

    def collect(self) -> None:
        """Take the paper out of the printer's tray."""
        self.printer.order("collect")

    def launch_core(self) -> Program:
        """Start the core without waiting for it; it must not be running."""
        self.core = self._launch("core", "kiosk", "core", "--settings", str(self.settings_path))
        return self.core

    def launch_platform(self) -> Program:
        """Start the platform without waiting for it; it must not be running."""
        state = str(self.plan.dataset.state)
        cost = ("--card-cost", str(CARD_COST))
        self.platform = self._launch("platform", "backend", "serve", "--state", state, "--port", "0", *cost)
        return self.platform

    def launch_screen(self) -> Program:
        """Start the screen without waiting for it; it must not be running."""
        words = ["screen", "--settings", str(self._screen_settings_path)]
        if self.plan.record:
            words += ["--record", str(self.records)]
        # SDL looks for a Wayland session first; the finger of the desk can touch X11 only.
        environment = {"DISPLAY": self.plan.display, "SDL_VIDEODRIVER": "x11", **self.plan.screen_environment}
        command = Command("screen", ("kiosk", *words), self.logs / "screen.log", environment)
        self.screen = Program(command)
        return self.screen

    def _start(self) -> None:
        for directory in (self.logs, self.spool, self.records, self.state):
            directory.mkdir(parents=True, exist_ok=True)
        self._launch_surroundings()
        self.platform_url = self.platform.ready()
        self.line = Line(self.platform_url)
        self._stack.callback(self.line.close)
        reader_address = self._reader.ready()
        self._write_settings(f"{reader_address}?baud={READER_BAUD}", self._printer.ready())
        self.core = self.launch_core()
        self._stack.callback(self._stop_core)
        if self.plan.display:
            self.screen = self.launch_screen()
            self._stack.callback(self._stop_screen)
            self.screen.ready()
        self.core.ready()

    def _stop_core(self) -> None:
        self.core.stop()  # whichever core runs by then

    def _stop_platform(self) -> None:
        self.platform.stop()  # whichever platform runs by then

    def _stop_screen(self) -> None:
        if self.screen:
            self.screen.stop()

    def _launch_surroundings(self) -> None:
        self.launch_platform()
        self._stack.callback(self._stop_platform)
        self._reader = self._launch(
            "reader",
            "devices.simulators",
            *("idcard", "--link", str(self.runtime / "idcard"), "--control", str(self.reader.path)),
            *self.plan.reader_options,
        )
        self._stack.callback(self._reader.stop)
        self._printer = self._launch(
            "printer",
            "devices.simulators",
            *("page", "--port", "0", "--spool", str(self.spool), "--control", str(self.printer.path)),
            *self.plan.page_options,
        )
        self._stack.callback(self._printer.stop)
        if self.plan.has_box:
            self.box = BoxSimulators(self.runtime, self.directory / "slips", self.logs)
            self._stack.callback(self.box.close)

    def _launch(self, name: str, *module: str) -> Program:
        return Program(Command(name, module, self.logs / f"{name}.log"))

    def _write_settings(self, reader: str, printer: str) -> None:
        own: dict[str, dict[str, object]] = {
            "kiosk": {**KIOSK, "state_dir": str(self.state), "runtime_dir": str(self.runtime)},
            "reader": {"address": reader},
            "printer": {"address": printer},
            "platform": {
                "url": self.line.url,
                "keys_dir": str(self.plan.dataset.keys),
                "verify_url": f"{self.platform_url}/v",
            },
            "offline": {"least_cost": CARD_COST},
            "screen": {
                "fullscreen": False,
                "font_dir": str(ROOT / "var" / "fonts"),
                "prompt_dir": str(ROOT / "var" / "prompts"),
            },
            "health": {"metrics_port": 0},
        }
        fitted = merge(own, self.box.settings()) if self.box else own
        settings = merge(fitted, self.plan.settings)
        self.settings_path.write_text(as_toml(settings), encoding="utf-8")
        looks = str(self.plan.screen_runtime or self.runtime)
        screens = merge(settings, {"kiosk": {"runtime_dir": looks}})
        self._screen_settings_path.write_text(as_toml(screens), encoding="utf-8")

    def _short_directory(self) -> Path:
        """A directory for sockets: inside ours unless its path would be too long for a socket."""
        inside = self.directory / "run"
        if len(str(inside / "printer.sock")) <= _LONGEST_SOCKET_PATH:
            inside.mkdir(parents=True, exist_ok=True)
            return inside
        elsewhere = tempfile.TemporaryDirectory(prefix="kiosk-")
        self._stack.callback(elsewhere.cleanup)
        return Path(elsewhere.name)
