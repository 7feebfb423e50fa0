"""Three programs that show the same page: ours, Chromium in kiosk mode, and GTK 3."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.scene.contract import Node, Role, Text
from kiosk.scene.wire import Hello, Painted
from tests.bench.tree import Tree
from tests.screen.appliance import ROOT, FakeCore, running_screen, screen_settings
from tests.screen.gallery import PORTRAIT, Studio, panel
from tests.screen.samples import sample
from tools.fonts import make_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from kiosk.scene.contract import Scene

    Place = tuple[int, int]

RIVALS = Path(__file__).parent / "rivals"
PATIENCE_S = 20.0
# Where the rivals' seven choices lie; their words begin further right.
RIVAL_PLACES = tuple((100, 360 + 185 * at + 80) for at in range(7))
_SYSTEM_PATH = "/usr/bin:/bin"
_SEVENTH = Node("seventh", Role.CHOICE, Text(literal="银行开户"), icon="other", action="seventh")


@dataclass(frozen=True, slots=True)
class Contender:
    """`start` opens it on a display; its places are where a press changes the colour.

    `lacks` says which packages are missing, "" for none.
    """

    name: str
    places: tuple[Place, ...]
    start: Callable[[str], AbstractContextManager[Tree]]
    lacks: str = ""


def contenders() -> tuple[Contender, ...]:
    """Ours first."""
    fonts = make_fonts(ROOT / "var" / "fonts")[0].parent
    page = Studio(panel(PORTRAIT, fonts)).lay_out(seven_choices())
    choices = [target.rect for target in page.targets if target.role is Role.CHOICE]
    gtk = shutil.which("python3", path=_SYSTEM_PATH) or ""
    return (
        Contender("kiosk", tuple((rect.x + 20, rect.y + 20) for rect in choices), _ours),
        Contender(
            "Chromium --kiosk",
            RIVAL_PLACES,
            _chromium,
            "" if shutil.which("chromium") else "chromium",
        ),
        Contender("GTK 3", RIVAL_PLACES, _gtk, "" if _has_gtk(gtk) else "python3-gi, gir1.2-gtk-3.0"),
    )


def seven_choices() -> Scene:
    """The page of rivals/page.html as our core would send it."""
    scene = sample("purpose")
    nodes = tuple(
        replace(node, children=(*node.children, _SEVENTH)) if node.role is Role.CONTENT else node
        for node in scene.nodes
    )
    return replace(scene, nodes=nodes)


@contextmanager
def _ours(display: str) -> Iterator[Tree]:
    """The screen, and a core that the measurement plays."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        core = stack.enter_context(closing(FakeCore(folder / "screen.sock")))
        settings = screen_settings(folder / "screen.sock", ROOT / "var" / "fonts", PORTRAIT[:2])
        process = stack.enter_context(running_screen(folder, display, settings))
        core.accept()
        assert isinstance(core.receive(), Hello)
        core.send(seven_choices())
        assert isinstance(core.receive(), Painted)
        yield Tree(process.pid)


@contextmanager
def _chromium(display: str) -> Iterator[Tree]:
    """One file, a fresh profile, and a proxy that is not there: nothing leaves this machine."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = (
            *("chromium", "--kiosk", f"--user-data-dir={profile}", "--no-first-run", "--no-sandbox"),
            *("--no-default-browser-check", "--password-store=basic", "--disable-breakpad"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--disable-extensions", "--disable-translate", "--disable-features=Translate,MediaRouter"),
            *("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND"),
            *("--window-position=0,0", "--window-size=1080,1920"),
            (RIVALS / "page.html").as_uri(),
        )
        with _running(words, display, {"HOME": profile, "XDG_CACHE_HOME": profile}) as tree:
            yield tree


@contextmanager
def _gtk(display: str) -> Iterator[Tree]:
    python = shutil.which("python3", path=_SYSTEM_PATH) or "python3"
    with _running((python, str(RIVALS / "gtk_page.py")), display, {"GDK_BACKEND": "x11"}) as tree:
        yield tree


@contextmanager
def _running(words: tuple[str, ...], display: str, environment: dict[str, str]) -> Iterator[Tree]:
    process = subprocess.Popen(
        words,
        env=os.environ | {"DISPLAY": display, "NO_AT_BRIDGE": "1"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    tree = Tree(process.pid)
    try:
        yield tree
    finally:
        tree.end(PATIENCE_S)
        process.wait(PATIENCE_S)


def _has_gtk(python: str) -> bool:
    question = "import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"
    asked = subprocess.run([python, "-c", question], capture_output=True, check=False) if python else None
    return asked is not None and asked.returncode == 0
