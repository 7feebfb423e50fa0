"""A resident in front of the kiosk: sees scenes and touches them, over the screen's own socket."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

from kiosk.scene import wire
from kiosk.scene.nodes import walk

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Node, Scene

PATIENCE_S = 15.0


class Visitor:
    """Stands where the screen stands. Every scene that was shown is kept in `seen`."""

    def __init__(self, path: Path) -> None:
        self.seen: list[Scene] = []
        self._changed = threading.Condition()
        self._socket = self._connect(path)
        self._send(wire.Hello(1080, 1920))
        self._thread = threading.Thread(target=self._watch, name="visitor", daemon=True)
        self._thread.start()

    @property
    def scene(self) -> Scene:
        """The present scene."""
        return self.seen[-1]

    def await_scene(self, *names: str, after: int = -1, patience_s: float = PATIENCE_S) -> Scene:
        """Wait until the present scene is one of `names` and newer than seq `after`."""
        end = time.monotonic() + patience_s
        with self._changed:
            while not (self.seen and self.scene.name in names and self.scene.seq > after):
                left = end - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    shown = [scene.name for scene in self.seen[-12:]]
                    raise AssertionError(f"waited for {names}, the kiosk showed {shown}")
            return self.scene

    def touch(self, action: str) -> None:
        """Touch the enabled control with this action on the present scene."""
        scene = self.scene
        node = next((n for n in walk(scene.nodes) if n.action == action and n.enabled), None)
        if node is None:
            offered = [(n.action, n.enabled) for n in walk(scene.nodes) if n.action]
            raise AssertionError(f"{scene.name} offers no {action}: {offered}")
        self._send(wire.Tap(scene.seq, node.id))

    def controls(self) -> tuple[Node, ...]:
        """The nodes of the present scene that can be touched."""
        return tuple(node for node in walk(self.scene.nodes) if node.action)

    def await_change(self, after: int, patience_s: float) -> None:
        """Wait for any scene newer than seq `after`, but no longer than `patience_s`."""
        with self._changed:
            self._changed.wait_for(lambda: self.scene.seq > after, patience_s)

    def touch_and_await(self, action: str, *names: str) -> Scene:
        """Touch, and wait for the scene that follows."""
        before = self.scene.seq
        self.touch(action)
        return self.await_scene(*names, after=before)

    def leave(self) -> None:
        """Close the connection; may be called twice."""
        if self._socket.fileno() < 0:
            return
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _send(self, message: wire.ScreenMessage) -> None:
        self._socket.sendall(wire.frame(wire.encode_message(message)))

    def _watch(self) -> None:
        reader = wire.FrameReader()
        try:
            while data := self._socket.recv(65536):
                for payload in reader.feed(data):
                    scene = wire.decode_scene(payload)
                    with self._changed:
                        self.seen.append(scene)
                        self._changed.notify_all()
        except OSError:
            return  # the core was killed or the visitor leaves: both end the watch

    @staticmethod
    def _connect(path: Path) -> socket.socket:
        end = time.monotonic() + PATIENCE_S
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(str(path))
            except OSError:
                connection.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)  # the core is starting; it has no other sign than its socket
            else:
                return connection


def texts(scene: Scene) -> tuple[str, ...]:
    """All words of a scene that do not come from the catalogue."""
    found = [text for node in walk(scene.nodes) for text in (node.label, node.detail) if text]
    words = []
    while found:
        text = found.pop()
        words.append(text.literal)
        words += [value for _, value in text.values if isinstance(value, str)]
        found += [value for _, value in text.values if not isinstance(value, str)]
    return tuple(words)


def keys(scene: Scene) -> set[str]:
    """All catalogue keys that a scene shows, those inside values too."""
    texts = [text for node in walk(scene.nodes) for text in (node.label, node.detail) if text]
    found = set()
    while texts:
        text = texts.pop()
        found.add(text.key)
        texts.extend(value for _, value in text.values if not isinstance(value, str))
    return found
