from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from backend.demo.pictures import picture_names
from backend.demo.places import COUNTY

if TYPE_CHECKING:
    from datetime import date

_WEEKDAYS = "一二三四五六日"


def notice_rows(today: date) -> list[dict[str, Any]]:
    """The demo articles as rows, dated back from `today`."""
    text = resources.files("backend.demo").joinpath("notices.toml").read_text(encoding="utf-8")
    pictures = picture_names()
    return [
        _row(place, article, today, pictures)
        for place, article in enumerate(tomllib.loads(text)["notice"], 1)
    ]


def _row(place: int, article: dict[str, Any], today: date, pictures: dict[str, str]) -> dict[str, Any]:
    last = today + timedelta(days=article["days_left"]) if "days_left" in article else None
    told = {"next_year": str(today.year + 1), "last_day": _day(last) if last else ""}
    return {
        "county": COUNTY,
        "notice_id": f"N{place:04d}",
        "column": article["column"],
        "title": article["title"].format(**told),
        "paragraphs": [paragraph.format(**told) for paragraph in article["paragraphs"]],
        "source": article["source"],
        "published_on": today - timedelta(days=article["days_ago"]),
        "urgent": article.get("urgent", False),
        "expires_on": last,
        "picture": pictures[article["picture"]] if "picture" in article else "",
    }


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
