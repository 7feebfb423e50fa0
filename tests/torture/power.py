"""A plug that can be pulled: whatever a program does next through a socket of it, it does no more."""

from __future__ import annotations

import functools
import threading
from typing import Any


class PowerCutError(BaseException):
    """The program is dead; nothing in it may catch this and go on."""


class Power:
    """On until it is cut, for good."""

    def __init__(self) -> None:
        self._off = threading.Event()

    def cut(self) -> None:
        """Pull the plug."""
        self._off.set()

    def is_off(self) -> bool:
        """True once the plug was pulled."""
        return self._off.is_set()

    def check(self) -> None:
        """Raises PowerCutError once the plug was pulled."""
        if self._off.is_set():
            raise PowerCutError


class Powered:
    """Any port, each of whose methods dies before or after its work once the plug was pulled."""

    def __init__(self, port: Any, power: Power) -> None:
        self._port = port
        self._power = power

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)
        power = self._power

        @functools.wraps(method)
        def call(*args: Any, **options: Any) -> Any:
            power.check()
            result = method(*args, **options)
            power.check()  # done, but nobody lived to hear of it
            return result

        return call
