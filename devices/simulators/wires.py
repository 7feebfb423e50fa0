"""The wires that simulated devices hang on: a pseudo-terminal with a link, or one TCP port on loopback."""

from __future__ import annotations

import select
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from devices.simulators.idcard.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOK_S = 0.02
_READ_SIZE = 4096
_TAKES_NOTHING_S = 1.0  # then what is left is lost, as on a real line


def _wait_for_any(ends: list[int], patience_s: float) -> None:
    """Until something can be read from one of them, or one is closed meanwhile."""
    if not ends:
        time.sleep(patience_s)
        return
    with suppress(OSError, ValueError):
        select.select(ends, [], [], patience_s)


class Wire(Protocol):
    """One end of a wire. Thread-safe."""

    @property
    def address(self) -> str:
        """Where the other end is found."""
        ...

    @property
    def is_there(self) -> bool:
        """Whether the cable is in."""
        ...

    def read(self, patience_s: float) -> bytes:
        """What came in; nothing after so long, or while nobody is there."""
        ...

    def write(self, data: bytes) -> None:
        """Send; what the other end does not take is lost."""
        ...

    def vanish(self) -> None:
        """The cable is pulled."""
        ...

    def come_back(self) -> None:
        """The cable is in again; a terminal is another node then, behind the same link."""
        ...

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        ...


class TerminalWire:
    """A device node behind a link, as udev would make it."""

    def __init__(self, link: Path) -> None:
        self._link = link.absolute()
        self._lock = threading.RLock()
        self._terminal: Terminal | None = None
        self.come_back()

    @property
    def address(self) -> str:
        """Where the other end is found."""
        return f"serial://{self._link}"

    @property
    def is_there(self) -> bool:
        """Whether the cable is in."""
        with self._lock:
            return self._terminal is not None

    @property
    def is_taken_up(self) -> bool:
        """Whether a program has opened this node."""
        with self._lock:
            return self._terminal is not None and self._terminal.is_taken_up

    def read(self, patience_s: float) -> bytes:
        """What came in; nothing after so long."""
        with self._lock:
            ends = [self._terminal.master] if self._terminal is not None else []
        _wait_for_any(ends, min(patience_s, LOOK_S))
        with self._lock:
            return self._terminal.read() if self._terminal is not None else b""

    def write(self, data: bytes) -> None:
        """Send; what the other end does not take is lost."""
        with self._lock:
            if self._terminal is not None:
                self._terminal.write(data)

    def vanish(self) -> None:
        """The cable is pulled."""
        with self._lock:
            terminal, self._terminal = self._terminal, None
            if terminal is not None:
                terminal.close()

    def come_back(self) -> None:
        """The cable is in again, as another node."""
        with self._lock:
            old, self._terminal = self._terminal, Terminal(self._link)
            self._terminal.link_up()
            if old is not None:
                old.close()  # not before, or the new node would get the name of the old one

    def close(self) -> None:
        """Let go."""
        self.vanish()


class TcpWire:
    """A TCP port on loopback with one caller at a time; the newest caller wins."""

    def __init__(self, scheme: str, port: int = 0, path: str = "") -> None:
        self._scheme, self._path = scheme, path
        self._lock = threading.RLock()
        self._caller: socket.socket | None = None
        self._listener: socket.socket | None = None
        self._port = port
        self.come_back()

    @property
    def address(self) -> str:
        """Where the other end is found."""
        return f"{self._scheme}://127.0.0.1:{self._port}{self._path}"

    @property
    def is_there(self) -> bool:
        """Whether the port takes calls."""
        with self._lock:
            return self._listener is not None

    @property
    def is_taken_up(self) -> bool:
        """Whether a caller is there; they are let in by `read`."""
        with self._lock:
            return self._caller is not None

    def read(self, patience_s: float) -> bytes:
        """What came in; nothing after so long."""
        with self._lock:
            ends = [end.fileno() for end in (self._listener, self._caller) if end is not None]
        _wait_for_any(ends, min(patience_s, LOOK_S))
        with self._lock:
            self._accept()
            return self._receive()

    def write(self, data: bytes) -> None:
        """Send; a caller that is gone hears nothing."""
        with self._lock, suppress(OSError):
            if self._caller is not None:
                self._caller.settimeout(_TAKES_NOTHING_S)
                self._caller.sendall(data)

    def hang_up(self) -> None:
        """End the call; the port stays open."""
        with self._lock:
            caller, self._caller = self._caller, None
            if caller is not None:
                caller.close()

    def vanish(self) -> None:
        """Nobody is reached at this port any more."""
        with self._lock:
            self.hang_up()
            listener, self._listener = self._listener, None
            if listener is not None:
                listener.close()

    def come_back(self) -> None:
        """Hang up, and take calls at the same port."""
        with self._lock:
            self.hang_up()
            if self._listener is None:
                self._listener = socket.create_server(("127.0.0.1", self._port))
                self._listener.setblocking(False)
                self._port = self._listener.getsockname()[1]

    def close(self) -> None:
        """Let go."""
        self.vanish()

    def _accept(self) -> None:
        if self._listener is None:
            return
        with suppress(BlockingIOError):
            caller, _ = self._listener.accept()
            self.hang_up()
            caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._caller = caller

    def _receive(self) -> bytes:
        if self._caller is None or not select.select([self._caller], [], [], 0)[0]:
            return b""
        with suppress(OSError):
            if data := self._caller.recv(_READ_SIZE):
                return data
        self.hang_up()
        return b""


class Listening:
    """A thread that hands whatever comes in to `hear`, until closed."""

    def __init__(self, wire: Wire, hear: Callable[[bytes], None], name: str) -> None:
        self._wire, self._hear = wire, hear
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, and let go of the wire."""
        self._over.set()
        self._thread.join()
        self._wire.close()

    def _run(self) -> None:
        while not self._over.is_set():
            if data := self._wire.read(LOOK_S):
                self._hear(data)
