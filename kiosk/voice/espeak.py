"""espeak-ng as the engine that can always be installed: Chinese by numbered pinyin, English as it is."""

from __future__ import annotations

import shutil
import subprocess
from typing import Protocol

from kiosk.scene.contract import Language
from kiosk.voice.pinyin import to_speak
from kiosk.voice.sound import even_out, read_wav, write_wav

_VOICES = {Language.ZH: ("cmn-latn-pinyin", 165), Language.EN: ("en", 150)}  # and words per minute
_DEADLINE_S = 10.0


class Engine(Protocol):
    """Whatever turns words into sound. Another voice is another engine."""

    def name(self, language: Language) -> str:
        """The voice and what was set in it; prompts of another name are rendered anew."""
        ...

    def given(self, words: str, language: Language) -> str:
        """What the voice is given for these words: prompts for which it changes are rendered anew."""
        ...

    def render(self, words: str, language: Language) -> bytes:
        """A WAV file of these words; empty where the engine fails."""
        ...


class Espeak:
    """One process for each text."""

    def __init__(self, program: str) -> None:
        self._program = program

    def name(self, language: Language) -> str:
        """As the contract says."""
        voice, speed = _VOICES[language]
        return f"espeak-ng/{voice}/{speed}"

    def given(self, words: str, language: Language) -> str:
        """As the contract says."""
        return to_speak(words, language)

    def render(self, words: str, language: Language) -> bytes:
        """As the contract says."""
        voice, speed = _VOICES[language]
        command = [self._program, "-m", "-v", voice, "-s", str(speed), "--stdin", "--stdout"]
        given = self.given(words, language).encode()
        try:
            done = subprocess.run(  # noqa: S603 a fixed program; the words come by stdin
                command, input=given, capture_output=True, timeout=_DEADLINE_S, check=True
            )
            return write_wav(even_out(read_wav(done.stdout)))
        except (OSError, subprocess.SubprocessError, ValueError):
            return b""


def find_espeak() -> Espeak | None:
    """The engine of this machine, if it has one."""
    program = shutil.which("espeak-ng")
    return Espeak(program) if program else None
