"""Every errand is done once by touch, once by the keys alone, once by the keys and what is heard.

What was heard stands in transcripts/, one file an errand, each line with the prompts of the bank that say
it, to be read in a review: `python -m tests.robust.test_ways` writes them anew.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.contract import Role
from tests.flow.people import TENANT
from tests.robust.errands import ERRANDS, at_rest
from tests.robust.ways import Ears, Finger, Keys, LostError, Walk, Way
from tests.screen.gallery import PORTRAIT, Studio, panel
from tools.fonts import make_fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node, Scene
    from kiosk.screen.page import Page

TRANSCRIPTS = Path(__file__).parent / "transcripts"
_FONTS = Path(__file__).resolve().parents[2] / "var" / "fonts"


def make_studio() -> Studio:
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    make_fonts(_FONTS)
    return Studio(panel(PORTRAIT, _FONTS))


@pytest.fixture(scope="module")
def studio() -> Studio:
    return make_studio()


def transcript(errand: str, studio: Studio) -> str:
    ears = Ears()
    Walk(at_rest(), ears, studio).go(ERRANDS[errand][0])
    return "\n".join(ears.heard) + "\n"


def file_of(errand: str) -> Path:
    return TRANSCRIPTS / f"{re.sub('[^a-z]+', '_', errand)}.txt"


@pytest.mark.parametrize("errand", ERRANDS)
def test_an_errand_is_done_by_touch_by_keys_and_by_ear(studio: Studio, errand: str) -> None:
    deeds, end = ERRANDS[errand]
    ways: Sequence[Way] = (Finger(), Keys(), Ears())

    seen = [Walk(at_rest(), way, studio).go(deeds) for way in ways]

    assert [pages[-1] for pages in seen] == [end] * 3
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("errand", ERRANDS)
def test_what_is_heard_on_an_errand_is_what_stands_on_file(studio: Studio, errand: str) -> None:
    again = "read it, then: python -m tests.robust.test_ways"

    assert transcript(errand, studio) == file_of(errand).read_text(encoding="utf-8"), again


def test_no_transcript_is_left_of_an_errand_that_is_gone() -> None:
    assert {path.name for path in TRANSCRIPTS.iterdir()} == {file_of(errand).name for errand in ERRANDS}


def test_nobodys_data_is_heard(studio: Studio) -> None:
    heard = transcript("certificate", studio)

    assert "（个人信息）" in heard
    person = TENANT.identity
    assert person.name not in heard
    assert person.number[:8] not in heard


class Mute(Ears):
    """Hears nothing of the one control that is meant."""

    def show(self, scene: Scene, page: Page) -> None:
        super().show(replace(scene, nodes=tuple(map(_mute, scene.nodes))), page)


def _mute(node: Node) -> Node:
    if node.role is Role.CHOICE and node.action == "service:residence":
        return replace(node, label=None, detail=None)
    return replace(node, children=tuple(map(_mute, node.children)))


def test_a_control_that_is_not_said_is_never_found_by_ear(studio: Studio) -> None:
    deeds, _ = ERRANDS["certificate"]

    with pytest.raises(LostError):
        Walk(at_rest(), Mute(), studio).go(deeds)


def main() -> None:
    """Write the transcripts anew."""
    TRANSCRIPTS.mkdir(exist_ok=True)
    studio = make_studio()
    for path in TRANSCRIPTS.iterdir():
        path.unlink()
    for errand in ERRANDS:
        try:
            file_of(errand).write_text(transcript(errand, studio), encoding="utf-8")
        except AssertionError as error:
            sys.stdout.write(f"{errand}: {error}\n")


if __name__ == "__main__":
    main()
