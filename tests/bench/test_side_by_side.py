"""What stands beside each other is the same page, and the table says how many times ours a rival takes."""

from __future__ import annotations

import re

from kiosk.scene.contract import Role
from tests.bench.contenders import RIVALS, seven_choices
from tests.bench.figures import Figure
from tests.bench.side_by_side import KINDS, side_by_side


def test_all_three_show_the_same_words() -> None:
    by_role = {node.role: node for node in seven_choices().nodes}
    choices = {node.label.literal for node in by_role[Role.CONTENT].children if node.label}
    html = (RIVALS / "page.html").read_text(encoding="utf-8")
    gtk = (RIVALS / "gtk_page.py").read_text(encoding="utf-8")

    words = re.findall(r"<(?:h1|p|button)[^>]*>([^<]+)<", html)

    assert len(choices) == 7
    assert set(words[2:9]) == choices
    assert [word for word in words if f'"{word}"' not in gtk] == []


def test_a_rival_that_takes_twice_as_long_is_called_twice_ours() -> None:
    ours = {kind: Figure(kind, 2.0, unit, 1) for kind, (unit, _) in KINDS.items()}
    rival = {kind: Figure(kind, 4.0, unit, 1) for kind, (unit, _) in KINDS.items()}
    idle = {kind: Figure(kind, 0.0, unit, 1) for kind, (unit, _) in KINDS.items()}

    lines = side_by_side({"kiosk": ours, "rival": rival}).splitlines()[1:]

    assert all("(2.0 x)" in line for line in lines)
    assert "( - )" in side_by_side({"kiosk": idle, "rival": rival})
