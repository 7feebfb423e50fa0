"""What the bench panel shows and what it can do, as plain data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tools.desk.box import box_orders, box_state
from tools.desk.control import OrderRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.desk.appliance import Appliance

# Faults a person at the bench can cause: what it says on the button -> the simulator's word.
PRINTER_FAULTS = {"jam": "jam", "empty": "paper_out", "open": "cover_open"}
MAIN_STORY = "tenant"  # stands first
_ENDED = {"completed", "canceled", "cancelled", "aborted"}


class UnknownOrderError(Exception):
    """The bench has no such order."""


@dataclass(slots=True)
class Bench:
    """The things on the desk that a hand can reach. Thread-safe as far as the simulators are."""

    appliance: Appliance
    laid: str = ""  # the story whose card lies on the reader, "" for none
    cards: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the titles of the cards once."""
        paths = self.appliance.plan.dataset.cards.glob("*.toml")
        for path in sorted(paths, key=lambda path: (path.stem != MAIN_STORY, path.stem)):
            title = tomllib.loads(path.read_text(encoding="utf-8")).get("title", path.stem)
            self.cards.append({"story": path.stem, "title": str(title)})

    def state(self) -> dict[str, Any]:
        """All that the panel shows."""
        return {
            "cards": self.cards,
            "laid": self.laid,
            "printer": self._printer(),
            "papers": [path.stem for path in reversed(self.appliance.papers())],
            "cut": self.appliance.line.is_cut,
            "programs": self._programs(),
            "box": box_state(self.appliance.box) if self.appliance.box else None,
        }

    def do(self, order: str, what: str = "") -> None:
        """Carry out one order. Raises UnknownOrderError, OrderRefusedError or OSError."""
        if order == "lay":
            self._lay(what)
        elif order in PRINTER_FAULTS:
            self.appliance.printer.order("fault", name=PRINTER_FAULTS[order])
        else:
            self._find(order)()

    def _find(self, order: str) -> Callable[[], object]:
        orders: dict[str, Callable[[], object]] = {
            "lift": self._lift,
            "collect": self.appliance.collect,
            "refill": lambda: self.appliance.printer.order("clear"),
            "cut": self.appliance.line.cut,
            "mend": self.appliance.line.mend,
            **(box_orders(self.appliance.box) if self.appliance.box else {}),
        }
        if order not in orders:
            raise UnknownOrderError(order)
        return orders[order]

    def _lay(self, story: str) -> None:
        if story not in {card["story"] for card in self.cards}:
            raise UnknownOrderError(f"lay {story}")
        if self.laid:
            self._lift()
        self.appliance.lay(story)
        self.laid = story

    def _lift(self) -> None:
        self.appliance.lift()
        self.laid = ""

    def _printer(self) -> dict[str, Any]:
        try:
            state = self.appliance.printer.order("state")
        except (OSError, OrderRefusedError) as error:
            return {"error": str(error)}
        jobs = state.get("jobs", [])
        waiting = [job for job in jobs if job.get("state") not in _ENDED]
        return {
            **{key: state.get(key) for key in ("faults", "paper", "collectable")},
            "waiting": len(waiting),
        }

    def _programs(self) -> list[dict[str, Any]]:
        programs = (self.appliance.platform, self.appliance.core, self.appliance.screen)
        return [{"name": each.name, "running": each.is_running} for each in programs if each]
