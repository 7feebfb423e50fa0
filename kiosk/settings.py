"""The settings of one kiosk: TOML in, frozen values out, every mistake listed at once.

Nothing heavy is imported here, because the screen reads the same file and must be there at once.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import MISSING, Field, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

from kiosk.domain.codes import ScreenCode
from kiosk.screen.settings import ScreenSettings
from kiosk.toml_values import (
    WrongValueError,
    absolute_path,
    device_address,
    number,
    seconds,
    web_address,
    whole,
    words,
    yes_no,
)

if TYPE_CHECKING:
    from kiosk.toml_values import Check

_FONTS = "/usr/share/fonts/truetype/lxgw-wenkai"  # Debian: fonts-lxgw-wenkai

_LONGEST_SOCKET_PATH = 107  # sun_path of Linux, without its final zero

EXIT_WRONG_SETTINGS = 78  # EX_CONFIG: systemd is told not to try again


class SettingsError(Exception):
    """The settings file cannot be used; `mistakes` are sentences that begin with section.key."""

    code = ScreenCode.SETTINGS

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """[kiosk]: which one it is, where it stands, who issues."""

    id: Annotated[str, words(r"[A-Z0-9][A-Z0-9-]{2,31}", 'an id such as "CG-KSK-03"')]
    place: Annotated[str, words()]
    community: Annotated[str, words(r"\d{12}", "the 12 digits of the community")]
    community_name: Annotated[str, words()]
    issuer: Annotated[str, words()]
    issuer_phone: Annotated[str, words(r"[\d -]{5,20}", "a phone number")]
    state_dir: Annotated[Path, absolute_path]
    runtime_dir: Annotated[Path, absolute_path]


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """[reader]: the ID-card reader."""

    address: Annotated[str, device_address]
    tolerant_find: Annotated[bool, yes_no] = False


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """[printer]: the page printer, and how long a job may wait for paper."""

    address: Annotated[str, device_address]
    paper_patience: Annotated[timedelta, seconds(1, 3600)] = timedelta(seconds=600)


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """[platform]: where it is, this kiosk's keys, how long a resident waits for an answer."""

    url: Annotated[str, web_address]
    keys_dir: Annotated[Path, absolute_path]
    verify_url: Annotated[str, web_address]
    deadline: Annotated[timedelta, seconds(0.5, 30)] = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """[papers]: the fonts of the paper, TrueType."""

    font_regular: Annotated[Path, absolute_path] = Path(f"{_FONTS}/LXGWWenKai-Regular.ttf")
    font_bold: Annotated[Path, absolute_path] = Path(f"{_FONTS}/LXGWWenKai-Bold.ttf")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """[rules]: what the community decides about its certificates."""

    record_max_age_days: Annotated[int, whole(1, 3650)] = 365
    guardian_below_age: Annotated[int, whole(0, 25)] = 16
    max_copies: Annotated[int, whole(1, 9)] = 2


@dataclass(frozen=True, slots=True)
class TimeSettings:
    """[times]: how long the kiosk waits for people."""

    browse: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    decide: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    result: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=20)
    fault: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    warning: Annotated[timedelta, seconds(1, 60)] = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]: when the night's work is done, and how long persons stay after their paper was reported."""

    nightly_hour: Annotated[int, whole(0, 23)] = 3
    personal_days: Annotated[int, whole(1, 3650)] = 90


@dataclass(frozen=True, slots=True)
class OfflineSettings:
    """[offline]: what may be issued while the line is down, from the kiosk's own sealed register."""

    register: Annotated[bool, yes_no] = True
    synchronised_within_hours: Annotated[int, whole(1, 720)] = 72
    checked_within_days: Annotated[int, whole(1, 3650)] = 180
    least_cost: Annotated[int, whole(10, 20)] = 14  # a register whose guesses cost less is not taken


@dataclass(frozen=True, slots=True)
class StaffSettings:
    """[staff]: who may look at what waits for staff. The file is written by `python -m kiosk staff`."""

    file: Annotated[Path | None, absolute_path] = None


_SCREEN_CHECKS: dict[str, tuple[Check, Any]] = {
    "width_px": (whole(320, 7680), 1080),
    "height_px": (whole(320, 7680), 1920),
    "panel_width_mm": (number(50, 3000), 268.0),
    "panel_height_mm": (number(50, 3000), 476.0),
    "bottom_above_floor_mm": (number(0, 2000), 800.0),
    "fullscreen": (yes_no, True),
    "font_dir": (absolute_path, Path("/var/lib/kiosk/fonts")),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """All sections."""

    kiosk: KioskSettings
    reader: ReaderSettings
    printer: PrinterSettings
    platform: PlatformSettings
    screen: ScreenSettings
    papers: PaperSettings
    rules: RuleSettings
    times: TimeSettings
    store: StoreSettings
    offline: OfflineSettings
    staff: StaffSettings

    @property
    def socket_path(self) -> Path:
        """Where core and screen meet."""
        return self.kiosk.runtime_dir / "screen.sock"

    @property
    def office_path(self) -> Path:
        """Where programs of staff and technicians ask the core; no longer than the one above."""
        return self.kiosk.runtime_dir / "office.sock"


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
