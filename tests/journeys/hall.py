"""A hall with one kiosk in it: the real programs on real wires, and what people do there."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import time
import tomllib
import urllib.parse
import urllib.request
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Self

from backend_client.contract import check_code
from kiosk.office.asking import AskError, ask
from kiosk.staff_file import put_account
from tests.journeys.line import Line
from tests.journeys.visitor import Visitor, keys
from tools.desk.appliance import Appliance, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from tools.desk.dataset import Dataset

PATIENCE_S = 15.0
STAFF_BADGE, STAFF_PIN = "7701", "864209"  # of nobody


class Hall:
    """Use it as a context. Everything that a test can do to the kiosk stands here."""

    def __init__(
        self, directory: Path, dataset: Dataset, page_seconds: float = 0.5, *, has_box: bool = False
    ) -> None:
        self.line = Line()
        settings: dict[str, dict[str, object]] = {
            "platform": {"url": self.line.url},
            "printer": {"paper_patience_s": 30},
            "staff": {"file": str(directory.parent / "staff.toml")},
        }
        put_account(directory.parent / "staff.toml", STAFF_BADGE, "值班员", STAFF_PIN)
        page_options = ("--page-seconds", str(page_seconds))
        self.appliance = Appliance(
            Plan(directory, dataset, settings=settings, page_options=page_options, has_box=has_box),
        )

    def __enter__(self) -> Self:
        """Start everything; a visitor stands in front of the screen."""
        self.appliance.__enter__()
        self.line.target = self.appliance.platform_url
        self.visitor = Visitor(self.appliance.screen_socket)
        self.visitor.await_scene("attract")
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        self.visitor.leave()
        self.appliance.__exit__()
        self.line.close()

    # --- what residents do ------------------------------------------------------------------------------

    def lay(self, story: str) -> None:
        """Lay the card of a story on the reader."""
        self.appliance.lay(story)

    def lift(self) -> None:
        """Take the card away."""
        self.appliance.lift()

    def collect(self) -> None:
        """Take the paper."""
        self.appliance.collect()

    def ask_for_certificate(self, story: str, *expected: str) -> Scene:
        """Lay the card and choose the residence certificate."""
        self.lay(story)
        scene = self.visitor.await_scene("who_you_are", *expected)
        if scene.name != "who_you_are":
            return scene
        scene = self.visitor.touch_and_await("confirm", "services", *expected)
        if scene.name != "services":
            return scene
        return self.visitor.touch_and_await("service:residence", "purpose", *expected)

    def to_preview(self, story: str) -> Scene:
        """Go on until the very paper is on the screen."""
        self.ask_for_certificate(story)
        return self.visitor.touch_and_await("purpose:school", "preview")

    def print_certificate(self, story: str) -> None:
        """Go the whole way until the paper lies in the tray."""
        self.to_preview(story)
        self.visitor.touch_and_await("print", "printing", "take_paper")
        self.visitor.await_scene("take_paper")

    def go_home(self) -> None:
        """Leave the kiosk to the next resident, whatever is on the screen."""
        self.line.cut, self.line.distort = False, None
        self.appliance.reader.order("clear")
        self.appliance.printer.order("clear")
        self.lift()
        self.collect()
        end = time.monotonic() + PATIENCE_S
        while self.visitor.scene.name != "attract" and time.monotonic() < end:
            before = self.visitor.scene.seq
            for action in ("finish", "home", "back", "came_out:no", "rated"):
                if any(action == node.action and node.enabled for node in self.visitor.controls()):
                    self.visitor.touch(action)
                    break
            self.visitor.await_change(before, patience_s=1.0)
        self.visitor.await_scene("attract")
        self.await_printer()

    def await_printer(self) -> None:
        """Return once the kiosk has seen that the printer works: services need it."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with suppress(AskError):
                rows = ask(self.appliance.runtime / "office.sock", "board").rows
                if any(row["component"] == "page_printer" and row["health"] != "bad" for row in rows):
                    return
            time.sleep(0.05)
        raise AssertionError("the kiosk does not see that the printer works")

    # --- what happens to the devices --------------------------------------------------------------------

    def reader_fault(self, name: str, count: int = 1) -> None:
        """Let the reader fail."""
        self.appliance.reader.order("fault", name=name, count=count)

    def printer_fault(self, name: str, **where: Any) -> None:
        """Let the printer fail until `printer_clear`; `on` names the operation that is struck."""
        self.appliance.printer.order("fault", name=name, **where)

    def printer_clear(self) -> None:
        """Mend and refill the printer."""
        self.appliance.printer.order("clear")

    def fill_disk(self) -> None:
        """The kernel lets no file of the core grow beyond a page."""
        _, hard = resource.prlimit(self.appliance.core.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.appliance.core.pid, resource.RLIMIT_FSIZE, (4096, hard))

    def free_disk(self) -> None:
        """There is room again."""
        _, hard = resource.prlimit(self.appliance.core.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.appliance.core.pid, resource.RLIMIT_FSIZE, (hard, hard))

    def kill_core(self) -> None:
        """End the core as a power cut would."""
        self.appliance.core.kill()
        self.visitor.leave()

    def start_core(self) -> None:
        """Start the core again; the screen comes back as well."""
        self.appliance.launch_core().ready()
        self.visitor = Visitor(self.appliance.screen_socket)
        self.visitor.await_scene("attract", "came_out", "home")

    def stop_core(self) -> None:
        """End the core as systemd does; `start_core` starts it again."""
        self.visitor.leave()
        self.appliance.core.stop()

    def kill_platform(self) -> None:
        """End the platform as a power cut would."""
        self.appliance.platform.kill()

    def start_platform(self) -> None:
        """Start the platform again; it has another port then, and the line leads there."""
        self.line.target = self.appliance.launch_platform().ready()
        self.appliance.platform_url = self.line.target

    # --- what can be seen afterwards --------------------------------------------------------------------

    def papers(self) -> tuple[Path, ...]:
        """All that the printer ever printed, oldest first."""
        return self.appliance.papers()

    def paper_text(self) -> str:
        """The text of the last printed paper, without white space."""
        words = ["pdftotext", "-raw", str(self.papers()[-1]), "-"]
        text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        return "".join(text.split())

    def person(self, story: str) -> dict[str, Any]:
        """What stands on the card of a story."""
        return tomllib.loads(self.appliance.card_path(story).read_text(encoding="utf-8"))

    def log_events(self, name: str) -> list[dict[str, Any]]:
        """The lines of the core's log with this event."""
        text = (self.appliance.logs / "core.log").read_text(encoding="utf-8")
        lines = (
            json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")
        )
        return [line for line in lines if line["event"] == name]

    def await_event(self, name: str, times: int = 1, **values: object) -> dict[str, Any]:
        """Wait until the core has logged this event with these values, so often; the newest such line."""
        end = time.monotonic() + PATIENCE_S
        while True:
            found = [line for line in self.log_events(name) if values.items() <= line.items()]
            if len(found) >= times:
                return found[-1]
            assert time.monotonic() < end, f"the core never logged {name} with {values}"
            time.sleep(0.05)  # a log file has no other sign than its content

    def await_text(self, *wanted: str) -> Scene:
        """Wait until the screen shows one of these texts of the catalogue."""
        end = time.monotonic() + PATIENCE_S
        while not keys(self.visitor.scene) & set(wanted):
            assert time.monotonic() < end, f"the screen never showed any of {wanted}"
            self.visitor.await_change(self.visitor.scene.seq, patience_s=0.2)
        return self.visitor.scene

    def await_struck(self, fault: str) -> None:
        """Wait until a printer's fault that strikes once has struck."""
        end = time.monotonic() + PATIENCE_S
        while any(fault in str(waiting) for waiting in self.appliance.printer.order("state")["faults"]):
            assert time.monotonic() < end, f"{fault} never struck"
            time.sleep(0.02)  # the control socket answers questions; it does not call

    def jobs_named(self, number: str) -> int:
        """How many jobs for this number the printer ever saw."""
        jobs = self.appliance.printer.order("state")["jobs"]
        return sum(number in job["name"] for job in jobs)

    def secrets(self, story: str) -> tuple[bytes, ...]:
        """Name and citizen number of a person in every form that a file may hold them."""
        person = self.person(story)
        words = (person["name"], person["number"], json.dumps(person["name"]).strip('"'))
        return tuple(word.encode(how) for word in words for how in ("utf-8", "utf-16-le"))

    def kept_files(self) -> tuple[Path, ...]:
        """All that the kiosk itself wrote: state, run-time directory, logs. Not the paper in the tray."""
        desk = self.appliance
        places = (desk.state, desk.runtime, desk.logs)
        return tuple(path for place in places for path in place.rglob("*") if path.is_file())

    def number(self) -> str:
        """The number of the paper that was prepared last."""
        return str(self.log_events("paper_prepared")[-1]["number"])

    def await_delivery(self, number: str, attempt: int = 1) -> dict[str, Any]:
        """Wait until the platform has acknowledged the attempts so far, and ask it about this one's paper."""
        self.await_event("record_acknowledged", times=attempt, number=number)
        return self.verification(number, attempt)

    def verification(self, number: str, attempt: int = 1) -> dict[str, Any]:
        """What the platform says about a number, with the check code that the paper of it shows."""
        query = urllib.parse.urlencode({"code": self._code_of(number, attempt)})
        url = f"{self.appliance.platform_url}/v1/verify/{number}?{query}"
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - loopback, our own server
            answer: dict[str, Any] = json.load(reply)
        return answer

    def _code_of(self, number: str, attempt: int) -> str:
        """The platform's own block says it; a voided number has no paper to read it from."""
        with closing(sqlite3.connect(self._platform_database())) as database:
            rows = database.execute("SELECT first_serial, serials, code_key FROM number_blocks").fetchall()
        serial = int(number.split("-")[3])
        key = next(key for first, count, key in rows if first <= serial < first + count)
        return check_code(key, number, attempt)

    def _platform_database(self) -> Path:
        return next(self.appliance.plan.dataset.state.glob("*.sqlite"))
