"""The loudspeaker and the headset, through SDL's mixer."""

from __future__ import annotations

import io
import logging

import pygame

from kiosk.voice.sinks import AudioSink

SOUND_MISSING = "SCR-05"  # this machine gives no sound; everything else goes on
_RATE, _BITS, _CHANNELS, _BUFFER = 22050, -16, 1, 512  # 23 ms in the buffer
_log = logging.getLogger(__name__)


class MixerSink(AudioSink):
    """Opens the sound device with the first sound, and closes it when it rests."""

    def __init__(self) -> None:
        self._channel: pygame.mixer.Channel | None = None
        self._is_reported = False

    def play(self, sound: bytes, volume: float) -> float:
        """As the contract says; without a sound device it lasts no time."""
        try:
            if self._channel is None:
                pygame.mixer.init(_RATE, _BITS, _CHANNELS, _BUFFER, allowedchanges=0)
                self._channel = pygame.mixer.Channel(0)
            recorded = pygame.mixer.Sound(file=io.BytesIO(sound))
        except pygame.error as error:
            self._report(error)
            return 0.0
        self._channel.set_volume(volume)
        self._channel.play(recorded)
        return recorded.get_length()

    def stop(self) -> None:
        """As the contract says."""
        if self._channel is not None:
            self._channel.stop()

    def rest(self) -> None:
        """The device is closed: an open one wakes the processor 43 times a second."""
        self._channel = None
        pygame.mixer.quit()

    def _report(self, error: pygame.error) -> None:
        if not self._is_reported:
            self._is_reported = True
            _log.error("%s sound_missing why=%s", SOUND_MISSING, error)
