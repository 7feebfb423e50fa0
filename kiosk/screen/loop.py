from __future__ import annotations

import logging
import select
from typing import TYPE_CHECKING, Any

import pygame

from kiosk.scene.wire import Painted, Tap
from kiosk.screen.companions import Companions
from kiosk.screen.contacts import Contacts
from kiosk.screen.entry.panel import EntryPanel
from kiosk.screen.focus import Focus
from kiosk.screen.keys import DOUBLE_STRIKE_S, Key, meaning_of
from kiosk.screen.own_scenes import NO_CORE as NO_CORE_PAGE
from kiosk.screen.own_scenes import OWN_SEQ, choose_own_scene, next_change_s

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from kiosk.scene.contract import Scene
    from kiosk.screen.link import Link
    from kiosk.screen.page import Page
    from kiosk.screen.recorder import Recorder
    from kiosk.screen.stage import Stage
    from kiosk.screen.touch import Touch
    from kiosk.screen.window import Window

# On displays that offer no file descriptor the window is asked so often for events.
_ASK_EVERY_S = 0.01
_MAIN_BUTTON = 1
NO_CORE = "SCR-01"  # nobody to talk to for so long that the page says so
OVERFULL = "SCR-03"  # a page holds more than its panel has room for
_log = logging.getLogger(__name__)


