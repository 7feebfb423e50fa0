"""Whether a headset is plugged in, as the kernel's switch of the jack says (evdev, SW_HEADPHONE_INSERT).

Nothing is polled: its file wakes the loop. Any file that speaks `struct input_event` will do, a named pipe
too; a jack that went away counts as empty.
"""

from __future__ import annotations

import fcntl
import logging
import os
import stat
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NO_SOUND = "SCR-05"  # the jack that the settings name is not there, or went away
_EVENT = struct.Struct("llHHi")  # linux/input.h on machines with 64 bits
_SWITCH, _HEADPHONES = 0x05, 0x02  # EV_SW, SW_HEADPHONE_INSERT
_SWITCH_BYTES = 8
_ASK_SWITCHES = 0x80000000 | _SWITCH_BYTES << 16 | ord("E") << 8 | 0x1B  # EVIOCGSW(_SWITCH_BYTES)
_MOST_EVENTS = 64
_log = logging.getLogger(__name__)


class Headset:
    """The jack at `path`. Until it says something else, nothing is plugged in."""

    def __init__(self, path: Path) -> None:
        self._fd = _open(path)
        self._rest = b""
        self.is_plugged = self._fd >= 0 and _ask(self._fd)

    @property
    def fd(self) -> int:
        """Can be read when the jack has something to say; -1 without one."""
        return self._fd

    def read(self) -> bool:
        """Take what the jack said; True where the headset was plugged in or pulled out."""
        before = self.is_plugged
        try:
            data = os.read(self._fd, _EVENT.size * _MOST_EVENTS)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self._lose()
            return self.is_plugged != before
        data = self._rest + data
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        for _, _, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            if (kind, code) == (_SWITCH, _HEADPHONES):
                self.is_plugged = bool(value)
        return self.is_plugged != before

    def close(self) -> None:
        """Let go of the jack."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _lose(self) -> None:
        _log.error("%s jack_gone", NO_SOUND)
        self.close()
        self.is_plugged = False


def _open(path: Path) -> int:
    try:
        # A pipe that nobody writes into yet must not look as if it had ended.
        is_pipe = stat.S_ISFIFO(path.stat().st_mode)
        return os.open(path, (os.O_RDWR if is_pipe else os.O_RDONLY) | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        _log.error("%s jack_unusable why=%s", NO_SOUND, error.strerror)
        return -1


def _ask(fd: int) -> bool:
    """How the jack stands now; a file that is no jack says nothing."""
    switches = bytearray(_SWITCH_BYTES)
    try:
        fcntl.ioctl(fd, _ASK_SWITCHES, switches)
    except OSError:
        return False
    return bool(switches[0] >> _HEADPHONES & 1)
