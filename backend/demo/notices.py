from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from backend.demo.pictures import picture_names
from backend.demo.places import COUNTY

if TYPE_CHECKING:
    from datetime import date


def notice_rows(today: date) -> list[dict[str, Any]]:
    """The demo articles as rows, dated back from `today`."""
    text = resources.files("backend.demo").joinpath("notices.toml").read_text(encoding="utf-8")
    pictures = picture_names()
    return [
        _row(place, article, today, pictures)
        for place, article in enumerate(tomllib.loads(text)["notice"], 1)
    ]


def _row(place: int, article: dict[str, Any], today: date, pictures: dict[str, str]) -> dict[str, Any]:
    last = article.get("days_left")
    return {
        "county": COUNTY,
        "notice_id": f"N{place:04d}",
        "column": article["column"],
        "title": article["title"],
        "paragraphs": article["paragraphs"],
        "source": article["source"],
        "published_on": today - timedelta(days=article["days_ago"]),
        "urgent": article.get("urgent", False),
        "expires_on": None if last is None else today + timedelta(days=last),
        "picture": pictures[article["picture"]] if "picture" in article else "",
    }
