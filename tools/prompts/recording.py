"""One prompt after the other into a folder: what is there already is not recorded again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language
from kiosk.voice.bank import INDEX, KINDS, file_stem
from kiosk.voice.prompts import all_prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kiosk.voice.espeak import Engine

_QUALITY = "3"  # of Ogg Vorbis: about 5 KB a second


@dataclass(frozen=True, slots=True)
class Wish:
    """A recording that must be there."""

    words: str
    language: Language
    stem: str


def list_wishes(engine: Engine, languages: Iterable[Language] = tuple(Language)) -> tuple[Wish, ...]:
    """Every recording once, however many prompts have the same words."""
    wishes: dict[tuple[str, Language], Wish] = {}
    for language in languages:
        for prompt in all_prompts(language):
            stem = file_stem(engine.name(language), engine.given(prompt.words, language))
            wishes[prompt.words, language] = Wish(prompt.words, language, stem)
    return tuple(wishes.values())


def record_all(
    engine: Engine, wishes: tuple[Wish, ...], out: Path, tell: Callable[[int, int], None]
) -> tuple[Wish, ...]:
    """Record what is missing, on all cores, and write the index; what could not be recorded.

    `tell` is called with how many are there, and of how many. A file appears only when it is whole.
    """
    out.mkdir(parents=True, exist_ok=True)
    failed: list[Wish] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = pool.map(lambda wish: find_file(out, wish) or _record(engine, wish, out), wishes)
        for done, (wish, name) in enumerate(zip(wishes, results, strict=True), 1):
            if not name:
                failed.append(wish)
            tell(done, len(wishes))
    _write_index(wishes, out)
    return tuple(failed)


def find_file(out: Path, wish: Wish) -> str:
    """The name of the file that holds it; "" where there is none."""
    names = (wish.stem + kind for kind in KINDS)
    return next((name for name in names if (out / name).is_file()), "")


def sweep(out: Path, wishes: tuple[Wish, ...]) -> int:
    """Remove recordings that no prompt needs any more; how many they were."""
    needed = {wish.stem for wish in wishes}
    stale = [path for path in _recordings(out) if path.stem not in needed]
    for path in stale:
        path.unlink()
    return len(stale)


def _record(engine: Engine, wish: Wish, out: Path) -> str:
    wav = engine.render(wish.words, wish.language)
    if not wav:
        return ""
    ogg = _press(wav)
    name = wish.stem + (KINDS[0] if ogg else KINDS[1])
    half = out / f".{name}.half"
    half.write_bytes(ogg or wav)
    half.rename(out / name)
    return name


def _press(wav: bytes) -> bytes:
    """The same as Ogg Vorbis; empty where there is no encoder."""
    program = shutil.which("oggenc")
    if program is None:
        return b""
    command = [program, "--quiet", "--quality", _QUALITY, "--serial", "1", "--output", "-", "-"]
    return subprocess.run(command, input=wav, capture_output=True, check=True).stdout


def _write_index(wishes: tuple[Wish, ...], out: Path) -> None:
    index: dict[str, dict[str, str]] = {language.value: {} for language in Language}
    for wish in wishes:
        if name := find_file(out, wish):
            index[wish.language.value][wish.words] = name
    half = out / f".{INDEX}.half"
    half.write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    half.rename(out / INDEX)


def _recordings(out: Path) -> Iterator[Path]:
    return (path for path in out.iterdir() if path.suffix in KINDS)
