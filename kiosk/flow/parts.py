"""Pieces that every page is made of. Texts are catalogue keys; icons are names that the screen draws."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, TypeVar

from kiosk.scene.contract import Language, Node, Role, Text, TextSize, Theme

if TYPE_CHECKING:
    from datetime import date, datetime

    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Preferences

STEPS = ("card", "confirm", "choose", "preview", "print", "take")
MOST_CHOICES = 7
ROWS_PER_PAGE = 5
PRIMARY = "primary"  # the id of the one act that most people want
OFF_FAMILIES = frozenset({"IDR", "SSC", "PRN", "RCP", "STO"})

_NEXT_SIZE = {
    TextSize.SMALL: TextSize.NORMAL,
    TextSize.NORMAL: TextSize.LARGE,
    TextSize.LARGE: TextSize.LARGEST,
    TextSize.LARGEST: TextSize.NORMAL,
}
_NEXT_THEME = {
    Theme.STANDARD: Theme.CONTRAST_LIGHT,
    Theme.CONTRAST_LIGHT: Theme.CONTRAST_DARK,
    Theme.CONTRAST_DARK: Theme.YELLOW_ON_BLACK,
    Theme.YELLOW_ON_BLACK: Theme.STANDARD,
}


CHINA = timezone(timedelta(hours=8))  # the platform's moments carry a zone of their own
Row = TypeVar("Row")


def t(key: str, **values: str | Text) -> Text:
    """A text of the catalogue with its values."""
    return Text(key, tuple(values.items()))


def literal(words: str) -> Text:
    """Words that come from the platform or from the card."""
    return Text(literal=words)


def day_text(day: date) -> Text:
    """A day, as each language writes it."""
    return t("day", year=str(day.year), month=t(f"month.{day.month}"), day=str(day.day))


def moment_text(moment: datetime) -> Text:
    """A day of this year with its time."""
    here = local(moment)
    return t("moment", month=t(f"month.{here.month}"), day=str(here.day), time=f"{here:%H:%M}")


def local(moment: datetime) -> datetime:
    """The moment as the clock on the wall here shows it."""
    return moment if moment.tzinfo is None else moment.astimezone(CHINA)


def title(key: str, **values: str | Text) -> Node:
    """The question of the page."""
    return Node("title", Role.TITLE, t(key, **values))


def help_line(key: str, **values: str | Text) -> Node:
    """One sentence of help below the title."""
    return Node("help", Role.HELP, t(key, **values))


def content(*children: Node) -> Node:
    """What the page is about."""
    return Node("content", Role.CONTENT, children=children)


def picture(name: str) -> Node:
    """A line figure."""
    return Node("picture", Role.PICTURE, icon=name)


def notice(node_id: str, text: Text, icon: str = "information") -> Node:
    """What is different now."""
    return Node(node_id, Role.NOTICE, text, icon=icon)


def field(node_id: str, label: str, value: Text, *, private: bool = False) -> Node:
    """One line of a card; `label` is a catalogue key."""
    return Node(node_id, Role.FIELD, t(label), value, private=private)


def choice(action: str, icon: str, label: Text, detail: Text | None = None, *, enabled: bool = True) -> Node:
    """One of the things that can be chosen; the action names the node as well."""
    node_id = "choice-" + action.replace(":", "-")
    return Node(node_id, Role.CHOICE, label, detail, icon, action, enabled=enabled)


def button(action: str, key: str, icon: str = "", node_id: str = "") -> Node:
    """A secondary act in the foot."""
    return Node(node_id or action.replace(":", "-"), Role.BUTTON, t(key), icon=icon, action=action)


def primary(action: str, key: str, icon: str = "") -> Node:
    """The one act that most people want."""
    return Node(PRIMARY, Role.PRIMARY, t(key), icon=icon, action=action)


def back() -> Node:
    """返回, always at the left."""
    return button("back", "act.back", "back")


def staff_way_in() -> Node:
    """For staff; whoever else touches it finds a page that says so, with the way back."""
    return button("staff", "act.staff", "lock")


def steps(present: str) -> Node:
    """Where the person is on the way to the paper."""
    children = tuple(
        Node(f"step-{name}", Role.STEP, t(f"step.{name}"), chosen=name == present) for name in STEPS
    )
    return Node("steps", Role.STEPS, children=children)


def pager(page: int, pages: int) -> tuple[Node, ...]:
    """上一页 and 下一页, where there is more than one page."""
    if pages <= 1:
        return ()
    ways = (("previous", "back", page > 0), ("next", "forward", page + 1 < pages))
    return tuple(
        Node(f"page-{way}", Role.BUTTON, t(f"act.{way}"), icon=icon, action=f"page:{way}", enabled=possible)
        for way, icon, possible in ways
    )


def band(kiosk: Kiosk) -> Node:
    """Place, date and time, and whether the line is up, in words."""
    line = "offline" if kiosk.world.line else "online"
    return Node(
        "band",
        Role.BAND,
        literal(kiosk.plan.place),
        children=(
            Node("now", Role.TEXT, _now_text(kiosk.world.now)),
            Node("line", Role.TEXT, t(f"line.{line}"), icon=line),
        ),
    )


def foot(kiosk: Kiosk, *acts: Node) -> Node:
    """Acts and preferences, at the same place on every page."""
    return Node("foot", Role.FOOT, children=(*acts, *_preferences(kiosk.preferences)))


def warning(kiosk: Kiosk) -> Node:
    """还在吗？ above everything else, with one touch for more time."""
    seconds = str(int(kiosk.plan.times.warning.total_seconds()))
    consequence = "warning.session" if kiosk.session else "warning.page"
    return Node(
        "warning",
        Role.DIALOG,
        children=(
            Node("warning-title", Role.TITLE, t("warning.title")),
            Node("warning-help", Role.HELP, t(consequence, seconds=seconds)),
            Node("leave", Role.BUTTON, t("act.leave"), icon="exit", action="finish"),
            Node("stay", Role.PRIMARY, t("act.more_time"), icon="check", action="more_time"),
        ),
    )


def called(kiosk: Kiosk) -> tuple[Node, ...]:
    """That staff were called, on pages that cannot be left meanwhile."""
    return (
        (notice("called", t("staff_called.noted", phone=kiosk.plan.phone), "staff"),)
        if kiosk.staff_called
        else ()
    )


def off_text(code: str) -> Text:
    """Why something cannot be chosen now, in a few words."""
    family = code[:3]
    return t(f"off.{family}" if family in OFF_FAMILIES else "off.other", code=code)


def code_text(code: str) -> Text:
    """The sentence of a stable code, the code itself at its end."""
    return t(f"code.{code}.say")


def part_of(rows: tuple[Row, ...], page: int, size: int) -> tuple[tuple[Row, ...], int, int]:
    """The rows of one page, its number within bounds, and how many pages there are."""
    pages = max(1, -(-len(rows) // size))
    number = min(page, pages - 1)
    return rows[number * size : (number + 1) * size], number, pages


def _preferences(preferences: Preferences) -> tuple[Node, ...]:
    size = _NEXT_SIZE[preferences.text_size]
    theme = _NEXT_THEME[preferences.theme]
    language = Language.EN if preferences.language is Language.ZH else Language.ZH
    return (
        _preference(f"text_size:{size}", "text_size", t(f"preference.size_{size}")),
        _preference(f"theme:{theme}", "contrast", t(f"preference.theme_{theme}")),
        _preference(f"language:{language}", "language", t(f"preference.language_{language}")),
        _switch("low_reach", "low_reach", "reach", chosen=preferences.low_reach),
        _switch("speech", "voice", "voice", chosen=preferences.speech),
        _preference("call_staff", "staff", t("preference.staff")),
    )


def _preference(action: str, icon: str, label: Text) -> Node:
    """Its words say what a touch brings next."""
    return Node("prefer-" + icon, Role.PREFERENCE, label, icon=icon, action=action)


def _switch(verb: str, name: str, icon: str, *, chosen: bool) -> Node:
    """A preference that is on or off."""
    value = "off" if chosen else "on"
    label = t(f"preference.{verb}_{value}")
    return Node(f"prefer-{name}", Role.PREFERENCE, label, icon=icon, action=f"{verb}:{value}")


def _now_text(now: datetime) -> Text:
    return t(
        "now",
        month=t(f"month.{now.month}"),
        day=str(now.day),
        weekday=t(f"weekday.{now.isoweekday()}"),
        time=f"{now:%H:%M}",
    )
