"""What a model can do, from the profiles of python-escpos.

Its own loader takes 180 ms and 8 MB, leaves a folder in the temporary directory at each start, and sets
up the log of the whole program. The file it reads is JSON, so it is read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from devices.contract import RollPaper
from devices.errors import AddressError

# Paper -> what is printed on it where the profile does not say, and what can be right at all.
_DOTS = {80: 576, 58: 384}
_NARROWEST, _WIDEST = {80: 504, 58: 360}, {80: 640, 58: 432}


@dataclass(frozen=True, slots=True)
class Profile:
    """A model. `cut` is the command of its cutter: "full", "part", or "" where it has none."""

    name: str
    roll: RollPaper
    cut: str


def profile_of(name: str, paper_mm: int) -> Profile:
    """The profile of this name with this paper in it. Raises AddressError with the reason."""
    known = _known()
    if name not in known:
        raise AddressError(f"profile={name}: no such profile (known: {', '.join(sorted(known))})")
    features = known[name]["features"]
    if features.get("starCommands") or not features.get("bitImageRaster"):
        raise AddressError(f"profile={name}: this model prints no ESC/POS raster pictures")
    dots = known[name]["media"]["width"].get("pixels")
    dots = dots if isinstance(dots, int) else _DOTS[paper_mm]
    if not _NARROWEST[paper_mm] <= dots <= _WIDEST[paper_mm]:
        raise AddressError(
            f"profile={name}: this model prints {dots} dots a line, which is not paper={paper_mm}"
        )
    cut = "full" if features.get("paperFullCut") else "part" if features.get("paperPartCut") else ""
    return Profile(name, RollPaper(paper_mm, dots), cut)


@cache
def _known() -> dict[str, Any]:
    text = (resources.files("escpos") / "capabilities.json").read_text(encoding="utf-8")
    profiles: dict[str, Any] = json.loads(text)["profiles"]
    return profiles
