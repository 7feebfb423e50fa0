"""A running Avahi for ippeveprinter, which does not start without one, not even on loopback.

The machine's own is used where there is one. Else one is started without systemd, on a bus of its own and
on loopback only. Avahi can run only once on a machine, so all workers of all test runs share it: each holds
a shared lock while it needs Avahi, and whoever finds himself the last one ends what was started.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM_CONFIG = Path("/etc/avahi/avahi-daemon.conf")
_AVAHI_PID_FILE = Path("/run/avahi-daemon/pid")
_BUS_CONFIG = """<busconfig>
  <type>system</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
_ASK_VERSION = (
    "dbus-send",
    "--system",
    "--print-reply",
    "--reply-timeout=2000",
    "--dest=org.freedesktop.Avahi",
    "/",
    "org.freedesktop.Avahi.Server.GetVersionString",
)
_END_S = 5.0


@contextmanager
def running_avahi() -> Iterator[dict[str, str]]:
    """The environment for programs that need Avahi."""
    if _answers(dict(os.environ)):
        yield dict(os.environ)
        return
    folder = Path(tempfile.gettempdir()) / f"community-kiosk-avahi-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder / 'bus'}"}
    with (folder / "users").open("a") as users:
        with _exclusively(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not _answers(environment):
                _end(folder)
                _start(folder, environment)
        yield environment
        with _exclusively(folder):
            if _is_last(users):
                _end(folder)


@contextmanager
def _exclusively(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: object) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # any open file
    except BlockingIOError:
        return False
    return True


def _answers(environment: dict[str, str]) -> bool:
    asked = subprocess.run(_ASK_VERSION, env=environment, capture_output=True, check=False, timeout=10)
    return asked.returncode == 0


def _start(folder: Path, environment: dict[str, str]) -> None:
    config = folder / "bus.conf"
    config.write_text(_BUS_CONFIG.format(socket=folder / "bus"))
    bus = _run(["dbus-daemon", f"--config-file={config}", "--fork", "--print-pid"], environment)
    _remember(folder, int(bus.strip()))
    loopback = _SYSTEM_CONFIG.read_text()
    loopback = re.sub(r"(?m)^#?allow-interfaces=.*$", "allow-interfaces=lo", loopback)
    loopback = re.sub(r"(?m)^#?use-ipv6=.*$", "use-ipv6=no", loopback)
    config = folder / "avahi.conf"
    config.write_text(loopback)
    _run(["avahi-daemon", "-D", "--no-drop-root", "--no-chroot", "-f", str(config)], environment)
    _remember(folder, int(_AVAHI_PID_FILE.read_text()))


def _run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=20)
    if done.returncode != 0:
        raise RuntimeError(f"{words[0]} does not start: {done.stderr}")
    return done.stdout


def _remember(folder: Path, pid: int) -> None:
    """Write down whom we started, with the moment of birth: a pid alone may be another's tomorrow."""
    with (folder / "started").open("a") as started:
        started.write(json.dumps([pid, psutil.Process(pid).create_time()]) + "\n")


def _end(folder: Path) -> None:
    started = folder / "started"
    lines = started.read_text().splitlines() if started.exists() else []
    for pid, birth in reversed([json.loads(line) for line in lines]):
        _end_process(pid, birth)
    started.unlink(missing_ok=True)


def _end_process(pid: int, birth: float) -> None:
    if not _is_alive(pid, birth):
        return
    psutil.Process(pid).terminate()
    end = time.monotonic() + _END_S
    while _is_alive(pid, birth) and time.monotonic() < end:
        time.sleep(0.01)


def _is_alive(pid: int, birth: float) -> bool:
    try:
        process = psutil.Process(pid)
        return process.create_time() == birth and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
