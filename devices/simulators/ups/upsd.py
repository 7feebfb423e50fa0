"""upsd as far as a client that lists variables meets it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from devices.simulators.mishaps import Answering
from devices.simulators.wires import Listening

if TYPE_CHECKING:
    from devices.simulators.control import Request
    from devices.simulators.wires import Wire

NAME = "ups"


class UpsSimulator:
    """A UPS and its server on a wire. Thread-safe."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self._error = ""
        self.variables: dict[str, str] = {}
        self.mend()
        self.answering = Answering(wire, lambda answer: answer.replace(b"VAR", b"V@R"))
        self._listening = Listening(wire, self._hear, "upsd")

    @property
    def address(self) -> str:
        """Where it is found."""
        return self._wire.address

    def set(self, variables: dict[str, str]) -> None:
        """Let it say this from now on."""
        with self._lock:
            self.variables |= variables

    def fail(self, word: str) -> None:
        """Let it answer ERR with this word, "" to stop."""
        with self._lock:
            self._error = word

    def mend(self) -> None:
        """Mains power, a full battery."""
        with self._lock:
            self._error = ""
            self.variables = {
                "battery.charge": "100",
                "battery.runtime": "1800",
                "device.model": 'Simulated "UPS" 1000',
                "device.serial": "SIM-UPS-0001",
                "ups.status": "OL",
            }

    def state(self) -> Request:
        """What it says, and what is to go wrong."""
        with self._lock:
            return {"variables": dict(self.variables), "faults": self.answering.mishaps.names}

    def close(self) -> None:
        """Stop."""
        self._listening.close()

    def _hear(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end]).decode("ascii", errors="replace").strip()
            del self._buffer[: end + 1]
            self.answering.send(self._answer(line).encode())

    def _answer(self, line: str) -> str:
        with self._lock:
            if line != f"LIST VAR {NAME}":
                return "ERR UNKNOWN-UPS\n" if line.startswith("LIST VAR ") else "ERR UNKNOWN-COMMAND\n"
            if self._error:
                return f"ERR {self._error}\n"
            rows = [f'VAR {NAME} {name} "{_quoted(value)}"' for name, value in self.variables.items()]
        return "\n".join([f"BEGIN LIST VAR {NAME}", *rows, f"END LIST VAR {NAME}"]) + "\n"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
