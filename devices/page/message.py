"""The parts of an IPP message as plain data; `devices.page.frames` turns them into bytes and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.page.tags import GroupTag, ValueTag


@dataclass(frozen=True, slots=True)
class Range:
    """rangeOfInteger, both ends included."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Print resolution; `unit` is 3 for dots per inch, 4 for dots per centimetre."""

    across: int
    along: int
    unit: int


@dataclass(frozen=True, slots=True)
class Localized:
    """textWithLanguage and nameWithLanguage."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its values; more than one makes a 1setOf."""

    name: str
    values: tuple[Value, ...]


# None: an out-of-band value such as no-value. bytes: octets, dateTime, and whatever tag is not known here.
# A tuple of attributes: the members of a collection. bool before int, because a bool is an int as well.
Content = None | bool | int | str | bytes | Range | Resolution | Localized | tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its own syntax, for a 1setOf may mix keyword and name."""

    tag: int
    content: Content

    def text(self) -> str:
        """The characters of a text-like value, "" for every other syntax."""
        match self.content:
            case str(text) | Localized(text=text):
                return text
            case _:
                return ""


@dataclass(frozen=True, slots=True)
class Group:
    """One attribute group. Of two attributes with one name the first counts."""

    tag: int
    attributes: tuple[Attribute, ...] = ()

    def values(self, name: str) -> tuple[Value, ...]:
        """All values of an attribute, () where it is missing."""
        for each in self.attributes:
            if each.name == name:
                return each.values
        return ()

    def pick(self, names: frozenset[str]) -> Group:
        """Only these attributes: a printer may tell hundreds that nobody asked for."""
        return Group(self.tag, tuple(each for each in self.attributes if each.name in names))

    def texts(self, name: str) -> tuple[str, ...]:
        """All text-like values of an attribute."""
        return tuple(value.text() for value in self.values(name) if value.text())

    def text(self, name: str) -> str:
        """The first text-like value, "" where there is none."""
        return next(iter(self.texts(name)), "")

    def integer(self, name: str) -> int | None:
        """The first integer or enum, None where there is none."""
        found = (value.content for value in self.values(name))
        return next((each for each in found if isinstance(each, int) and not isinstance(each, bool)), None)

    def boolean(self, name: str) -> bool | None:
        """The first boolean, None where there is none."""
        found = (value.content for value in self.values(name))
        return next((each for each in found if isinstance(each, bool)), None)


@dataclass(frozen=True, slots=True)
class Message:
    """A request (`code` = operation) or a response (`code` = status), with the document behind it."""

    code: int
    request_id: int
    groups: tuple[Group, ...]
    version: tuple[int, int] = (1, 1)
    document: bytes = field(default=b"", repr=False)

    def group(self, tag: GroupTag) -> Group:
        """The first group of this kind, an empty one where there is none."""
        return next(iter(self.all_groups(tag)), Group(tag))

    def all_groups(self, tag: GroupTag) -> tuple[Group, ...]:
        """Every group of this kind, in order: Get-Jobs answers with one for each job."""
        return tuple(group for group in self.groups if group.tag == tag)


def attribute(tag: ValueTag, name: str, *contents: Content) -> Attribute:
    """An attribute whose values all have one syntax."""
    return Attribute(name, tuple(Value(tag, content) for content in contents))
