"""What a platform shows to everyone, small, and a platform that shows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from backend_client.contract import Link, Links, Notice, Notices, Organisation, Organisations
from tests.work.platforms import DOWN, SilentPlatform

if TYPE_CHECKING:
    from datetime import timedelta

    from backend_client.contract import PlatformFault

AS_OF = datetime(2026, 11, 23, 8, tzinfo=UTC)


def picture(colour: str = "red", kind: str = "PNG", side: int = 40) -> bytes:
    """A picture as the platform has it."""
    drawn = BytesIO()
    Image.new("RGB", (side, side // 2), colour).save(drawn, kind)
    return drawn.getvalue()


def name_of(raster: bytes) -> str:
    """The name under which the platform offers a picture."""
    return hashlib.sha256(raster).hexdigest()


def make_notices(*pictures: bytes, title: str = "停水通知") -> Notices:
    """One notice without a picture, and one for each picture."""
    names = ("", *map(name_of, pictures))
    items = tuple(
        Notice(
            id=f"n{at}",
            column="notice",
            title=title,
            paragraphs=("周六停水。",),
            source="城关街道",
            published_on=date(2026, 11, 22),
            picture=name,
        )
        for at, name in enumerate(names)
    )
    return Notices(items=items, as_of=AS_OF)


@dataclass
class ShowingPlatform(SilentPlatform):
    """Shows what it holds while it is up."""

    up: bool = True
    has_links: bool = True
    shown: Notices = field(default_factory=make_notices)
    pictures: dict[str, bytes | PlatformFault] = field(default_factory=dict)

    def notices(self, deadline: timedelta) -> Notices | PlatformFault:
        self.deadlines.append(deadline)
        return self.shown if self.up else DOWN

    def organisations(self, deadline: timedelta) -> Organisations | PlatformFault:
        self.deadlines.append(deadline)
        place = Organisation(
            id="c1", parent="", name="乐楼社区", phone="0913-0000103", pinyin="le lou she qu"
        )
        return Organisations(items=(place,), as_of=AS_OF) if self.up else DOWN

    def links(self, deadline: timedelta) -> Links | PlatformFault:
        self.deadlines.append(deadline)
        link = Link(id="app", title="社区应用", meaning="在家办理。", url="https://platform.example/app")
        return Links(items=(link,), as_of=AS_OF) if self.up and self.has_links else DOWN

    def picture(self, name: str, deadline: timedelta) -> bytes | PlatformFault:
        self.deadlines.append(deadline)
        self.asked.append(f"picture {name[:6]}")
        return self.pictures.get(name, DOWN) if self.up else DOWN
