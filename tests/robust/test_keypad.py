"""Without touch, on the real screen: from card to paper, and to the desk of staff, by the pads alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.screen.focus import Focus, in_order
from kiosk.screen.stage import Stage
from kiosk.staff_file import put_account
from tests.bench.rig import HEIGHT_PX, WIDTH_PX, running_rig
from tests.journeys.hall import STAFF_BADGE, STAFF_PIN
from tests.robust.x_display import XDisplay
from tests.screen.gallery import PORTRAIT, panel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from tests.bench.rig import Rig
    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("keypad")]
_PATIENCE_S = 20.0
_STROKE_S = 0.3  # the same key again, sooner, is the same stroke
_QUICKEST_S = 0.05  # within 2 ms X takes a second stroke for a key that is held down


class Keypad:
    """Five keys, and eyes that see where the ring stands."""

    def __init__(self, rig: Rig, keys: XDisplay, fonts: Path) -> None:
        self._rig, self._keys = rig, keys
        pygame.font.init()
        self._stage = Stage(pygame.Surface((WIDTH_PX, HEIGHT_PX)), panel(PORTRAIT, fonts))
        self._ring = Focus()
        self._offered: dict[str, str] = {}  # action -> id of what can be reached on the page
        self._struck_at = 0.0

    def see(self, *names: str) -> Scene:
        """The page of one of these names, once it stands on the screen."""
        seen = self._rig.wire.await_painted(*names)
        for passed in self._rig.wire.take():
            page = self._stage.compose(passed.scene)
            self._ring.show(page)
            self._offered = {each.action: each.id for each in in_order(page)}
            if passed.scene.seq == seen.scene.seq:
                return passed.scene
        raise AssertionError(f"{names} passed by")

    def choose(self, action: str) -> None:
        """Lead the ring to the control with this action, and press the key of the middle."""
        wanted = self._offered[action]
        for _ in range(2 * len(self._offered)):
            if self._ring.node == wanted:
                break
            self._ring.move(1)
            self.strike("Down")
        assert self._ring.node == wanted
        self.strike("Return")

    def type_in(self, digits: str, page: str) -> None:
        """Type these on the pad of numbers; each is seen on this page before the next."""
        for digit in digits:
            self.strike(f"KP_{digit}")
            self.see(page)

    def strike(self, key: str) -> None:
        """One stroke; nobody strikes twice at once, and least of all a key that acts."""
        pause_s = _QUICKEST_S if key == "Down" else _STROKE_S
        time.sleep(max(0.0, self._struck_at + pause_s - time.monotonic()))
        self._struck_at = time.monotonic()
        for down in (True, False):
            self._keys.key(key, down=down)
        self._keys.flush()


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory, town: Dataset) -> Iterator[Rig]:
    folder = tmp_path_factory.mktemp("keypad")
    staff = folder / "staff.toml"
    put_account(staff, STAFF_BADGE, "值班员", STAFF_PIN)
    with running_rig(folder / "rig", town.copy_to(folder / "town"), fullscreen=True, staff=staff) as running:
        _await_content(running)
        yield running


def _await_content(rig: Rig) -> None:
    """News that come while somebody walks the ring put one more stop into it, or a notice in front."""
    log, end = rig.appliance.logs / "core.log", time.monotonic() + _PATIENCE_S
    while "content_arrived" not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "no content came"
        time.sleep(_QUICKEST_S)


@pytest.fixture(scope="module")
def keypad(rig: Rig, fonts: Path) -> Iterator[Keypad]:
    """One for all: it knows where the ring of the screen stands."""
    with XDisplay(rig.appliance.plan.display) as keys:
        yield Keypad(rig, keys, fonts)


def test_staff_come_to_their_desk_with_the_pad_of_numbers(rig: Rig, keypad: Keypad) -> None:
    keypad.see("attract")
    keypad.choose("start")
    keypad.see("home")
    keypad.choose("staff")
    keypad.see("staff_door")
    keypad.type_in(STAFF_BADGE, "staff_door")
    keypad.choose("enter")
    keypad.see("staff_door")
    keypad.type_in(STAFF_PIN, "staff_door")
    keypad.choose("enter")
    keypad.see("staff_desk")
    keypad.choose("finish")  # the next test sees the first page again

    log = (rig.appliance.logs / "core.log").read_text(encoding="utf-8")
    assert STAFF_PIN not in log


def test_a_tenant_gets_a_certificate_without_touching_the_screen(rig: Rig, keypad: Keypad) -> None:
    keypad.see("attract")
    rig.appliance.lay("tenant")
    keypad.see("who_you_are")
    keypad.choose("confirm")
    keypad.see("services")
    keypad.choose("service:residence")
    keypad.see("purpose")
    keypad.choose("purpose:school")
    keypad.see("preview")
    keypad.choose("print")
    keypad.see("take_paper")
    rig.appliance.collect()
    rig.appliance.lift()

    assert len(rig.appliance.papers()) == 1
