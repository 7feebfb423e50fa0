"""The invented map: one street with 10 communities and 43 grids, and one community of another street."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.demo.dice import Dice
from backend.demo.names import invent_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL_HOUSEHOLDS = 23_480
COUNTY = "610525"
COUNTY_NAME = "澄城县"
STREET = "610525001"
STREET_NAME = "城关街道"
LELOU = "610525001003"
OTHER_COMMUNITY = "610525002001"  # of a street that the kiosks do not serve
_COMPOUNDS_PER_GRID = 3


@dataclass(frozen=True, slots=True)
class Community:
    """A community; `ordinal` counts from 1, 0 = outside the street."""

    code: str
    name: str
    street_name: str
    ordinal: int
    road: str


@dataclass(frozen=True, slots=True)
class GridPlace:
    """A grid with the compounds in it and the officer who looks after it."""

    community: Community
    number: int
    compounds: tuple[str, ...]
    officer: str
    phone: str

    @property
    def name(self) -> str:
        """第07网格."""
        return f"第{self.number:02d}网格"


_COMMUNITIES = (
    ("中心社区", "中心街", 4),
    ("东关社区", "东大街", 4),
    ("乐楼社区", "乐楼路", 5),
    ("公园社区", "公园路", 5),
    ("古徵社区", "古徵街", 4),
    ("九路社区", "九路", 4),
    ("西河社区", "西河路", 4),
    ("北关社区", "北大街", 4),
    ("南关社区", "南大街", 4),
    ("晨光社区", "晨光路", 5),
)
_COMPOUND_HEADS = (
    "九路新村",
    "惠民家园",
    "锦绣花园",
    "阳光小区",
    "幸福里",
    "和谐家园",
    "书香苑",
    "翠园小区",
    "安居小区",
    "春晖苑",
    "长宁小区",
    "明珠花园",
    "东风家属院",
    "纺织厂家属院",
    "供销社家属院",
    "粮站家属院",
)


def communities() -> tuple[Community, ...]:
    """The ten communities of the street, by their codes 610525001001 to 610525001010."""
    return tuple(
        Community(f"{STREET}{ordinal:03d}", name, STREET_NAME, ordinal, road)
        for ordinal, (name, road, _) in enumerate(_COMMUNITIES, 1)
    )


def other_community() -> Community:
    """A community that the kiosks of the street do not serve."""
    return Community(OTHER_COMMUNITY, "北苑社区", "城北街道", 0, "北苑路")


def grids() -> tuple[GridPlace, ...]:
    """The 43 grids of the street, numbered through."""
    return tuple(_number_grids())


def other_grid() -> GridPlace:
    """The grid of the other street."""
    return GridPlace(other_community(), 1, ("北苑小区",), "周文", "0913-0000299")


def grids_of(community: str) -> tuple[GridPlace, ...]:
    """The grids of one community of the street."""
    return tuple(grid for grid in grids() if grid.community.code == community)


def _number_grids() -> Iterator[GridPlace]:
    number = 0
    for community, (_, _, count) in zip(communities(), _COMMUNITIES, strict=True):
        for _ in range(count):
            number += 1
            dice = Dice(f"grid {number}")
            officer = invent_name(dice, dice.pick("12"))
            phone = f"0913-0000{200 + number}"
            yield GridPlace(community, number, _compounds(number), officer, phone)


def _compounds(grid: int) -> tuple[str, ...]:
    places = (
        _COMPOUND_HEADS[(grid * 5 + step * 3) % len(_COMPOUND_HEADS)] for step in range(_COMPOUNDS_PER_GRID)
    )
    return tuple(places)
