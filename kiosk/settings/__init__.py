"""The settings of one kiosk: TOML in, frozen values out, every mistake listed at once."""

from kiosk.settings.reading import EXIT_WRONG_SETTINGS, SettingsError, load_settings, parse_settings
from kiosk.settings.sections import Settings

__all__ = ["EXIT_WRONG_SETTINGS", "Settings", "SettingsError", "load_settings", "parse_settings"]
