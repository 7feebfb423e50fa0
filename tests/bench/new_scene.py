"""From the lifted finger to the whole next page on the screen, with the core and its flow in between."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, percentiles
from tests.bench.pointer import Pointer
from tests.screen.gallery import PORTRAIT, Studio, panel
from tools.desk.program import ROOT

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene
    from tests.bench.rig import Rig

# What leads to another page without a card, and what leads back.
_ONWARD = ("party", "organisations", "services", "start")
_BACK = ("back", "home")
_SETTLE_S = 0.25  # a new page takes no touch at once, and a target none twice within that time
_PRESS_S = 0.03


def measure_new_scene(rig: Rig, n: int) -> list[Figure]:
    """`n` real touches (XTEST) on the attract page and those behind it."""
    studio = Studio(panel(PORTRAIT, ROOT / "var" / "fonts"))
    scene = rig.wire.await_painted().scene
    times = []
    with Pointer(rig.appliance.plan.display) as pointer:
        for turn in range(n):
            pointer.move(_place(studio, scene, turn))
            time.sleep(_SETTLE_S)
            pointer.press()
            time.sleep(_PRESS_S)
            rig.wire.forget()
            lifted = time.monotonic()
            pointer.release()
            passed = rig.wire.await_painted()
            times.append(((passed.painted_s or 0.0) - lifted) * 1000)
            scene = passed.scene
    goals = {50: "", 95: "", 99: "<= 33"}
    return percentiles("touch to whole new page, core included", "ms", times, goals)


def _place(studio: Studio, scene: Scene, turn: int) -> tuple[int, int]:
    """The middle of a control that leads on, or back where there is none."""
    targets = {target.action: target.rect for target in studio.lay_out(scene).targets}
    onward = [action for action in _ONWARD if action in targets] if scene.name in {"attract", "home"} else []
    actions = onward or [action for action in _BACK if action in targets]
    rect = targets[actions[turn % len(actions)]]
    return rect.x + rect.w // 2, rect.y + rect.h // 2
