"""From a key of the pinyin keyboard to its candidates on the real screen, and the memory of typing."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

import psutil

from kiosk.flow.view import view
from kiosk.scene.nodes import entry_of
from kiosk.scene.wire import Typed
from kiosk.screen.entry.contract import CANDIDATE, CLEAR, KEY, MODE, PAD, Mode
from kiosk.screen.entry.desk import EntryDesk
from kiosk.typing.contract import Point
from kiosk.typing.opening import open_handwriting, open_pinyin
from tests.bench.figures import Figure, percentiles, table
from tests.bench.pointer import Pointer
from tests.bench.touch_latency import started_rig
from tests.flow.situations import every_look
from tests.screen.gallery import PORTRAIT, Studio, panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene
    from kiosk.screen.geometry import Rect
    from tests.bench.touch_latency import Rig

KEYS = 330
# No letter comes again among the next two, for a key takes no second press within a quarter of a second.
WORDS = ("zhangwei", "lizhu", "shenfeqi", "chewguqi", "wangkex", "jiubal", "sfz", "qukdaohi", "mopan")
_BETWEEN_S = 0.13
_PRESS_S = 0.03
_SETTLE_S = 0.4
_GOAL_MB = "<= 90"


def measure_typing(n: int) -> list[Figure]:
    """`n` touches (XTEST) of letters; the screen tells its core of each when the candidates are painted."""
    scene = replace(_scene_with_entry(), seq=1)
    with started_rig() as (rig, _), Pointer(rig.display) as pointer:
        studio = Studio(panel(PORTRAIT, rig.fonts))
        rig.show(scene)
        time.sleep(_SETTLE_S)
        letters = _places(studio, scene, Mode.PINYIN)
        times = []
        for key in _keys(n):
            time.sleep(_BETWEEN_S)
            elapsed = _strike(rig, pointer, letters[key])
            if key != CLEAR:
                times.append(elapsed)
        typing = _resident_mb(rig)
        _strike(rig, pointer, letters[f"{MODE}{Mode.HAND}"])  # letters that are no word yet go
        time.sleep(_SETTLE_S)
        written = _places(studio, scene, Mode.HAND)
        _write(pointer, written[PAD])
        _strike(rig, pointer, written[f"{CANDIDATE}0"])
        writing = _resident_mb(rig)
    return [
        *percentiles("pinyin key to candidates", "ms", times, {50: "", 95: "", 99: "<= 15"}),
        Figure("memory of screen with pinyin, resident", typing, "MB", 1, _GOAL_MB),
        Figure("memory of screen with handwriting, resident", writing, "MB", 1, _GOAL_MB),
    ]


def _scene_with_entry() -> Scene:
    scenes = (view(state) for state in every_look())
    return next(scene for scene in scenes if entry_of(scene.nodes))


def _places(studio: Studio, scene: Scene, mode: Mode) -> dict[str, Rect]:
    """Where everything of the page stands while one types in that way; in each, something can be cleared."""
    with closing(EntryDesk(open_pinyin, open_handwriting)) as desk:
        desk.show(scene)
        desk.touch(f"{KEY}a")
        desk.touch(f"{MODE}{mode}")
        if mode is Mode.HAND:
            desk.write((Point(0.2, 0.5), Point(0.8, 0.5)))
        return {node.id: node.rect for node in studio.lay_out(desk.show(scene)).nodes}


def _keys(n: int) -> Iterator[str]:
    """So many letters, word by word; the entry is cleared after each word."""
    told = 0
    for word in cycle(WORDS):
        for letter in word:
            yield f"{KEY}{letter}"
            told += 1
            if told == n:
                return
        yield CLEAR


def _strike(rig: Rig, pointer: Pointer, rect: Rect) -> float:
    """Touch it; milliseconds from the lifted finger until the core hears what stands there."""
    pointer.move(_middle(rect))
    pointer.press()
    time.sleep(_PRESS_S)
    lifted = time.perf_counter()
    pointer.release()
    message = rig.core.receive()
    elapsed = (time.perf_counter() - lifted) * 1000
    if not isinstance(message, Typed):
        raise TypeError(f"the screen sent {type(message).__name__} in place of what was typed")
    return elapsed


def _write(pointer: Pointer, pad: Rect) -> None:
    """A cross, as for ten."""
    x, y = _middle(pad)
    for start, end in (((x - 80, y), (x + 80, y)), ((x, y - 80), (x, y + 80))):
        pointer.move(start)
        pointer.press()
        time.sleep(_PRESS_S)
        pointer.move(end)
        pointer.release()
        time.sleep(_BETWEEN_S)


def _middle(rect: Rect) -> tuple[int, int]:
    return rect.x + rect.w // 2, rect.y + rect.h // 2


def _resident_mb(rig: Rig) -> float:
    return float(psutil.Process(rig.process.pid).memory_info().rss) / 1e6


def main() -> None:
    """Print these figures alone."""
    sys.stdout.write(table(measure_typing(KEYS)) + "\n")


if __name__ == "__main__":
    main()
