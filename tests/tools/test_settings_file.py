"""What the desk writes is TOML, and says what was asked for."""

from __future__ import annotations

import tomllib

from tools.desk.settings_file import as_toml, merge


def test_strings_numbers_and_booleans_come_back_as_they_were() -> None:
    sections: dict[str, dict[str, object]] = {
        "kiosk": {"place": '乐楼 "一" \\ 号\n𬱖', "n": 3, "x": 2.5, "yes": True},
        "times": {"browse_s": 5},
    }

    assert tomllib.loads(as_toml(sections)) == sections


def test_changes_replace_single_values_and_add_sections() -> None:
    merged = merge(
        {"printer": {"address": "a", "paper_patience_s": 600}},
        {"printer": {"paper_patience_s": 2}, "x": {"y": 1}},
    )

    assert merged == {"printer": {"address": "a", "paper_patience_s": 2}, "x": {"y": 1}}
