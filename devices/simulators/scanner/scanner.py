"""A scanner that says what is held under it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.simulators.mishaps import Answering

if TYPE_CHECKING:
    from devices.simulators.control import Request
    from devices.simulators.wires import Wire


class ScannerSimulator:
    """A scanner on a wire. Thread-safe as far as its wire is."""

    def __init__(self, wire: Wire, end: bytes) -> None:
        self._wire, self._end = wire, end
        # No scanner adds a checksum: a spoilt code is one with a byte that no text holds.
        self._answering = Answering(wire, lambda code: b"\x01\x02" + code[1:])

    @property
    def address(self) -> str:
        """Where it is found."""
        return self._wire.address

    @property
    def faults(self) -> list[str]:
        """What is still to happen."""
        return self._answering.mishaps.names

    def scan(self, code: bytes) -> None:
        """A code is held under it."""
        self._answering.send(code + self._end)

    def fault(self, request: Request) -> None:
        """Let the next codes go wrong. Raises OrderError."""
        self._answering.order(request)

    def clear(self) -> None:
        """Mend everything."""
        self._answering.clear()

    def close(self) -> None:
        """Let go of the wire."""
        self._wire.close()
