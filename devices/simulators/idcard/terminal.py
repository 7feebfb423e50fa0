"""A pseudo-terminal that stands for a serial port, with a link at a fixed path."""

from __future__ import annotations

import os
import pty
import termios
import tty
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BAUD_OF_SPEED = {
    termios.B9600: 9600,
    termios.B19200: 19200,
    termios.B38400: 38400,
    termios.B57600: 57600,
    termios.B115200: 115200,
}
OTHER_BAUD = 4800  # any rate that no reader speaks
OUTPUT_SPEED = 5  # place in termios attributes


class Terminal:
    """One device node. Its far end is kept open here, so that waiting for a client costs nothing."""

    def __init__(self, link: Path) -> None:
        self.master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self.master, False)
        self.node = os.ttyname(self._slave)
        self._link = link
        self._untouched = termios.tcgetattr(self._slave)

    @property
    def host_baud(self) -> int:
        """The rate that the program at the other end has set."""
        speed = termios.tcgetattr(self._slave)[OUTPUT_SPEED]
        return BAUD_OF_SPEED.get(speed, OTHER_BAUD)

    @property
    def is_taken_up(self) -> bool:
        """Whether a program has opened the port: all of them set it up as they need it."""
        return termios.tcgetattr(self._slave) != self._untouched

    def link_up(self) -> None:
        """Point the link at this node, in one step."""
        new = self._link.with_name(f".{self._link.name}.{os.getpid()}")
        new.unlink(missing_ok=True)
        new.symlink_to(self.node)
        new.replace(self._link)

    def link_down(self) -> None:
        """Remove the link unless it already points at another node."""
        if self._link.is_symlink() and str(self._link.readlink()) == self.node:
            self._link.unlink()

    def read(self) -> bytes:
        """What the other end has sent, nothing if there is nothing."""
        try:
            return os.read(self.master, 4096)
        except BlockingIOError:
            return b""

    def write(self, data: bytes) -> None:
        """Send to the other end; what it does not take is lost, as on a real line."""
        with suppress(BlockingIOError):
            os.write(self.master, data)

    def close(self) -> None:
        """Let the node vanish; whoever has it open sees a hang-up."""
        self.link_down()
        os.close(self.master)
        os.close(self._slave)
