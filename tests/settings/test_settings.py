"""Wrong settings are found before anything starts: all mistakes at once, each with its section and key."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.settings import SettingsError, load_settings, parse_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "systemd" / "kiosk.example.toml"


def example(**changes: object) -> dict[str, Any]:
    """The example settings with changes named section__key; None removes."""
    content = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    for name, value in changes.items():
        section, _, key = name.partition("__")
        target, at = (content[section], key) if key else (content, section)
        target.pop(at, None)
        if value is not None:
            target[at] = value
    return content


def mistakes_of(content: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        parse_settings(content)
    return caught.value.mistakes


def test_the_example_is_right() -> None:
    settings = load_settings(EXAMPLE)

    assert settings.kiosk.id == "CG-KSK-03"
    assert settings.printer.paper_patience == timedelta(seconds=600)
    assert settings.socket_path == Path("/run/kiosk/screen.sock")


def test_what_the_example_shows_of_optional_sections_are_the_defaults() -> None:
    only_needed = example(screen=None, papers=None, rules=None, times=None, store=None, offline=None)

    assert parse_settings(only_needed) == load_settings(EXAMPLE)


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"kiosk__id": None}, "kiosk.id is missing"),
        ({"kiosk__id": "ksk 3"}, 'kiosk.id: expected an id such as "CG-KSK-03"'),
        ({"kiosk__place": ""}, "kiosk.place: expected a text that is not empty"),
        ({"kiosk__community": 610525001003}, "kiosk.community: expected the 12 digits of the community"),
        ({"kiosk__state_dir": "var"}, "kiosk.state_dir: expected an absolute path such as"),
        ({"kiosk__runtime_dir": "/" + "x" * 120}, "kiosk.runtime_dir is too long a path"),
        ({"kiosk__plase": "x"}, "kiosk.plase is not known; did you mean place?"),
        ({"readr": {}}, "[readr] is not known; did you mean reader?"),
        ({"reader": None}, "reader.address is missing"),
        ({"reader": 3}, "reader: expected a section [reader]"),
        ({"reader__tolerant_find": "yes"}, "reader.tolerant_find: expected true or false"),
        ({"printer__address": "printer"}, "printer.address: expected a device address such as"),
        ({"printer__paper_patience_s": 0}, "printer.paper_patience_s: expected a number from 1 to 3600"),
        ({"printer__paper_patience": 600}, "printer.paper_patience is not known; did you mean paper_pat"),
        ({"platform__url": "http://platform.example"}, "platform.url: http is for this machine only"),
        ({"platform__url": "platform.example"}, "platform.url: expected a web address such as"),
        ({"platform__url": "https://[::1"}, "platform.url: expected a web address such as"),
        ({"platform__url": "https://x:99999"}, "platform.url: expected a web address such as"),
        ({"platform__url": "https://x:abc"}, "platform.url: expected a web address such as"),
        (
            {"platform__verify_url": "https://x/v?a=1"},
            "platform.verify_url: expected an address without query",
        ),
        (
            {"platform__verify_url": "https://me@x/v"},
            "platform.verify_url: expected an address without query",
        ),
        ({"platform__deadline_s": True}, "platform.deadline_s: expected a number from 0.5 to 30"),
        ({"screen__width_px": 1080.5}, "screen.width_px: expected a whole number from 320 to 7680"),
        ({"rules__max_copies": 99}, "rules.max_copies: expected a whole number from 1 to 9"),
        ({"times__browse_s": "60"}, "times.browse_s: expected a number from 1 to 600"),
    ],
)
def test_one_mistake_gives_one_clear_sentence(changes: dict[str, object], mistake: str) -> None:
    mistakes = mistakes_of(example(**changes))

    assert len(mistakes) == 1
    assert mistakes[0].startswith(mistake)


def test_all_mistakes_are_listed_at_once() -> None:
    mistakes = mistakes_of(example(kiosk__id=7, reader__adress="x", times__browse_s=-1, colours={}))

    assert [mistake.split(":")[0].split(" is")[0] for mistake in mistakes] == [
        "[colours]",
        "kiosk.id",
        "reader.adress",
        "times.browse_s",
    ]


@pytest.mark.parametrize("content", [b"[kiosk\n", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_settings_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(content)

    with pytest.raises(SettingsError):
        load_settings(path)


@pytest.mark.parametrize("program", ["core", "screen", "check-settings"])
def test_every_program_ends_with_status_78_and_names_file_and_code(tmp_path: Path, program: str) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("[kiosk]\nid = 3\n", encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", program, "--settings", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 78
    assert f"SET-01 {path}: kiosk.id: expected an id" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_reading_the_settings_loads_nothing_heavy() -> None:
    """The screen reads them on its way to the first picture."""
    code = "import sys, kiosk.__main__; print(*sys.modules)"

    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    heavy = {"pydantic", "sqlalchemy", "requests", "pygame", "reportlab", "kiosk.wiring", "devices"}
    assert heavy.isdisjoint(ended.stdout.split())


def test_a_screen_without_its_fonts_says_so_with_status_78(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("/var/lib/kiosk/fonts", str(tmp_path))
    path.write_text(text.replace("/run/kiosk", str(tmp_path)), encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", "screen", "--settings", str(path)],
        cwd=ROOT,
        env=os.environ | {"SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 78
    assert "screen.font_dir: " in ended.stderr
    assert "Traceback" not in ended.stderr
