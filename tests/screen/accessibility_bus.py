"""A session bus with accessibility on it, as a desktop has one; and assistive technology that uses it."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM_PYTHON = "/usr/bin/python3"
_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_PATIENCE_S = 20.0
_STARTS = 3


@contextmanager
def accessible_session(display: str) -> Iterator[dict[str, str]]:
    """The environment of programs on this session; everything started here ends with the block."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        environment = {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
            "DISPLAY": display,
        }
        environment.pop("AT_SPI_BUS_ADDRESS", None)
        try:
            with subprocess.Popen([_LAUNCHER], env=environment, stderr=subprocess.DEVNULL) as launcher:
                try:
                    for name in ("IsEnabled", "ScreenReaderEnabled"):
                        _switch_on(name, environment)
                    yield environment
                finally:
                    launcher.terminate()
        finally:
            bus.terminate()


class Assistant:
    """Assistive technology in a process of its own; where its library breaks down, it begins again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        script = Path(__file__).with_name("assistive.py")
        return subprocess.Popen(
            [SYSTEM_PYTHON, str(script)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tree(self) -> list[tuple[str, str, bool]]:
        """Role, name, and whether it can be clicked, of all that is told."""
        return [(str(role), str(name), bool(clickable)) for role, name, clickable in self._ask("tree")]

    def names(self) -> list[str]:
        """The names alone."""
        return [name for _, name, _ in self.tree()]

    def click(self, name: str) -> bool:
        """Click the control of this name; False where there is none."""
        return bool(self._ask("click", name))

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(_PATIENCE_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _ask(self, *words: str) -> list[list[object]]:
        for _ in range(_STARTS):
            if answer := self._exchange(json.dumps(words) + "\n"):
                return json.loads(answer)  # type: ignore[no-any-return]
            self.close()
            self._process = self._start()
        raise AssertionError(f"assistive technology broke down {_STARTS} times")

    def _exchange(self, question: str) -> str:
        """The answer; "" where the process is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(question)
            self._process.stdin.flush()
        except BrokenPipeError:
            return ""
        return self._process.stdout.readline()


def _switch_on(name: str, environment: dict[str, str]) -> None:
    words = ["gdbus", "call", "--session", "--timeout", "10", "--dest", "org.a11y.Bus"]
    words += ["--object-path", "/org/a11y/bus", "--method", "org.freedesktop.DBus.Properties.Set"]
    words += ["org.a11y.Status", name, "<true>"]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=_PATIENCE_S)
