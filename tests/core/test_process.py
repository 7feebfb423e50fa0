"""The core as a program: it stands at once, alone if need be, and ends when it is told to."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.stand import screen_at

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20.0
SETTINGS = """
[kiosk]
id = "CG-KSK-03"
place = "乐楼社区便民服务点"
community = "610525001003"
community_name = "乐楼社区"
issuer = "澄城县城关街道乐楼社区居民委员会"
issuer_phone = "0913-0000103"
state_dir = "{here}/state"
runtime_dir = "{here}/run"
[reader]
address = "serial://{here}/no-such-reader"
[printer]
address = "ipp://127.0.0.1:9/ipp/print"
[platform]
url = "http://127.0.0.1:9"
keys_dir = "{here}/keys"
verify_url = "http://127.0.0.1:9/v"
"""


class Core:
    """`python -m kiosk core` with nothing around it: port 9 of loopback answers nobody."""

    def __init__(self, here: Path) -> None:
        self.settings = here / "kiosk.toml"
        self.settings.write_text(SETTINGS.format(here=here), encoding="utf-8")
        self.socket = here / "run" / "screen.sock"
        self._log = here / "core.log"

    def start(self) -> None:
        with self._log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "core", "--settings", str(self.settings)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ready_line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def end(self, by: int = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        return self.wait()

    def wait(self) -> int:
        status = self.process.wait(PATIENCE_S)
        if self.process.stdout:
            self.process.stdout.close()
        return status

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def lines(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.said().splitlines()]
        return [line for line in lines if line["event"] == event]


def write_keys(here: Path, kiosk: str = "CG-KSK-03") -> None:
    keys = here / "keys"
    keys.mkdir()
    (keys / "credential").write_text(f"{kiosk}.{'0a' * 32}", encoding="ascii")
    for name in ("lookup.key", "register.key", "signing.key"):
        (keys / name).write_text("0b" * 32, encoding="ascii")
    for name in ("receipt.pub", "carrier.pub"):
        (keys / name).write_text(base64.b64encode(b"r" * 32).decode(), encoding="ascii")


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    made = Core(tmp_path)
    yield made
    made.end(signal.SIGKILL)


def test_with_nothing_around_it_the_core_stands_says_what_is_missing_and_ends_in_peace(
    core: Core, tmp_path: Path
) -> None:
    write_keys(tmp_path)

    core.start()
    ready = core.ready_line()
    with screen_at(core.socket) as screen:
        first = screen.next_scene()
        while screen.next_scene().name != "out_of_service":
            pass
        status = core.end()

    assert ready == f"ready unix://{core.socket}\n"
    assert first.name in {"attract", "out_of_service"}
    assert status == 0
    assert not core.socket.exists()
    assert [line["code"] for line in core.lines("reader_failed")] == ["IDR-01"]
    assert not core.lines("program_fault")


def test_a_core_that_was_killed_starts_again(core: Core, tmp_path: Path) -> None:
    write_keys(tmp_path)
    core.start()
    core.ready_line()
    core.end(signal.SIGKILL)

    core.start()
    ready = core.ready_line()
    status = core.end()

    assert ready.startswith("ready unix://")
    assert status == 0


def test_files_that_are_missing_are_told_at_once_before_anything_is_shown(core: Core, tmp_path: Path) -> None:
    text = core.settings.read_text(encoding="utf-8")
    core.settings.write_text(f'{text}[papers]\nfont_bold = "{tmp_path}/no.ttf"\n', encoding="utf-8")

    core.start()
    ready, status = core.ready_line(), core.wait()

    assert (ready, status) == ("", 78)
    assert mistaken(core) == [*["platform.keys_dir"] * 6, "papers.font_bold"]


def test_what_is_there_but_of_no_use_is_told_with_status_78(core: Core, tmp_path: Path) -> None:
    """Not 1: systemd would start it again and again."""
    write_keys(tmp_path, kiosk="CG-KSK-03")
    (tmp_path / "no.ttf").write_bytes(b"this is no font")
    text = core.settings.read_text(encoding="utf-8").replace("ipp://127.0.0.1:9/ipp/print", "lpt://1")
    core.settings.write_text(f'{text}[papers]\nfont_bold = "{tmp_path}/no.ttf"\n', encoding="utf-8")

    core.start()
    core.ready_line()
    status = core.wait()

    assert status == 78
    assert mistaken(core) == ["papers", "printer.address"]
    assert "Traceback" not in core.said()


def mistaken(core: Core) -> list[str]:
    """The settings that the core complained of, in its order."""
    mistakes = [line.partition("kiosk.toml: ")[2] for line in core.said().splitlines()]
    return [mistake.partition(":")[0] for mistake in mistakes if mistake]


def test_the_keys_of_another_kiosk_are_refused(core: Core, tmp_path: Path) -> None:
    write_keys(tmp_path, kiosk="CG-KSK-09")

    core.start()
    core.ready_line()
    status = core.wait()

    assert status == 78
    assert "platform.keys_dir: these are the keys of CG-KSK-09" in core.said()
