"""The pages that the screen shows by itself while there is no core."""

from __future__ import annotations

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme

STARTING_AFTER_S = 2.0
NO_CORE_AFTER_S = 20.0

# Tap and Painted are never sent for these.
OWN_SEQ = 0


def _page(name: str, picture: str) -> Scene:
    """Nobody has chosen a language yet: the Chinese text says it in English as well."""
    nodes = (
        Node("title", Role.TITLE, Text(f"own.{name}.title")),
        Node("help", Role.HELP, Text(f"own.{name}.help")),
        Node("content", Role.CONTENT, children=(Node("picture", Role.PICTURE, icon=picture),)),
    )
    return Scene(name, OWN_SEQ, Language.ZH, TextSize.NORMAL, Theme.STANDARD, nodes)


STARTING = _page("starting", "starting")
NO_CORE = _page("no_core", "out_of_service")


def choose_own_scene(lost_for_s: float) -> Scene | None:
    """What to show when the core has been away for so long; None = leave the page as it is."""
    if lost_for_s >= NO_CORE_AFTER_S:
        return NO_CORE
    return STARTING if lost_for_s >= STARTING_AFTER_S else None


def next_change_s(lost_for_s: float) -> float | None:
    """In how many seconds the own scene changes; None = never."""
    steps = (limit - lost_for_s for limit in (STARTING_AFTER_S, NO_CORE_AFTER_S))
    return min((step for step in steps if step > 0), default=None)
