"""The scripted resident reads recordings that are still being written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tools.desk.records import Records

if TYPE_CHECKING:
    from pathlib import Path


def record(folder: Path, stem: str, *actions: str) -> None:
    nodes = [
        {"id": action, "action": action, "label": "开始", "enabled": True, "rect_px": [10, 20, 100, 40]}
        for action in actions
    ]
    content = {"seq": 1, "name": stem.partition("-")[2], "nodes": nodes}
    (folder / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")


def test_the_newest_page_counts_by_number_not_by_name(tmp_path: Path) -> None:
    record(tmp_path, "999-home")
    record(tmp_path, "1000-attract", "start")

    page = Records(tmp_path).newest()

    assert page is not None
    assert (page.number, page.name, page.picture.name) == (1000, "attract", "1000-attract.png")


def test_a_page_that_is_still_being_written_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / ".001-attract.part.json").write_text("{", encoding="utf-8")

    assert Records(tmp_path).newest() is None


def test_a_touch_goes_to_the_middle_of_what_offers_the_action(tmp_path: Path) -> None:
    record(tmp_path, "001-attract", "start")

    page = Records(tmp_path).newest()

    assert page is not None
    spot = page.spot("start")
    assert spot is not None
    assert spot.centre_px == (60, 40)
    assert page.spot("print") is None


def test_waiting_ends_without_a_new_page(tmp_path: Path) -> None:
    record(tmp_path, "001-attract")

    assert Records(tmp_path).await_after(1, patience_s=0.02) is None
