"""The voice of the kiosk: says utterances one after the other on a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.scene.contract import Text
from kiosk.voice.bank import Bank
from kiosk.voice.contract import Utterance
from kiosk.voice.live_engine import NoReader, find_reader
from kiosk.voice.mixer import MixerSink
from kiosk.voice.prompts import Recorded, pieces_of
from kiosk.voice.sinks import SilentSink

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.scene.contract import Language
    from kiosk.voice.live_engine import Reader
    from kiosk.voice.prompts import Piece
    from kiosk.voice.sinks import AudioSink

# 6 dB apart; the first is for everybody, and 18 dB louder is possible (EN 301 549, 5.1.3.12 and 13).
VOLUMES = (0.125, 0.25, 0.5, 1.0)
_PAUSE_S = 0.25  # between two utterances
_REST_AFTER_S = 3.0
_REMEMBERED = 2000  # entries of the log
_ON_SCREEN = Text("voice.private")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, without what it told of a person: `prompt` is "live" or "private" for that."""

    node: str
    prompt: str


@dataclass(frozen=True, slots=True)
class _Order:
    utterances: tuple[Utterance, ...]
    language: Language
    number: int


class Speaker:
    """One voice; `say` never waits. What is private sounds only while the headset is plugged in."""

    def __init__(self, bank: Bank, sink: AudioSink, reader: Reader | None = None) -> None:
        self._bank = bank
        self._sink = sink
        self._reader: Reader = reader or NoReader()
        self._changed = threading.Condition()
        self._order: _Order | None = None
        self._number = 0  # of the latest order or interruption; whatever has another is over
        self._is_busy = False
        self._is_closed = False
        self._headset = False
        self._forget = False
        self._volume = 0
        self._spoken: deque[Spoken] = deque(maxlen=_REMEMBERED)
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """The latest that was said, the oldest first."""
        with self._changed:
            return tuple(self._spoken)

    def say(self, utterances: Sequence[Utterance], language: Language) -> None:
        """As the contract says."""
        with self._changed:
            self._interrupt()
            self._order = _Order(tuple(utterances), language, self._number)

    def stop(self) -> None:
        """As the contract says."""
        with self._changed:
            self._interrupt()

    def louder(self) -> None:
        """As the contract says; the next piece is louder."""
        with self._changed:
            self._volume = (self._volume + 1) % len(VOLUMES)

    def reset(self) -> None:
        """As the contract says; what was said is forgotten."""
        with self._changed:
            self._interrupt()
            self._volume = 0
            self._forget = True
            self._spoken.clear()

    def plug(self, *, headset: bool) -> None:
        """As the contract says; pulled out, it is silent at once."""
        with self._changed:
            self._headset = headset
            if not headset:
                self._interrupt()

    def wait_until_quiet(self, seconds: float) -> bool:
        """Whether everything was said within this time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._order is None and not self._is_busy, seconds)

    def close(self) -> None:
        """Silent for good."""
        with self._changed:
            self._interrupt()
            self._is_closed = True
        self._thread.join()

    def _interrupt(self) -> None:
        """Called with the lock held."""
        self._number += 1
        self._order = None
        self._sink.stop()
        self._changed.notify_all()

    def _work(self) -> None:
        while (order := self._next_order()) is not None:
            self._say_all(order)
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()
        self._sink.rest()
        self._reader.forget()

    def _next_order(self) -> _Order | None:
        """Waits for it; none when closed. After a while without one the sink rests."""
        patience: float | None = _REST_AFTER_S
        with self._changed:
            while not self._is_closed:
                if not self._changed.wait_for(self._has_something, patience):
                    self._sink.rest()
                    patience = None
                if self._forget:
                    self._forget = False
                    self._reader.forget()
                if self._order is not None:
                    order, self._order, self._is_busy = self._order, None, True
                    return order
        return None

    def _has_something(self) -> bool:
        return self._is_closed or self._forget or self._order is not None

    def _say_all(self, order: _Order) -> None:
        has_warned = False
        for utterance in order.utterances:
            if utterance.private and not self._headset:
                if has_warned:
                    continue
                has_warned = True
                said = self._say_one(Utterance(utterance.node, (_ON_SCREEN,)), order)
            else:
                said = self._say_one(utterance, order)
            if not said:
                return

    def _say_one(self, utterance: Utterance, order: _Order) -> bool:
        """Whether it was said to its end, or what the headset no longer hears was left out."""
        seconds = 0.0
        for text in utterance.texts:
            for piece in pieces_of(text, order.language):
                sound = self._sound_of(piece, order)
                seconds = self._play(sound, Spoken(utterance.node, _name(piece, utterance)), utterance, order)
                if not self._wait(seconds, order):
                    return False
        return self._wait(_PAUSE_S if seconds else 0.0, order)

    def _sound_of(self, piece: Piece, order: _Order) -> bytes:
        """The recording; where there is none, the words by the engine of this machine."""
        recorded = self._bank.find(piece.words, order.language) if isinstance(piece, Recorded) else b""
        return recorded or self._reader.render(
            piece.words, order.language, lambda: self._number == order.number
        )

    def _play(self, sound: bytes, spoken: Spoken, utterance: Utterance, order: _Order) -> float:
        with self._changed:
            if self._number != order.number or (utterance.private and not self._headset):
                return 0.0
            self._spoken.append(spoken)
            return self._sink.play(sound, VOLUMES[self._volume]) if sound else 0.0

    def _wait(self, seconds: float, order: _Order) -> bool:
        with self._changed:
            until = time.monotonic() + seconds
            while self._number == order.number and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._number == order.number


def make_voice(folder: Path, *, audio: bool) -> Speaker:
    """The voice of this machine, with the prompts of a folder; without `audio` it only remembers."""
    if audio:
        return Speaker(Bank(folder), MixerSink(), find_reader())
    return Speaker(Bank(folder), SilentSink())


def _name(piece: Piece, utterance: Utterance) -> str:
    """What the log may tell: of a person's data, only that something was said."""
    if not isinstance(piece, Recorded):
        return "private" if utterance.private else "live"
    return "private" if utterance.private and piece.is_value else piece.id
