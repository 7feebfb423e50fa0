"""What assistive technology sees of the screen, and touches there: over AT-SPI, by no other way.

Run by the system's own Python, which has the bindings (python3-gi): one JSON list a line in, one value out.
["tree"] -> [[role, name, can be clicked], ...]; ["click", NAME] -> true once it was found and clicked.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

PATIENCE_S = 20.0
TITLE = "Community kiosk"


def bindings() -> Any:
    """Those of AT-SPI; they are no part of this project's own libraries."""
    importlib.import_module("gi").require_version("Atspi", "2.0")
    return importlib.import_module("gi.repository.Atspi")


def window(atspi: Any) -> Any:
    """The kiosk's window."""
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        desktop = atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            for place in range(program.get_child_count() if program else 0):
                found = program.get_child_at_index(place)
                if found and found.get_name() == TITLE:
                    return found
        time.sleep(0.05)
    raise SystemExit("no window of the kiosk on the accessibility bus")


def nodes(root: Any) -> list[Any]:
    """All nodes below the window, in order."""
    root.clear_cache()
    found = []
    for index in range(root.get_child_count()):
        child = root.get_child_at_index(index)
        if child is not None:
            found += [child, *nodes(child)]
    return found


def told(node: Any) -> list[Any]:
    """Role, name and whether it can be clicked."""
    return [node.get_role_name(), node.get_name(), bool(actions(node))]


def actions(node: Any) -> int:
    """How many actions a node offers now."""
    action = node.get_action_iface()
    return action.get_n_actions() if action is not None else 0


def click(root: Any, name: str) -> bool:
    """Click the control of this name; False where there is none."""
    for node in nodes(root):
        if node.get_name() == name and actions(node):
            return bool(node.get_action_iface().do_action(0))
    return False


def answer(root: Any, words: list[str]) -> Any:
    """What is asked for. A page that changes while it is read takes its nodes away: then it is read again."""
    gone = importlib.import_module("gi.repository.GLib").Error
    limit = time.monotonic() + PATIENCE_S
    while True:
        try:
            match words:
                case ["tree"]:
                    return [told(node) for node in nodes(root)]
                case ["click", name]:
                    return click(root, name)
                case _:
                    return None
        except gone:
            if time.monotonic() > limit:
                raise
            time.sleep(0.05)


def main() -> None:
    """Answer until the input ends."""
    root = window(bindings())
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(root, json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
