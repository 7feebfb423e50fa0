"""Recorded sound as numbers: from a WAV file and back, without silence at its ends, equally loud."""

from __future__ import annotations

import io
import sys
import wave
from array import array
from dataclasses import dataclass

_FULL = 32767
_PEAK = 0.7  # of full scale: every prompt is as loud
_SILENT = 0.01  # of the peak
_WINDOW_S = 0.01
_MARGIN_S = 0.03  # what is left of the silence at each end


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel, 16 bits."""

    rate: int
    samples: array[int]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate if self.rate else 0.0

    @property
    def peak(self) -> float:
        """The loudest sample, 0 to 1."""
        return _loudest(self.samples) / _FULL if self.samples else 0.0


def read_wav(data: bytes) -> Sound:
    """The sound of a WAV file, also of one that was written into a pipe; ValueError if it is none."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise ValueError("not one channel of 16 bits")
            raw = file.readframes(file.getnframes())
            rate = file.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no WAV: {error}") from error
    samples = array("h", raw[: len(raw) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return Sound(rate, samples)


def write_wav(sound: Sound) -> bytes:
    """A WAV file."""
    samples = array("h", sound.samples)
    if sys.byteorder == "big":
        samples.byteswap()
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def even_out(sound: Sound) -> Sound:
    """The same words without the silence around them, as loud as all others; silence stays as it is."""
    peak = sound.peak
    if not peak:
        return sound
    window = max(1, int(sound.rate * _WINDOW_S))
    floor = peak * _SILENT * _FULL
    blocks = range(0, len(sound.samples), window)
    loud = [at for at in blocks if _loudest(sound.samples[at : at + window]) > floor]
    margin = int(sound.rate * _MARGIN_S)
    start, end = max(0, loud[0] - margin), loud[-1] + window + margin
    gain = _PEAK / peak
    return Sound(sound.rate, array("h", [int(sample * gain) for sample in sound.samples[start:end]]))


def _loudest(samples: array[int]) -> int:
    lowest, highest = min(samples), max(samples)
    return max(highest, -lowest)
