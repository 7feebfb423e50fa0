from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pygame
import pytest

from tests.screen.gallery import LANDSCAPE, PORTRAIT, Studio, panel
from tools.fonts import make_fonts

_VAR = Path(__file__).resolve().parents[2] / "var"


@pytest.fixture(scope="session", name="fonts")
def make_font_folder() -> Path:
    """The two faces, made once for all workers, and the library ready to open them."""
    pygame.font.init()
    _VAR.mkdir(exist_ok=True)
    with (_VAR / "fonts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_fonts(_VAR / "fonts")
    return _VAR / "fonts"


@pytest.fixture(scope="session", name="portrait")
def make_portrait_studio(fonts: Path) -> Studio:
    """An upright panel, 1080 by 1920, without a window."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    return Studio(panel(PORTRAIT, fonts))


@pytest.fixture(scope="session", name="landscape")
def make_landscape_studio(fonts: Path) -> Studio:
    """A wide panel, 1920 by 1080, without a window."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    return Studio(panel(LANDSCAPE, fonts))


@pytest.fixture(name="jack")
def make_jack(tmp_path: Path) -> Path:
    """Where the kernel would tell of the switch in the jack: what is written there is heard."""
    path = tmp_path / "event7"
    os.mkfifo(path)
    return path
