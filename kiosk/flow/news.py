"""Which notices are shown, in which column, and how old they are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.flow.parts import day_text, local, t
from kiosk.flow.world import Preferences

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend_client.contract import Notice
    from kiosk.flow.states import Attract, Kiosk
    from kiosk.flow.world import World
    from kiosk.scene.contract import Text

COLUMNS = ("party", "news", "notice")  # 基层党建, 新闻热点, 通知公告
MOST_SLIDES = 8
_OTHERS = COLUMNS[-1]  # where a column stands that this kiosk does not know
_OLD = timedelta(hours=24)
_DAYS_IN_WORDS = 30


def current(world: World) -> tuple[Notice, ...]:
    """The notices of today, urgent ones first, else as the platform orders them."""
    items = world.notices.items if world.notices else ()
    today = world.now.date()
    valid = [item for item in items if item.expires_on is None or item.expires_on >= today]
    return tuple(sorted(valid, key=lambda item: not item.urgent))


def in_column(world: World, column: str) -> tuple[Notice, ...]:
    """The notices of one column."""
    return tuple(item for item in current(world) if column_of(item) == column)


def column_of(notice: Notice) -> str:
    """The column where a notice stands."""
    return notice.column if notice.column in COLUMNS else _OTHERS


def find_notice(world: World, notice_id: str) -> Notice | None:
    """The notice, while it is shown."""
    return next((item for item in current(world) if item.id == notice_id), None)


def first_urgent(world: World) -> Notice | None:
    """The urgent notice that is told first."""
    return next((item for item in current(world) if item.urgent), None)


def slides(world: World) -> tuple[Notice | None, ...]:
    """What the idle page shows in turn: the welcome (None), what is urgent, what has a picture."""
    told = [item for item in current(world) if item.urgent or item.picture]
    return (None, *told[: MOST_SLIDES - 1])


def slide_of(kiosk: Kiosk, page: Attract) -> Notice | None:
    """The notice on the idle page; None = the welcome.

    Nothing moves, and nothing but the welcome is shown, to whoever has chosen large text, speech or another
    look.
    """
    if kiosk.preferences != Preferences():
        return None
    shown = slides(kiosk.world)
    return shown[page.slide % len(shown)]


def turns_by_itself(kiosk: Kiosk) -> bool:
    """Whether the idle page has another slide to show."""
    return kiosk.preferences == Preferences() and len(slides(kiosk.world)) > 1


def age_text(day: date, today: date) -> Text:
    """How long ago that was, in the words people use."""
    days = (today - day).days
    if days <= 0:
        return t("age.today")
    if days == 1:
        return t("age.yesterday")
    return t("age.days", days=str(days)) if days <= _DAYS_IN_WORDS else day_text(day)


def is_old(now: datetime, as_of: datetime) -> bool:
    """Whether what the platform said then is no longer to be taken for what it would say now."""
    return local(now).replace(tzinfo=None) - local(as_of).replace(tzinfo=None) > _OLD
