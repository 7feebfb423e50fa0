"""The settings of one kiosk: TOML in, frozen values out, every mistake listed at once.

Nothing heavy is imported here, because the screen reads the same file and must be there at once.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import MISSING, Field, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from kiosk.domain.codes import ScreenCode
from kiosk.screen.settings import ScreenSettings
from kiosk.settings.sections import Settings
from kiosk.toml_values import WrongValueError, absolute_path, number, whole, yes_no

if TYPE_CHECKING:
    from kiosk.toml_values import Check

_LONGEST_SOCKET_PATH = 107  # sun_path of Linux, without its final zero

EXIT_WRONG_SETTINGS = 78  # EX_CONFIG: systemd is told not to try again


class SettingsError(Exception):
    """The settings file cannot be used; `mistakes` are sentences that begin with section.key."""

    code = ScreenCode.SETTINGS

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


_SCREEN_CHECKS: dict[str, tuple[Check, Any]] = {
    "width_px": (whole(320, 7680), 1080),
    "height_px": (whole(320, 7680), 1920),
    "panel_width_mm": (number(50, 3000), 268.0),
    "panel_height_mm": (number(50, 3000), 476.0),
    "bottom_above_floor_mm": (number(0, 2000), 800.0),
    "fullscreen": (yes_no, True),
    "font_dir": (absolute_path, Path("/var/lib/kiosk/fonts")),
    "accessibility": (yes_no, False),
    "prompt_dir": (absolute_path, Path("/var/lib/kiosk/prompts")),
    "sound": (yes_no, True),
    "headset": (absolute_path, None),
}


def load_settings(path: Path) -> Settings:
    """Read the file. Raises SettingsError with all mistakes."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError((f"the file cannot be read ({error.strerror})",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError((f"the file is not TOML in UTF-8: {error}",)) from error
    return parse_settings(content)


def parse_settings(content: dict[str, Any]) -> Settings:
    """Check what a TOML file says. Raises SettingsError with all mistakes."""
    sections = get_type_hints(Settings)
    mistakes = [f"[{name}] is not known{_hint(name, sections)}" for name in content if name not in sections]
    values = {name: _section(name, kind, content.get(name, {}), mistakes) for name, kind in sections.items()}
    if mistakes:
        raise SettingsError(tuple(mistakes))
    settings = Settings(**values)
    if len(bytes(settings.socket_path)) > _LONGEST_SOCKET_PATH:
        raise SettingsError(("kiosk.runtime_dir is too long a path for a socket to lie in",))
    return settings


@dataclass(frozen=True, slots=True)
class _Key:
    check: Check
    name: str  # in the file: durations carry their unit there
    default: Any


def _keys(kind: type) -> dict[str, _Key]:
    """The keys of a section by the name of the field that takes them."""
    if kind is ScreenSettings:
        return {name: _Key(check, name, default) for name, (check, default) in _SCREEN_CHECKS.items()}
    hints = get_type_hints(kind, include_extras=True)
    return {spec.name: _key(spec, *get_args(hints[spec.name])) for spec in fields(kind)}


def _key(spec: Field[Any], value_type: type, check: Check) -> _Key:
    name = f"{spec.name}_s" if value_type is timedelta else spec.name
    return _Key(check, name, spec.default)


def _section(name: str, kind: type, content: object, mistakes: list[str]) -> Any:
    if not isinstance(content, dict):
        mistakes.append(f"{name}: expected a section [{name}]")
        return None
    keys = _keys(kind)
    known = {key.name for key in keys.values()}
    mistakes += [f"{name}.{key} is not known{_hint(key, known)}" for key in content if key not in known]
    before = len(mistakes)
    values = {attribute: _value(name, key, content, mistakes) for attribute, key in keys.items()}
    return kind(**values) if len(mistakes) == before else None


def _value(section: str, key: _Key, content: dict[str, Any], mistakes: list[str]) -> Any:
    if key.name not in content:
        if key.default is MISSING:
            mistakes.append(f"{section}.{key.name} is missing")
        return key.default
    try:
        return key.check(content[key.name])
    except WrongValueError as error:
        mistakes.append(f"{section}.{key.name}: {error}")
        return None


def _hint(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
