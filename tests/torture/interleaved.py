"""Hundreds of residents at one kiosk, with everything going wrong in between: nobody is taken for another.

`python -m tests.torture.interleaved DIRECTORY [--sessions N] [--seed S]` ends with one line; its exit
status is 0 where nothing was mixed up.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.flow import events as e
from kiosk.flow.commands import RESIDENT, RecordWord
from kiosk.flow.states import Preparing, PreparingSlip
from kiosk.scene.nodes import walk
from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR
from tests.store.builders import block
from tests.torture.bystanders import Bystanders
from tests.torture.figures import Figures
from tests.torture.mixing_papers import MixingPapers
from tests.torture.moody_printer import MoodyPrinter
from tests.torture.reckoning import reckon
from tests.torture.residents import Town
from tests.torture.stores import TortureStore
from tests.torture.whole_kiosk import Around, WholeKiosk
from tests.torture.witness import Witness

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene

SEED = 20261123
BLOCK = 900
TURN_S = 0.03
MAKING_S = 0.4  # while a paper is made: on a slow machine, people must not all have gone before it is there
PATIENT_TURNS = 12  # until the time is up for whoever waits for an answer that was lost
_AHEAD = ("print", "reprint", "came_out:", "purpose:school", "service:residence", "confirm", "retry")
_ASIDE = (
    "language:",
    "text_size:",
    "theme:",
    "low_reach:",
    "speech:",
    "call_staff",
    "page:",
    "staff",
    "more_time",
    "purpose:",
    "service:",
)
_AWAY = ("back", "home", "finish", "cancel_print", "cancel")


@dataclass(frozen=True, slots=True)
class Mischief:
    """How often each protection is put to the test; a sabotaged copy is asked about one at a time."""

    mixes: float = 0.1  # another paper comes out of the maker
    swaps: float = 0.1  # the kept paper becomes another one right before it is printed
    late: float = 0.3  # an order of an ended session arrives afterwards


class Interleaved:
    """One state directory, one printer, one kiosk after the other."""

    def __init__(self, directory: Path, seed: int, sessions: int, mischief: Mischief) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
        self._sessions = sessions
        self._begun = self._unchanged = 0
        self.stores = TortureStore(directory)
        town = Town(max(20, min(4000, sessions * 4 // 5)))
        self.witness = Witness(town)
        maker = PaperMaker(FONT_REGULAR, FONT_BOLD)
        papers = MixingPapers(maker, town, self._fork(), mischief.mixes, self.witness.fault)
        self.papers = papers
        self.printer = MoodyPrinter(self._fork(), self._live_session, self._pull_the_plug)
        self.bystanders = Bystanders(self.witness, papers, self._fork(), mischief.swaps, mischief.late)
        self._around = Around(
            open_store=self.stores.open,
            printer=self.printer,
            papers=papers,
            citizen_key=town.key_of,
            dispatch=self.bystanders.dispatch_for,
            on_event=self.bystanders.on_event,
            on_scene=lambda kiosk, scene: self.witness.on_scene(kiosk, scene, papers),
            fault=self.witness.fault,
        )
        self.kiosk = WholeKiosk(self._around)

    def run(self) -> Figures:
        """All sessions, then the reckoning."""
        self.kiosk.start()
        self._add_blocks()
        while self._begun < self._sessions or self.kiosk.live_session():
            self._turn()
        self._close()
        counts, faults = reckon(self.stores, self.witness, self.printer)
        figures = Figures("interleaved sessions")
        on_purpose = self.papers.mixed + self.bystanders.swapped
        figures.counts.update({"sessions": self._begun, **counts, "papers mixed up on purpose": on_purpose})
        figures.counts.update(dict(sorted(self.witness.counts.items())))
        figures.faults += [*self.witness.faults, *faults]
        return figures

    def _live_session(self) -> str:
        return self.kiosk.live_session()

    def _pull_the_plug(self) -> None:
        self.kiosk.power.cut()

    def _fork(self) -> random.Random:
        return random.Random(self._dice.random())  # noqa: S311 - threads must not share one

    def _add_blocks(self) -> None:
        for first in range(1, self._sessions * 3, BLOCK):
            self.kiosk.store.numbers.add_block(block(first, BLOCK, date(2026, 12, 31)))

    def _turn(self) -> None:
        """Whatever happens next."""
        kiosk = self.kiosk
        if kiosk.power.is_off() or self._dice.random() < 0.004:
            self._rebuild()
            return
        for event in self.bystanders.due(kiosk):
            kiosk.mailbox.post(event)
        scene = kiosk.scene
        if scene is None:
            return
        self._unchanged += 1
        if not kiosk.live_session():
            self._approach(scene)
        elif self._dice.random() < 0.07:
            self._disturb(scene)
        else:
            self._go_on(scene)
        if self._dice.random() < 0.02:
            self._ask_staff()
        kiosk.await_change(scene.seq, self._dice.uniform(0, MAKING_S if self._paper_is_made() else TURN_S))
        if kiosk.scene is not scene:
            self._unchanged = 0

    def _rebuild(self) -> None:
        self.kiosk.kill()
        self.witness.count("kills")
        self.bystanders.forget()
        self.kiosk = WholeKiosk(self._around)
        self.kiosk.start()

    def _approach(self, scene: Scene) -> None:
        """Nobody's session: somebody comes, with or without taking away the card that lies there."""
        if self._dice.random() < 0.8:
            self.kiosk.mailbox.post(e.CardLifted())
        if self._dice.random() < 0.1:
            self._touch_any(scene)
        if self._begun < self._sessions:
            self._lay_card()
        self.kiosk.await_change(scene.seq, TURN_S)

    def _lay_card(self) -> None:
        """Mostly the next resident, sometimes one who was here before, perhaps just now."""
        residents = self.witness.town.residents
        known, waiting = list(self.witness.who.values()), self.bystanders.waiting()
        chance = self._dice.random()
        if known and chance < 0.1:
            index = known[-1]
        elif waiting and chance < 0.3:
            index = self._dice.choice(waiting)  # comes for what the slip promised
        elif known and chance < 0.4:
            index = self._dice.choice(known)
        else:
            index = self._begun % len(residents)
        session = str(uuid.UUID(int=self._dice.getrandbits(128), version=4))
        self.witness.who[session] = index
        self._begun += 1
        self.kiosk.mailbox.post(e.CardLaid())
        if self._dice.random() < 0.2:
            time.sleep(self._dice.uniform(0, 0.01))
        self.kiosk.mailbox.post(e.IdentityRead(session, residents[index].identity))

    def _go_on(self, scene: Scene) -> None:
        """The live person's next touch on the way to a paper; patience where there is nothing to touch."""
        if self._unchanged > PATIENT_TURNS:
            self._time_up()
            return
        offered = [node.action for node in walk(scene.nodes) if node.action and node.enabled]
        ahead = [action for way in _AHEAD for action in offered if action.startswith(way)]
        unknown = [each for each in offered if not each.startswith((*_AHEAD, *_ASIDE, *_AWAY))]
        if ahead and (not unknown or self._dice.random() < 0.7):
            same = ahead[0].partition(":")[0]
            self._touch(scene, self._dice.choice([each for each in ahead if each.partition(":")[0] == same]))
        elif unknown:
            self._touch(scene, self._dice.choice(unknown))
        elif self._dice.random() < (0.04 if self._paper_is_made() else 0.2):
            self._touch_any(scene)

    def _paper_is_made(self) -> bool:
        return isinstance(self.kiosk.state.page, Preparing | PreparingSlip)

    def _disturb(self, scene: Scene) -> None:
        """What people do to kiosks, and what time does."""
        match self._dice.randrange(6):
            case 0:
                self.kiosk.mailbox.post(e.CardLifted())
                self.witness.count("early lifts")
            case 1:
                self._time_up()
            case 2 if self._begun < self._sessions:
                self._lay_card()  # another card on top of the first one
                self.witness.count("re-taps")
            case 3:
                self._touch_any(scene)
                self._touch_any(scene)  # on a scene that may be gone by then
            case 4:
                self._go_on(scene)
                self._go_on(scene)
            case _:
                self._go_on(scene)
                self.kiosk.mailbox.post(e.CardLifted())

    def _time_up(self) -> None:
        self.kiosk.mailbox.post(e.TimeUp(self.kiosk.state.turn))
        self.witness.count("time-outs")

    def _touch_any(self, scene: Scene) -> None:
        offered = [node.action for node in walk(scene.nodes) if node.action and node.enabled]
        offered = [each for each in offered if not each.startswith(("purpose:vehicle", "staff"))]
        if offered:
            self._touch(scene, self._dice.choice(offered))

    def _touch(self, scene: Scene, action: str) -> None:
        self.bystanders.touch(self.kiosk, scene, action)

    def _ask_staff(self) -> None:
        """Staff say what they saw of one paper in doubt."""
        waiting = self.kiosk.store.issuances.uncertain_papers()
        if waiting and not self.kiosk.power.is_off():
            word = RecordWord(self._dice.choice(waiting).issuance, self._dice.random() < 0.5, "S-07")
            assert word.settled_by != RESIDENT
            self.kiosk.worker.order(word, time.monotonic())

    def _close(self) -> None:
        """Nobody is there any more; whatever still waits is brought to its end, and nothing is kept."""
        self.bystanders.drain(self.kiosk)
        if self.kiosk.worker._papers and not self.kiosk.power.is_off():
            self.witness.fault("mixed: the paper of an ended session is kept")
        self._rebuild()  # the last recovery settles what a power cut left open
        while self.kiosk.power.is_off():
            self._rebuild()
        self.kiosk.stop()


def main() -> int:
    """Run as a program, for a copy of the product in which a protection is switched off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mixes", type=float, default=Mischief().mixes)
    parser.add_argument("--swaps", type=float, default=Mischief().swaps)
    parser.add_argument("--late", type=float, default=Mischief().late)
    given = parser.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    mischief = Mischief(given.mixes, given.swaps, given.late)
    return Interleaved(given.directory, given.seed, given.sessions, mischief).run().say()


if __name__ == "__main__":
    sys.exit(main())