class Loop:
    """Waits for the window, the core and the clock at once; paints feedback before anything else."""

    def __init__(
        self, window: Window, stage: Stage, touch: Touch, link: Link, others: Companions | None = None
    ) -> None:
        self._others = others or Companions()
        self._window = window
        self._stage = stage
        self._touch = touch
        self._link = link
        self._shown_own = ""
        self._running = True
        self._focus = Focus()
        self._contacts = Contacts()
        self._entry = EntryPanel(stage, self._others.entry)
        self._struck: Key | str | None = None
        self._struck_at = 0.0
        self._wish = ""  # of whoever plugged a headset in or out, until a page offers it

    def run(self, clock: Callable[[], float], stop: socket.socket, recorder: Recorder | None) -> None:
        """Run until a byte comes on `stop` or the window is closed."""
        self._others.plug()
        while self._running:
            now = clock()
            self._link.open_if_due(now)
            self._show_own_scene(now, recorder)
            # Painting answers to X and so may fetch further events from its socket, which `select` would
            # then oversleep: only an empty answer is the time to wait.
            while events := self._window.events():
                for event in events:
                    self._handle(event, clock())
            readable = self._wait(clock(), stop)
            if stop in readable:
                return
            if self._others.tree is not None and self._others.tree.fd in readable:
                for node in self._others.tree.take():
                    self._activate(node, clock())
            if self._others.headset is not None and self._others.headset.fd in readable:
                self._wish = self._others.hear_jack() or self._wish
                self._grant(clock())
            if self._link.socket in readable:
                for scene in self._link.receive(clock()):
                    self._show(scene, clock, recorder)

    def _wait(self, now: float, stop: socket.socket) -> list[Any]:
        """Sleep until something happens; what can be read then."""
        reading: list[Any] = [stop, *self._others.fds]
        writing: list[Any] = []
        if self._window.event_fd is not None:
            reading.append(self._window.event_fd)
        if self._link.socket is not None:
            reading.append(self._link.socket)
            if self._link.has_outgoing:
                writing.append(self._link.socket)
        readable, writable, _ = select.select(reading, writing, [], self._timeout(now))
        if writable:
            self._link.flush(now)
        return readable

    def _timeout(self, now: float) -> float | None:
        waits: list[float] = []
        if self._window.event_fd is None:
            waits.append(_ASK_EVERY_S)
        if self._link.socket is None:
            waits.append(self._link.next_attempt_s - now)
            change = next_change_s(now - self._link.lost_since_s)
            if change is not None:
                waits.append(change)
        return max(0.0, min(waits)) if waits else None

    def _handle(self, event: pygame.event.Event, now: float) -> None:
        match event.type:
            case pygame.MOUSEBUTTONDOWN if event.button == _MAIN_BUTTON:
                self._press(event.pos, now)
            case pygame.MOUSEMOTION:
                self._touch.move(event.pos)
                self._paint_pressed()
                self._paint_own(self._entry.pen_move(event.pos))
            case pygame.MOUSEBUTTONUP if event.button == _MAIN_BUTTON:
                self._release(event.pos, now)
            case pygame.FINGERDOWN | pygame.FINGERUP:
                self._count_fingers(event, now)
            case pygame.WINDOWEXPOSED:
                self._window.update_all()
            case pygame.QUIT:
                self._running = self._window.is_fullscreen
            case pygame.KEYDOWN if event.key == pygame.K_ESCAPE:
                self._running = self._window.is_fullscreen
            case pygame.KEYDOWN:
                self._strike(meaning_of(event.key, event.mod), now)

    def _press(self, place: tuple[int, int], now: float) -> None:
        if not self._contacts.is_palm(now) and not self._entry.pen_down(place):
            self._touch.press(place, now)
        self._paint_pressed()
        self._others.interrupt()
        self._focus.hide()
        self._paint_focus()

    def _count_fingers(self, event: pygame.event.Event, now: float) -> None:
        """A palm lets go of what was pressed or is being drawn."""
        finger = (event.touch_id, event.finger_id)
        if event.type == pygame.FINGERUP:
            self._contacts.lift(finger)
        elif self._contacts.land(finger, now):
            self._touch.cancel()
            self._paint_pressed()
            self._paint_own(self._entry.pen_cancel())

    def _release(self, place: tuple[int, int], now: float) -> None:
        if self._entry.pen_up():
            self._answer_key(now)
        activated = self._touch.release(place, now)
        if activated:
            self._activate(activated, now)
        self._paint_pressed()

    def _strike(self, key: Key | str | None, now: float) -> None:
        """A key of the pads; one that acts, and comes again so soon, is the same stroke."""
        is_again = key == self._struck and now - self._struck_at < DOUBLE_STRIKE_S
        if key is None or (is_again and key not in {Key.NEXT, Key.PREVIOUS}):
            return
        self._struck, self._struck_at = key, now
        self._others.interrupt()
        match key:
            case Key.NEXT | Key.PREVIOUS:
                self._focus.move(1 if key is Key.NEXT else -1)
                self._paint_focus()
                self._others.tell(self._focus.node)
            case Key.SELECT:
                self._activate(self._focus.node, now)
            case Key.BACK:
                self._activate(self._focus.way_back(), now)
            case Key.SPEECH:
                self._activate(self._focus.switch("speech"), now)
            case Key.REPEAT | Key.WHERE | Key.LOUDER:
                self._others.answer(key, self._focus.node)
            case _:
                self._activate(self._focus.digit(key), now)

    def _paint_focus(self) -> None:
        areas = self._stage.focus(self._focus.node)
        if areas:
            self._window.update(areas)

    def _answer_key(self, now: float) -> None:
        """A key of the entry, or a stroke: shown at once, and told to the core."""
        page = self._entry.again()
        if page is not None:
            self._touch.replace(page)
            self._focus.show(page)
            self._paint_own(page)
            self._others.show_keys(self._entry.scene, page)
        self._tell_typed(now)

    def _tell_typed(self, now: float) -> None:
        typed = self._entry.typed()
        if typed is not None:
            self._link.send(typed, now)

    def _paint_own(self, page: Page | None) -> None:
        if page is not None:
            self._window.update(self._stage.show(page, self._touch.pressed, self._focus.node))

    def _activate(self, node: str, now: float) -> None:
        if self._entry.touch(node):
            self._answer_key(now)
            return
        page = self._stage.page
        if node and page is not None and page.seq != OWN_SEQ:
            self._link.send(Tap(page.seq, node), now)

    def _grant(self, now: float) -> None:
        """A dialog hides the control: the wish waits for the first page that has one, and no longer."""
        if self._wish and self._focus.switch("speech"):
            node, self._wish = self._focus.wish(self._wish), ""
            self._activate(node, now)

    def _paint_pressed(self) -> None:
        areas = self._stage.press(self._touch.pressed)
        if areas:
            self._window.update(areas)

    def _show_own_scene(self, now: float, recorder: Recorder | None) -> None:
        if self._link.socket is not None:
            return
        scene = choose_own_scene(now - self._link.lost_since_s)
        if scene is not None and scene.name != self._shown_own:
            if scene is NO_CORE_PAGE:
                _log.error("%s no_core since_s=%d", NO_CORE, now - self._link.lost_since_s)
            self._paint(scene, now, recorder)
            self._shown_own = scene.name

    def _show(self, scene: Scene, clock: Callable[[], float], recorder: Recorder | None) -> None:
        self._paint(scene, clock(), recorder)
        self._shown_own = ""
        self._link.answered()
        self._link.send(Painted(scene.seq), clock())
        self._grant(clock())
        self._tell_typed(clock())

    def _paint(self, scene: Scene, now: float, recorder: Recorder | None) -> None:
        page = self._entry.compose(scene)
        if page.overfull:
            _log.error("%s page_overfull scene=%s nodes=%s", OVERFULL, page.name, ",".join(page.overfull))
        self._touch.show(page, now)
        self._focus.show(page)
        self._window.update(self._stage.show(page, self._touch.pressed, self._focus.node))
        self._others.show(scene, self._entry.scene, page)
        if recorder:
            recorder.save(self._window.surface, page)
