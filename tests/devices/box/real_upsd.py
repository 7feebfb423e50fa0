"""The real upsd of Network UPS Tools with its dummy driver, as root, without systemd."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 15.0
# Not what is on the path: that one asks the machine's own configuration whether it may start.
_SERVER, _DRIVER = Path("/lib/nut/upsd"), Path("/lib/nut/dummy-ups")
_SPECIES = """ups.status: {status}
battery.charge: {charge}
battery.runtime: 900
device.model: Dummy
device.serial: DUMMY-1
"""


@dataclass(frozen=True, slots=True)
class Upsd:
    """Where it listens, and the file that its dummy reads."""

    address: str
    device_file: Path

    def say(self, status: str, charge: int) -> None:
        """Let the UPS say this from now on."""
        new = self.device_file.with_suffix(".new")
        new.write_text(_SPECIES.format(status=status, charge=charge), encoding="ascii")
        new.replace(self.device_file)


@contextmanager
def running_upsd(directory: Path) -> Iterator[Upsd]:
    """Driver and server in the foreground, ended by their ids."""
    config, state = directory / "nut", directory / "state"
    config.mkdir()
    state.mkdir(mode=0o770)
    port = _free_port()
    device_file = config / "dummy.dev"
    upsd = Upsd(f"nut://127.0.0.1:{port}/ups", device_file)
    upsd.say("OL", 100)
    files = {
        "nut.conf": "MODE=netserver\n",
        "ups.conf": f"[ups]\ndriver = dummy-ups\nport = {device_file}\nmode = dummy-loop\n",
        "upsd.conf": f"LISTEN 127.0.0.1 {port}\nSTATEPATH {state}\n",
        "upsd.users": "",
    }
    for name, text in files.items():
        (config / name).write_text(text, encoding="ascii")
        (config / name).chmod(0o640)
    environment = {**os.environ, "NUT_CONFPATH": str(config), "NUT_STATEPATH": str(state)}
    assert _SERVER.exists(), "the package nut-server is missing"
    user = ("-u", "root") if os.geteuid() == 0 else ()
    log = (directory / "nut.log").open("wb")
    commands = ((str(_DRIVER), "-a", "ups", "-F", *user), (str(_SERVER), "-F", *user))
    programs: list[subprocess.Popen[bytes]] = []
    try:
        programs.extend(
            subprocess.Popen(command, env=environment, stdout=log, stderr=log) for command in commands
        )
        _await_port(port)
        yield upsd
    finally:
        for program in reversed(programs):
            program.terminate()
        for program in programs:
            with suppress(subprocess.TimeoutExpired):
                program.wait(PATIENCE_S)
        log.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _await_port(port: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5) as line:
            line.sendall(b"LIST VAR ups\n")
            if b'ups.status "OL' in line.recv(4096):
                return
        time.sleep(0.05)
    raise AssertionError("upsd did not come up")
