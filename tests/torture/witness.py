"""Sees every scene, every event and every sheet, and says where one of them names the wrong person."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from devices.contract import NotPrinted, Printed, Uncertain
from kiosk.flow.events import PaperPrepared, PrintSettled
from kiosk.scene.nodes import walk
from tests.journeys.visitor import texts

if TYPE_CHECKING:
    from kiosk.flow.events import Event
    from kiosk.scene.contract import Scene
    from tests.torture.mixing_papers import MixingPapers
    from tests.torture.residents import Town
    from tests.torture.whole_kiosk import WholeKiosk

NUMBER = re.compile(r"\d{12}-JZ-\d{4}-\d{6}-\d|Q-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass
class Witness:
    """`who` knows which resident each session belongs to; any thread may speak."""

    town: Town
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    who: dict[str, int] = field(default_factory=dict)  # session -> resident
    owner: dict[str, int] = field(default_factory=dict)  # number -> resident
    pages: Counter[str] = field(default_factory=Counter)  # how often each page was shown

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._last: set[int] = set()  # the person of the session that ended last

    def fault(self, text: str) -> None:
        """Something is wrong."""
        with self._lock:
            self.faults.append(text)

    def count(self, what: str) -> None:
        """One more of these."""
        with self._lock:
            self.counts[what] += 1

    def on_event(self, event: Event) -> None:
        """A number was given to the person of a session, or a print came to its end."""
        if isinstance(event, PrintSettled):
            self.count(
                {Printed: "prints", NotPrinted: "prints without paper", Uncertain: "prints in doubt"}[
                    type(event.outcome)
                ]
            )
        if isinstance(event, PaperPrepared):
            person = self.who[event.session]
            if self.owner.setdefault(event.number, person) != person:
                self.fault("mixed: one number, two persons")

    def on_scene(self, kiosk: WholeKiosk, scene: Scene, papers: MixingPapers) -> None:
        """A scene is shown; the engine's thread calls, so the state is the one it was drawn from."""
        self.count("scenes")
        self.pages[scene.name] += 1
        live = kiosk.live_session()
        allowed = {self.who[live]} if live else set()
        shown = " ".join(texts(scene))
        if self.town.named_in(shown) - allowed:
            self.fault(f"mixed: {scene.name} names somebody else")
        for node in walk(scene.nodes):
            if node.raster:
                self.count("previews")
                if not papers.seen_on(node.raster) & allowed:
                    self.fault(f"mixed: {scene.name} shows the paper of somebody else")
        owners = {self.owner.get(number, -1) for number in NUMBER.findall(shown)}
        if owners - (allowed or self._last):
            self.fault(f"mixed: {scene.name} tells the number of somebody else")
        self._last = allowed or self._last
