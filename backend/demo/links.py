"""What residents may take home on their own telephones; the addresses are of an example domain."""

from __future__ import annotations

from typing import Any

from backend.demo.places import COUNTY

_LINKS = (
    ("app", "智慧城关手机应用", "办事指南、通知、反映问题", "https://chengguan.example/app"),
    ("wechat", "微信扫一扫", "在微信里打开智慧城关", "https://chengguan.example/weixin"),
    ("account", "城关街道公众号", "关注后接收通知和新闻", "https://chengguan.example/gongzhonghao"),
)


def link_rows() -> list[dict[str, Any]]:
    """The links as rows, in their order."""
    return [
        {
            "county": COUNTY,
            "link_id": link_id,
            "position": position,
            "title": title,
            "meaning": meaning,
            "url": url,
        }
        for position, (link_id, title, meaning, url) in enumerate(_LINKS)
    ]
