"""What the screen says that it painted (`python -m kiosk screen --record DIR`): pages and where to touch."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LOOK_INTERVAL_S = 0.004


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on a page; `action` is "" where nothing happens. Private labels are empty."""

    action: str
    label: str
    enabled: bool
    centre_px: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """One painted page, the `number`-th of the recording."""

    number: int
    name: str
    spots: tuple[Spot, ...]
    picture: Path

    def spot(self, action: str) -> Spot | None:
        """Where to touch for this action; None where the page does not offer it."""
        return next((spot for spot in self.spots if spot.action == action and spot.enabled), None)

    def words(self) -> str:
        """What the page says, as far as it is not private."""
        return " / ".join(spot.label for spot in self.spots if spot.label)


@dataclass(frozen=True, slots=True)
class Records:
    """The recording in one directory."""

    directory: Path

    def pages(self) -> tuple[Page, ...]:
        """All pages so far, oldest first."""
        return tuple(_read(path) for path in sorted(self.directory.glob("[0-9]*.json"), key=_number))

    def newest(self) -> Page | None:
        """The page that stands on the screen now."""
        path = max(self.directory.glob("[0-9]*.json"), key=_number, default=None)
        return _read(path) if path else None

    def await_after(self, number: int, patience_s: float) -> Page | None:
        """The newest page once there is one after page `number`; None where none comes in time."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            page = self.newest()
            if page and page.number > number:
                return page
            time.sleep(LOOK_INTERVAL_S)
        return None


def _number(path: Path) -> int:
    return int(path.name.split("-", maxsplit=1)[0])


def _read(path: Path) -> Page:
    content = json.loads(path.read_text(encoding="utf-8"))
    spots = tuple(_spot(node) for node in content["nodes"])
    return Page(_number(path), content["name"], spots, path.with_suffix(".png"))


def _spot(node: dict[str, Any]) -> Spot:
    left, top, width, height = node["rect_px"]
    centre = (int(left + width / 2), int(top + height / 2))
    return Spot(node.get("action", ""), node.get("label", ""), bool(node.get("enabled", True)), centre)
