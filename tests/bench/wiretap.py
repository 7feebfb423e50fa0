"""Sits on the wire between core and screen: notes when what passed, and touches in the screen's name."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.scene.nodes import walk
from kiosk.scene.wire import FrameReader, Painted, Tap, decode_message, decode_scene, encode_message, frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.scene.contract import Scene

PATIENCE_S = 20.0
CHUNK = 65_536


class WiretapError(Exception):
    """What was waited for did not pass."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One scene: when the core sent it, and when it stood on the screen; monotonic seconds."""

    scene: Scene
    sent_s: float
    painted_s: float | None = None


class Wiretap:
    """Listens at `near` for a screen and passes everything on to the core at `far`, both ways."""

    def __init__(self, near: Path, far: Path) -> None:
        self._far = far
        self._passed: list[Passed] = []
        self._newest: Scene | None = None  # which `forget` leaves alone
        self._changed = threading.Condition()
        self._core: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket(socket.AF_UNIX)
        near.unlink(missing_ok=True)
        self._listener.bind(str(near))
        self._listener.listen()
        self._run(self._accept)

    def forget(self) -> None:
        """Begin a new account."""
        with self._changed:
            self._passed.clear()

    def take(self) -> tuple[Passed, ...]:
        """What has passed since the last time, oldest first; it is forgotten here."""
        with self._changed:
            passed = tuple(self._passed)
            self._passed.clear()
        return passed

    def await_painted(self, *names: str) -> Passed:
        """Wait until a scene of one of these names, or of any, and not forgotten, is painted."""
        return self._await(
            lambda each: (not names or each.scene.name in names) and each.painted_s is not None, names
        )

    def await_sent(self, *names: str) -> Passed:
        """Wait until a scene of one of these names, not forgotten, passes."""
        return self._await(lambda each: each.scene.name in names, names)

    def touch(self, action: str) -> float:
        """Touch the control with this action on the newest scene; the moment of the touch."""
        with self._changed:
            scene = self._newest
        if scene is None:
            raise WiretapError("no scene has passed yet")
        node = next((node for node in walk(scene.nodes) if node.action == action and node.enabled), None)
        if node is None or self._core is None:
            raise WiretapError(f"{scene.name} offers no {action}")
        moment = time.monotonic()
        self._core.sendall(frame(encode_message(Tap(scene.seq, node.id))))
        return moment

    def close(self) -> None:
        """Stop listening and hang up."""
        for end in (self._listener, self._core):
            if end:
                _hang_up(end)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _await(self, is_it: Callable[[Passed], bool], names: tuple[str, ...]) -> Passed:
        end = time.monotonic() + PATIENCE_S
        with self._changed:
            while True:
                found = next((each for each in self._passed if is_it(each)), None)
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    shown = [each.scene.name for each in self._passed]
                    raise WiretapError(f"waited for {' or '.join(names)}, saw {shown}")

    def _run(self, work: Callable[..., None], *what: socket.socket) -> None:
        thread = threading.Thread(target=work, args=what, name="wiretap", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                screen, _ = self._listener.accept()
            except OSError:  # closed
                return
            core = socket.socket(socket.AF_UNIX)
            try:
                core.connect(str(self._far))
            except OSError:  # not there yet: the screen will try again
                core.close()
                screen.close()
                continue
            self._core = core
            self._run(self._carry, screen, core)

    def _carry(self, screen: socket.socket, core: socket.socket) -> None:
        back = threading.Thread(target=self._to_core, args=(screen, core), name="wiretap-back", daemon=True)
        back.start()
        self._to_screen(core, screen)
        back.join()
        self._core = None
        screen.close()
        core.close()

    def _to_screen(self, core: socket.socket, screen: socket.socket) -> None:
        reader = FrameReader()
        with suppress(OSError):  # either side has ended
            while data := core.recv(CHUNK):
                arrived = time.monotonic()
                screen.sendall(data)
                for payload in reader.feed(data):
                    self._note(Passed(decode_scene(payload), arrived))
        _hang_up(screen)

    def _to_core(self, screen: socket.socket, core: socket.socket) -> None:
        reader = FrameReader()
        with suppress(OSError):  # either side has ended
            while data := screen.recv(CHUNK):
                arrived = time.monotonic()
                core.sendall(data)
                for payload in reader.feed(data):
                    message = decode_message(payload)
                    if isinstance(message, Painted):
                        self._note_painted(message.seq, arrived)
        _hang_up(core)

    def _note(self, passed: Passed) -> None:
        with self._changed:
            self._passed.append(passed)
            self._newest = passed.scene
            self._changed.notify_all()

    def _note_painted(self, seq: int, moment: float) -> None:
        with self._changed:
            for place, each in enumerate(self._passed):
                if each.scene.seq == seq and each.painted_s is None:
                    self._passed[place] = Passed(each.scene, each.sent_s, moment)
            self._changed.notify_all()


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # already gone
        end.shutdown(socket.SHUT_RDWR)
