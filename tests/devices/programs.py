"""Our own programs as a technician starts them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_S = 20


@contextmanager
def running_simulator(*words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A simulator program and the address it says it is ready at; ended with SIGTERM."""
    command = [sys.executable, "-m", "devices.simulators", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            word, _, address = process.stdout.readline().strip().partition(" ")
            assert word == "ready"
            yield process, address
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def ask(control: Path, *requests: object) -> list[dict[str, Any]]:
    """The answers of a control socket, one for each request."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(PATIENCE_S)
        client.connect(str(control))
        stream = client.makefile("rw", encoding="utf-8")
        answers = []
        for request in requests:
            stream.write((request if isinstance(request, str) else json.dumps(request)) + "\n")
            stream.flush()
            answers.append(json.loads(stream.readline()))
        return answers


def probe(*words: str) -> subprocess.CompletedProcess[str]:
    """The probe, run to its end."""
    command = [sys.executable, "-m", "devices.probe", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
