"""The slot of the virtual reader, the card that lies in it, and the faults it was told to have."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from devices.simulators.pcsc.chip import Chip
from devices.simulators.pcsc.faults import FaultList, FaultName, Moment, moment_of
from devices.simulators.pcsc.line import PORT, POWER_OFF, POWER_ON, RESET, TELL_ATR, Line

if TYPE_CHECKING:
    from devices.simulators.pcsc.card import Card

RETRY_S = 0.05
GARBAGE = bytes.fromhex("7EA555AA0013FE")
BITS_PER_BYTE = 12  # of T=0: start, eight data, parity, two of guard time


class Manners(NamedTuple):
    """How quick the card is, and how late its faults."""

    baud: int = 0  # speed between reader and chip; 0 = no delay
    slow_s: float = 0.5
    late_s: float = 2.0


class Slot:
    """Serves one slot of vpcd from the first `lay` to `close`; `log` lists the commands seen, in hex."""

    def __init__(self, manners: Manners | None = None, port: int = PORT) -> None:
        self.manners = manners or Manners()
        self.port = port
        self.log: list[str] = []
        self._faults = FaultList()
        self._lock = threading.Lock()
        self._card: Card | None = None
        self._lying: LyingCard | None = None
        self.cleared = threading.Event()  # set anew at each `clear`; faults that wait look at it

    def lay(self, card: Card) -> None:
        """Lay this card in, in place of any other; CardFileError if its file makes no sense."""
        chip = Chip(card)
        self.lift()
        self._card = card
        self._lying = LyingCard(chip, self)
        self._lying.start()

    def lift(self) -> None:
        """Take the card out, in the middle of whatever it does."""
        if self._lying is not None:
            self._lying.lift()
        self._lying = None
        self._card = None

    def close(self) -> None:
        """As `lift`. Calling it twice is harmless."""
        self.lift()

    def fault(self, name: FaultName, count: int = 1, moment: Moment | None = None) -> None:
        """Let it happen `count` times (-1: until cleared)."""
        with self._lock:
            self._faults.add(name, count, moment)

    def clear(self) -> None:
        """Let nothing go wrong any more; what was withheld is answered now."""
        with self._lock:
            self._faults.clear()
            self.cleared.set()
            self.cleared = threading.Event()

    def take_fault(self, command: bytes) -> tuple[FaultName | None, threading.Event]:
        """The fault that this command meets, and what ends a wait for it."""
        with self._lock:
            self.log.append(command.hex())
            return self._faults.take(moment_of(command)), self.cleared

    def state(self) -> dict[str, Any]:
        """What a bench panel shows; no person."""
        with self._lock:
            lying = self._lying
            return {
                "card": self._card.title if self._card else None,
                "is_connected": lying is not None and lying.is_connected,
                "faults": self._faults.names,
                "commands": len(self.log),
            }


class PoweredChip(Protocol):
    """What answers in a slot."""

    answer_to_reset: bytes

    def reset(self) -> None:
        """Forget what was selected."""
        ...

    def answer(self, command: bytes, fault: FaultName | None = None) -> bytes:
        """The answer to one command."""
        ...


class LyingCard:
    """One card from being laid in to being taken out, on a thread of its own."""

    def __init__(self, chip: PoweredChip, slot: Slot) -> None:
        self._chip = chip
        self._slot = slot
        self._line: Line | None = None
        self._lifted = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="card", daemon=True)
        self._lock = threading.Lock()

    @property
    def is_connected(self) -> bool:
        """True while a reader has it."""
        return self._line is not None

    def start(self) -> None:
        """Lay it in."""
        self._thread.start()

    def lift(self) -> None:
        """Take it out and wait until it is."""
        self._lifted.set()
        with self._lock:
            if self._line is not None:
                self._line.cut()
        self._thread.join()

    def _serve(self) -> None:
        """Until it is taken out; a reader that went away and came back finds it there again."""
        while not self._lifted.is_set():
            try:
                line = Line(self._slot.port)
            except OSError:  # no reader
                self._lifted.wait(RETRY_S)
                continue
            with self._lock:
                self._line = line
                if self._lifted.is_set():
                    line.cut()
            self._chip.reset()
            while payload := line.receive():
                self._obey(payload, line)
            with self._lock:
                self._line = None
            line.close()

    def _obey(self, payload: bytes, line: Line) -> None:
        if payload in {POWER_OFF, POWER_ON, RESET}:
            self._chip.reset()
        elif payload == TELL_ATR:
            line.send(self._chip.answer_to_reset)
        else:
            self._answer(payload, line)

    def _answer(self, command: bytes, line: Line) -> None:
        fault, cleared = self._slot.take_fault(command)
        answer = self._chip.answer(command, fault)
        manners = self._slot.manners
        if manners.baud:
            self._lifted.wait((len(command) + len(answer)) * BITS_PER_BYTE / manners.baud)
        match fault:
            case FaultName.TAKEN_AWAY:
                self._lifted.set()
                line.cut()
            case FaultName.SILENT:
                while not cleared.wait(RETRY_S) and not self._lifted.is_set():
                    pass
            case FaultName.SLOW:
                self._lifted.wait(manners.slow_s)
            case FaultName.LATE_ANSWER:
                self._lifted.wait(manners.late_s)
        line.send(distorted(answer, command, fault))


def distorted(answer: bytes, command: bytes, fault: FaultName | None) -> bytes:
    """What a fault leaves of an answer; never nothing."""
    match fault:
        case FaultName.HALF_ANSWER:
            return answer[: max(1, len(answer) // 2)]
        case FaultName.ONE_BYTE:
            return answer[:1]
        case FaultName.GARBAGE:
            return GARBAGE
        case FaultName.REFUSED:
            return b"\x6f\x00"
        case FaultName.ENDLESS_61:
            return b"\x61\x10"
        case FaultName.ENDLESS_6C:
            return bytes((0x6C, (command[-1] + 1) & 0xFF))
        case _:
            return answer
