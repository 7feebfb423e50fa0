"""The whole kiosk in the night that its settings name."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.parts import CHINA
from kiosk.scene.contract import Theme
from tests.journeys.line import Line
from tests.journeys.visitor import Visitor
from tools.desk.appliance import Appliance, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-night")]


def test_at_night_it_is_dark_until_a_touch_or_a_card(town: Dataset, tmp_path: Path) -> None:
    hour = datetime.now(CHINA).hour
    night: dict[str, object] = {"dark_from_hour": hour, "dark_until_hour": (hour + 2) % 24}
    with closing(Line()) as line:  # of a platform without an address: no urgent news light it
        settings: dict[str, dict[str, object]] = {"platform": {"url": line.url}, "times": night}
        plan = Plan(tmp_path / "night", town.copy_to(tmp_path / "town"), settings=settings)
        with Appliance(plan) as appliance:
            visitor = Visitor(appliance.screen_socket)
            try:
                dark = visitor.await_scene("dark")
                lit = visitor.touch_and_await("light", "home")
                appliance.lay("tenant")
                begun = visitor.await_scene("looking_up", after=lit.seq)
            finally:
                visitor.leave()

    assert dark.theme is Theme.CONTRAST_DARK
    assert (lit.theme, begun.theme) == (Theme.STANDARD, Theme.STANDARD)
