"""The program that says what nobody could record, as the speaker asks it."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.scene.contract import Language

_DEADLINE_S = 4.0
_LOOK_EVERY_S = 0.02  # how soon it is seen that nobody waits any more
_CHUNK = 65536


class Reader(Protocol):
    """Says words of its own."""

    def render(self, words: str, language: Language, is_wanted: Callable[[], bool]) -> bytes:
        """A WAV file; empty where it cannot be had in time, or is wanted no more."""
        ...

    def forget(self) -> None:
        """The person has left: nothing of what was said is kept."""
        ...


class NoReader:
    """A machine without an engine: what is not recorded is left out."""

    def render(self, words: str, language: Language, is_wanted: Callable[[], bool]) -> bytes:  # noqa: ARG002 the contract's
        """Nothing."""
        return b""

    def forget(self) -> None:
        """Nothing was kept."""


class LiveReader:
    """Keeps one process of `kiosk.voice.live` from the first wish to the end of the session."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "kiosk.voice.live")) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0
        self._received = b""

    def render(self, words: str, language: Language, is_wanted: Callable[[], bool]) -> bytes:
        """As the contract says."""
        self._number += 1
        wish = {"number": self._number, "language": language.value, "words": words}
        try:
            process = self._process or self._start()
            assert process.stdin is not None  # noqa: S101 both are pipes
            process.stdin.write(json.dumps(wish).encode() + b"\n")
            process.stdin.flush()
            return self._answer(process, is_wanted)
        except OSError:
            self.forget()
            return b""

    def forget(self) -> None:
        """The process ends, and its memory with it."""
        process, self._process, self._received = self._process, None, b""
        if process is not None:
            process.kill()
            process.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 a program of ours
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], is_wanted: Callable[[], bool]) -> bytes:
        """The answer to the last wish; answers to earlier ones are thrown away."""
        assert process.stdout is not None  # noqa: S101 a pipe
        until = time.monotonic() + _DEADLINE_S
        while time.monotonic() < until and is_wanted():
            while (taken := self._take()) is not None:
                number, wav = taken
                if number == self._number:
                    return wav
            if select.select([process.stdout], [], [], _LOOK_EVERY_S)[0]:
                chunk = os.read(process.stdout.fileno(), _CHUNK)
                if not chunk:
                    raise BrokenPipeError
                self._received += chunk
        return b""

    def _take(self) -> tuple[int, bytes] | None:
        """One whole answer out of what was received."""
        head, mark, rest = self._received.partition(b"\n")
        if not mark:
            return None
        number, length = (int(word) for word in head.split())
        if len(rest) < length:
            return None
        self._received = rest[length:]
        return number, rest[:length]


def find_reader() -> Reader:
    """The reader of this machine."""
    return LiveReader() if shutil.which("espeak-ng") else NoReader()
