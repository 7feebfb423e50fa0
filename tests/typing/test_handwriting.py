"""Characters for strokes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.typing.contract import MAX_CANDIDATES, Point
from kiosk.typing.zinnia import MODEL, ZinniaEngine, ZinniaMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.typing.contract import Stroke


@pytest.fixture(scope="module")
def engine() -> Iterator[ZinniaEngine]:
    made = ZinniaEngine()
    yield made
    made.close()


def stroke(*points: tuple[float, float]) -> Stroke:
    return tuple(Point(x, y) for x, y in points)


TEN = (stroke((0.1, 0.45), (0.9, 0.45)), stroke((0.5, 0.1), (0.5, 0.9)))
KING = (
    stroke((0.2, 0.2), (0.8, 0.2)),
    stroke((0.25, 0.5), (0.75, 0.5)),
    stroke((0.5, 0.2), (0.5, 0.85)),
    stroke((0.1, 0.85), (0.9, 0.85)),
)
MIDDLE = (
    stroke((0.2, 0.3), (0.2, 0.6)),
    stroke((0.2, 0.3), (0.8, 0.3), (0.8, 0.6)),
    stroke((0.2, 0.6), (0.8, 0.6)),
    stroke((0.5, 0.05), (0.5, 0.95)),
)


@pytest.mark.parametrize(("strokes", "character"), [(TEN, "十"), (KING, "王"), (MIDDLE, "中")])
def test_plain_strokes_are_read(engine: ZinniaEngine, strokes: tuple[Stroke, ...], character: str) -> None:
    found = engine.characters(strokes)

    assert character in found[:3]
    assert len(found) <= MAX_CANDIDATES


def test_without_strokes_there_is_nothing(engine: ZinniaEngine) -> None:
    assert engine.characters(()) == ()
    assert engine.characters(((),)) == ()


def test_strokes_beyond_the_pad_and_without_end_do_no_harm(engine: ZinniaEngine) -> None:
    wild = tuple(stroke(*((-5.0 + at, 9.0) for at in range(500))) for _ in range(90))

    assert len(engine.characters(wild)) <= MAX_CANDIDATES


def test_one_question_leaves_nothing_for_the_next(engine: ZinniaEngine) -> None:
    alone = engine.characters(TEN)
    engine.characters(KING)

    assert engine.characters(TEN) == alone


def test_its_model_takes_no_memory_between_two_questions(engine: ZinniaEngine) -> None:
    engine.characters(KING)
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8").split(str(MODEL), 1)[1]

    resident_kb = int(re.findall(r"Rss: +([0-9]+) kB", maps)[0])
    assert resident_kb < 100


def test_without_its_model_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ZinniaMissingError):
        ZinniaEngine(tmp_path / "no.model")
