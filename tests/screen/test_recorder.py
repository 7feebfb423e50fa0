"""What is recorded for scripted residents, and what never is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pygame

from kiosk.screen.recorder import Recorder
from tests.screen.samples import sample

if TYPE_CHECKING:
    from pathlib import Path

    from tests.screen.gallery import Studio


def test_each_page_is_saved_with_what_can_be_touched(tmp_path: Path, portrait: Studio) -> None:
    page = portrait.lay_out(sample("home"))
    surface = portrait.paint(page)
    recorder = Recorder(tmp_path / "record")

    recorder.save(surface, page)
    recorder.save(surface, page)

    names = sorted(path.name for path in (tmp_path / "record").iterdir())
    assert names == ["001-home.json", "001-home.png", "002-home.json", "002-home.png"]
    saved = json.loads((tmp_path / "record" / "001-home.json").read_text(encoding="utf-8"))
    services = next(node for node in saved["nodes"] if node["action"] == "services")
    place = next(node.rect for node in page.nodes if node.id == "services")
    assert services == {
        "id": "services",
        "role": "choice",
        "action": "services",
        "label": "我的服务",
        "private": False,
        "enabled": True,
        "rect_px": list(place),
    }
    assert pygame.image.load(tmp_path / "record" / "001-home.png").get_size() == page.size[2:]


def test_private_labels_are_left_out(tmp_path: Path, portrait: Studio) -> None:
    page = portrait.lay_out(sample("who_you_are"))

    Recorder(tmp_path).save(portrait.paint(page), page)

    text = (tmp_path / "001-who_you_are.json").read_text(encoding="utf-8")
    assert "王*芳" not in text
    assert "6105" not in text
    assert '"private": true' in text
