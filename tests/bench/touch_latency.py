"""Figures of the screen under Xvfb: python -m tests.bench.touch_latency."""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from kiosk.scene.contract import Language, TextSize, Theme
from kiosk.scene.wire import Hello, Painted, Tap
from tests.bench.pointer import Pointer
from tests.screen.appliance import ROOT, FakeCore, running_screen, screen_settings, virtual_display
from tests.screen.gallery import PORTRAIT, Studio, panel
from tests.screen.samples import dressed, sample, sample_scenes
from tools.fonts import make_fonts

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene

_SETTLE_S = 0.3
_LOOK_FOR_S = 1.0
_IDLE_S = 5.0


@dataclass(frozen=True)
class Rig:
    """A running screen with its display and a core that the measurement plays."""

    process: subprocess.Popen[str]
    core: FakeCore
    display: str
    fonts: Path

    def show(self, scene: Scene) -> float:
        """Send a scene; milliseconds until it is painted."""
        start = time.perf_counter()
        self.core.send(scene)
        while not isinstance(self.core.receive(), Painted):
            pass
        return (time.perf_counter() - start) * 1000


@contextmanager
def started_rig() -> Iterator[tuple[Rig, float]]:
    """A screen just started, and the milliseconds from process start to the first painted page."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fonts = make_fonts(ROOT / "var" / "fonts")[0].parent
        core = stack.enter_context(closing(FakeCore(folder / "screen.sock")))
        display = stack.enter_context(virtual_display(*PORTRAIT[:2]))
        settings = _settings(folder, fonts)
        start = time.perf_counter()
        process = stack.enter_context(running_screen(folder, display, settings))
        core.accept()
        assert isinstance(core.receive(), Hello)
        rig = Rig(process, core, display, fonts)
        rig.show(sample("attract"))
        yield rig, (time.perf_counter() - start) * 1000


def measure(n: int) -> list[float]:
    """Milliseconds from touch (XTEST) to the first changed pixel (XGetImage), `n` times."""
    with started_rig() as (rig, _), Pointer(rig.display) as pointer:
        scene = sample("purpose")
        rig.show(scene)
        time.sleep(_SETTLE_S)
        studio = Studio(panel(PORTRAIT, rig.fonts))
        corners = [(node.rect.x + 20, node.rect.y + 20) for node in studio.lay_out(scene).targets[:6]]
        return [_touch(rig, pointer, corners[turn % len(corners)]) for turn in range(n)]


def measure_start(n: int) -> list[float]:
    """Milliseconds from process start to the first painted page, `n` times."""
    figures = []
    for _ in range(n):
        with started_rig() as (_, start_ms):
            figures.append(start_ms)
    return figures


def measure_pages() -> list[float]:
    """Milliseconds from sending a scene until it is painted, once per sample and language."""
    with started_rig() as (rig, _):
        return [rig.show(scene) for language in Language for scene in sample_scenes(language)]


def measure_idle(seconds: float = _IDLE_S) -> float:
    """Percent of one core that the screen takes while nothing happens."""
    with started_rig() as (rig, _):
        time.sleep(_SETTLE_S)
        before = _cpu_seconds(rig.process.pid)
        time.sleep(seconds)
        return (_cpu_seconds(rig.process.pid) - before) / seconds * 100


def measure_memory() -> float:
    """Resident megabytes of the screen after every sample in both languages and all text sizes."""
    themes = itertools.cycle(Theme)
    with started_rig() as (rig, _):
        for size, language in itertools.product(TextSize, Language):
            for scene in sample_scenes(language):
                rig.show(dressed(scene, size, next(themes)))
        return float(psutil.Process(rig.process.pid).memory_info().rss) / 1e6


def time_feedback(pointer: Pointer, place: tuple[int, int]) -> float:
    """Press there and stay; milliseconds until the pixel at that place has another colour."""
    pointer.move(place)
    time.sleep(0.02)  # the motion itself must be over before the clock starts
    before = pointer.pixel(place)
    start = time.perf_counter()
    pointer.press()
    while pointer.pixel(place) == before:
        if time.perf_counter() - start > _LOOK_FOR_S:
            raise RuntimeError("no feedback within a second")
    return (time.perf_counter() - start) * 1000


def _touch(rig: Rig, pointer: Pointer, place: tuple[int, int]) -> float:
    latency = time_feedback(pointer, place)
    pointer.release()
    assert isinstance(rig.core.receive(), Tap)
    time.sleep(0.03)
    return latency


def _cpu_seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _settings(folder: Path, fonts: Path) -> dict[str, object]:
    return screen_settings(folder / "screen.sock", fonts, PORTRAIT[:2], fullscreen=False)


def _describe(figures: list[float]) -> str:
    cuts = statistics.quantiles(figures, n=100)
    percentiles = "  ".join(f"p{percent} {cuts[percent - 1]:.1f}" for percent in (50, 95, 99))
    return f"{percentiles}  max {max(figures):.1f}  n {len(figures)}"


def main() -> None:
    """Print all figures of the screen."""
    lines = (
        f"touch to first changed pixel, ms: {_describe(measure(250))}",
        f"process start to first page, ms:  {_describe(measure_start(7))}",
        f"scene to painted page, ms:        {_describe(measure_pages())}",
        f"memory after all pages and sizes: {measure_memory():.0f} MB",
        f"idle CPU, % of a core:            {measure_idle():.2f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
