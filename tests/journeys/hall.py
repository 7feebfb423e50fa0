"""A hall with one kiosk in it: the real programs on real wires, and what people do there."""

from __future__ import annotations

import json
import subprocess
import time
import tomllib
import urllib.request
from typing import TYPE_CHECKING, Any, Self

from tests.journeys.line import Line
from tests.journeys.visitor import Visitor
from tools.desk.appliance import Appliance, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from tools.desk.dataset import Dataset

PATIENCE_S = 15.0


class Hall:
    """Use it as a context. Everything that a test can do to the kiosk stands here."""

    def __init__(self, directory: Path, dataset: Dataset) -> None:
        self.line = Line()
        settings = {"platform": {"url": self.line.url}, "printer": {"paper_patience_s": 30}}
        page_options = ("--page-seconds", "0.1")
        self.appliance = Appliance(
            Plan(directory, dataset, settings=settings, page_options=page_options),
        )
        self._collected = 0

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
            for action in ("finish", "home", "back", "came_out:no"):
                if any(action == node.action and node.enabled for node in self.visitor.controls()):
                    self.visitor.touch(action)
                    break
            self.visitor.await_change(before, patience_s=1.0)
        self.visitor.await_scene("attract")

    # --- what happens to the devices --------------------------------------------------------------------

    def reader_fault(self, name: str, count: int = 1) -> None:
        """Let the reader fail."""
        self.appliance.reader.order("fault", name=name, count=count)

    def printer_fault(self, name: str) -> None:
        """Let the printer fail until `printer_clear`."""
        self.appliance.printer.order("fault", name=name)

    def printer_clear(self) -> None:
        """Mend and refill the printer."""
        self.appliance.printer.order("clear")

    def kill_core(self) -> None:
        """End the core as a power cut would."""
        self.appliance.core.kill()
        self.visitor.leave()

    def start_core(self) -> None:
        """Start the core again; the screen comes back as well."""
        self.appliance.launch_core().ready()
        self.visitor = Visitor(self.appliance.screen_socket)
        self.visitor.await_scene("attract", "came_out", "home")

    # --- what can be seen afterwards --------------------------------------------------------------------

    def papers(self) -> tuple[Path, ...]:
        """All that the printer ever printed, oldest first."""
        return self.appliance.papers()

    def paper_text(self, which: int) -> str:
        """The text of a printed paper."""
        words = ["pdftotext", "-raw", str(self.papers()[which]), "-"]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout

    def person(self, story: str) -> dict[str, Any]:
        """What stands on the card of a story."""
        return tomllib.loads(self.appliance.card_path(story).read_text(encoding="utf-8"))

    def log_events(self, name: str) -> list[dict[str, Any]]:
        """The lines of the core's log with this event."""
        text = (self.appliance.logs / "core.log").read_text(encoding="utf-8")
        lines = (json.loads(line) for line in text.splitlines() if line.startswith("{"))
        return [line for line in lines if line.get("event") == name]

    def await_event(self, name: str, count: int = 1) -> dict[str, Any]:
        """Wait until the core has logged this event `count` times; the last one of them."""
        end = time.monotonic() + PATIENCE_S
        while len(found := self.log_events(name)) < count:
            assert time.monotonic() < end, f"the core logged {name} {len(found)} times"
            time.sleep(0.05)  # a log file has no other sign than its content
        return found[count - 1]

    def verification(self, number: str, code: str) -> dict[str, Any]:
        """What the platform says about a number to anyone who holds the paper."""
        url = f"{self.appliance.platform_url}/v1/verify/{number}?code={code}"
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - loopback, our own server
            answer: dict[str, Any] = json.load(reply)
        return answer
