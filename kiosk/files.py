"""The files that the settings speak of: looked for before anything is shown or started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.settings import Settings

# What the platform gave when the kiosk was enrolled.
KEY_FILES = ("credential", "lookup.key", "receipt.pub", "register.key", "signing.key", "carrier.pub")


def check_files(settings: Settings) -> None:
    """Raise SettingsError with one sentence for each key file and font of the papers that is not there."""
    keys_dir, papers = settings.platform.keys_dir, settings.papers
    wanted = (
        *(("platform.keys_dir", keys_dir / name) for name in KEY_FILES),
        ("papers.font_regular", papers.font_regular),
        ("papers.font_bold", papers.font_bold),
    )
    missing = tuple(f"{key}: {path} is not there" for key, path in wanted if not _is_file(path))
    if missing:
        raise SettingsError(missing)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a directory that may not be entered holds nothing for us
