"""Plays a trace on a wire: says what the device said, each time the driver has said what it said then."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, assert_never

from devices.simulators.wires import LOOK_S, Wire
from devices.trace.entries import Way

if TYPE_CHECKING:
    from devices.simulators.control import Request
    from devices.trace.entries import Entry, Trace

# After a program has opened a port it throws away what it finds there.
SETTLE_S = 0.1


class WatchedWire(Wire, Protocol):
    """A wire that knows of its other end."""

    @property
    def is_taken_up(self) -> bool:
        """Whether somebody is there."""
        ...


class Player:
    """Plays once, on a thread of its own, then stays silent until closed.

    The pauses are those of the trace. Where the driver says something else than it said then, the line of the
    trace is kept and the play goes on; bytes that were hidden are compared by their number alone.
    """

    def __init__(self, wire: WatchedWire, trace: Trace) -> None:
        self._wire, self._entries = wire, trace.entries
        self._heard = bytearray()
        self._played = 0
        self._differing: list[int] = []
        self._over = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._play, name="replay", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the other end is found."""
        return self._wire.address

    def state(self, _: Request | None = None) -> Request:
        """How far it has come; `differs` are lines of the trace."""
        differs = [number + 2 for number in self._differing]  # the head is line 1
        return {"played": self._played, "of": len(self._entries), "differs": differs}

    def await_end(self, patience_s: float) -> bool:
        """Whether all is played by then."""
        return self._done.wait(patience_s)

    def close(self) -> None:
        """Stop, and let go of the wire."""
        self._over.set()
        self._thread.join()
        self._wire.close()

    def _play(self) -> None:
        before_ms = 0
        for number, entry in enumerate(self._entries):
            self._act(number, entry, max(0, entry.at_ms - before_ms) / 1000)
            if self._over.is_set():
                return
            before_ms = entry.at_ms
            self._played = number + 1
        self._done.set()

    def _act(self, number: int, entry: Entry, pause_s: float) -> None:
        match entry.way:
            case Way.OPEN:
                self._await_somebody()
            case Way.OUT:
                self._hear(number, entry)
            case Way.IN:
                self._listen_for(pause_s)
                self._wire.write(entry.data)
            case Way.GONE:
                self._listen_for(pause_s)
                self._wire.vanish()
            case Way.FULL:
                pass
            case _:
                assert_never(entry.way)

    def _await_somebody(self) -> None:
        if not self._wire.is_there:
            self._wire.come_back()
        is_new = False
        while not self._wire.is_taken_up and not self._over.is_set():
            is_new = True
            self._heard += self._wire.read(LOOK_S)
        if is_new:
            self._listen_for(SETTLE_S)

    def _hear(self, number: int, entry: Entry) -> None:
        while len(self._heard) < len(entry.data) and not self._over.is_set():
            self._heard += self._wire.read(LOOK_S)
        said = bytes(self._heard[: len(entry.data)])
        del self._heard[: len(entry.data)]
        if not entry.hidden and said != entry.data:
            self._differing.append(number)

    def _listen_for(self, pause_s: float) -> None:
        """What the driver says meanwhile counts for later."""
        self._over.wait(pause_s)
        self._heard += self._wire.read(0)
