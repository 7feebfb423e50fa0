"""The sections of the settings file, each key with its check and its default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from kiosk.screen.settings import ScreenSettings  # noqa: TC001 - the reading looks the types up at run time
from kiosk.toml_values import (
    absolute_path,
    device_address,
    seconds,
    service_keys,
    web_address,
    whole,
    words,
    yes_no,
)

_FONTS = "/usr/share/fonts/truetype/lxgw-wenkai"  # Debian: fonts-lxgw-wenkai


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
    """[printer]: the page printer, how long a job may wait for paper, and who stands in for it.

    `standby` takes over only before the first byte of a job. `tray_sheets` is what a full tray holds.
    """

    address: Annotated[str, device_address]
    paper_patience: Annotated[timedelta, seconds(1, 3600)] = timedelta(seconds=600)
    standby: Annotated[str | None, device_address] = None
    tray_sheets: Annotated[int, whole(10, 5000)] = 250


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
    social_card_services: Annotated[
        tuple[str, ...], service_keys
    ] = ()  # that a social security card may open


@dataclass(frozen=True, slots=True)
class TimeSettings:
    """[times]: how long the kiosk waits for people."""

    browse: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    decide: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    result: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=20)
    fault: Annotated[timedelta, seconds(1, 600)] = timedelta(seconds=60)
    warning: Annotated[timedelta, seconds(1, 60)] = timedelta(seconds=20)
    dark_from_hour: Annotated[int, whole(0, 23)] = 0  # an idle screen is dark until the hour below
    dark_until_hour: Annotated[int, whole(0, 23)] = 0  # the same hour: never


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


@dataclass(frozen=True, slots=True)
class SocialReaderSettings:
    """[social_reader]: the reader of social security cards; without an address there is none."""

    address: Annotated[str | None, device_address] = None


@dataclass(frozen=True, slots=True)
class ReceiptPrinterSettings:
    """[receipt_printer]: prints slips; without an address they come from the page printer."""

    address: Annotated[str | None, device_address] = None


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """[scanner]: the code scanner; without an address there is none."""

    address: Annotated[str | None, device_address] = None


@dataclass(frozen=True, slots=True)
class BoxSettings:
    """[box]: the UPS and the I/O board with door, tamper contact and lights, where there are any."""

    ups: Annotated[str | None, device_address] = None
    board: Annotated[str | None, device_address] = None


@dataclass(frozen=True, slots=True)
class HealthSettings:
    """[health]: how often the platform hears of this kiosk, who may read figures here, and what is too much.

    `metrics_port` is on loopback; 0 = none.
    """

    heartbeat: Annotated[timedelta, seconds(10, 3600)] = timedelta(seconds=60)
    metrics_port: Annotated[int, whole(0, 65535)] = 9417
    least_disk_mb: Annotated[int, whole(16, 1048576)] = 1024
    least_memory_mb: Annotated[int, whole(16, 1048576)] = 128
    hottest_c: Annotated[int, whole(30, 110)] = 80


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
    social_reader: SocialReaderSettings
    receipt_printer: ReceiptPrinterSettings
    scanner: ScannerSettings
    box: BoxSettings
    health: HealthSettings

    @property
    def socket_path(self) -> Path:
        """Where core and screen meet."""
        return self.kiosk.runtime_dir / "screen.sock"

    @property
    def office_path(self) -> Path:
        """Where programs of staff and technicians ask the core; no longer than the one above."""
        return self.kiosk.runtime_dir / "office.sock"
