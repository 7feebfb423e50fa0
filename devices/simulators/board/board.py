"""An I/O board that answers every question of devices/board/PROTOCOL.md."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from devices.board.frames import LineDecoder, Reply, encode
from devices.simulators.mishaps import Answering
from devices.simulators.wires import Listening

if TYPE_CHECKING:
    from devices.simulators.control import Request
    from devices.simulators.wires import Wire

SERIAL, FIRMWARE = "SIM-BRD-0001", "1.0"


class BoardSimulator:
    """A board on a wire. Thread-safe."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._lock = threading.Lock()
        self._decoder = LineDecoder()
        self.door_open = False
        self.tampered = False
        self.lights = 0
        self.answering = Answering(wire, lambda answer: answer[:-4] + b"00\r\n")
        self._listening = Listening(wire, self._hear, "board")

    @property
    def address(self) -> str:
        """Where it is found."""
        return self._wire.address

    def close(self) -> None:
        """Stop."""
        self._listening.close()

    def state(self) -> Request:
        """Door, tamper contact, lights, faults."""
        return {
            "door": self.door_open,
            "tamper": self.tampered,
            "lights": self.lights,
            "faults": self.answering.mishaps.names,
        }

    def _hear(self, data: bytes) -> None:
        for question in self._decoder.feed(data):
            with self._lock:
                body = self._answer(question)
            self.answering.send(encode(question.sequence, body))

    def _answer(self, question: Reply) -> str:
        match question.words:
            case ("IDENT",):
                return f"OK serial={SERIAL} firmware={FIRMWARE}"
            case ("STATE",):
                return self._facts()
            case ("LIGHTS", mask):
                try:
                    self.lights = int(mask, 16) & 0x0F
                except ValueError:
                    return "ERR ARGUMENT"
                return self._facts()
            case _:
                return "ERR COMMAND"

    def _facts(self) -> str:
        return f"OK door={self.door_open:d} tamper={self.tampered:d} lights={self.lights:02X}"
