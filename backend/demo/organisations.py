"""Whom to ask: the street, its communities and its grids, with invented staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.demo.dice import Dice
from backend.demo.names import invent_name
from backend.demo.pinyin import pinyin_of
from backend.demo.places import COUNTY, COUNTY_NAME, STREET, STREET_NAME, communities, grids

if TYPE_CHECKING:
    from backend.demo.places import Community, GridPlace

    Rows = list[dict[str, Any]]

COMMITTEE = f"{STREET}-P"
_HOURS = "周一至周五 8:30—12:00，14:00—18:00"
_GRID_HOURS = "每天 8:00—20:00，急事可随时拨打"
_STREET_STAFF = (
    ("办事处主任", "主持办事处全面工作，联系社会救助、安全生产"),
    ("便民服务中心主任", "社保医保、民政救助、各类事项咨询与受理"),
)
_COMMITTEE_STAFF = (
    ("党工委书记", "主持党工委全面工作"),
    ("党工委副书记", "党建、纪律、精神文明"),
    ("组织委员", "党员发展与管理、流动党员服务"),
    ("宣传委员", "宣传、志愿服务"),
)
_BRANCH_STAFF = (
    ("党支部书记", "社区党建、居民议事、党员服务"),
    ("组织委员", "党员管理、组织关系转接、党费"),
    ("宣传委员", "学习活动、志愿服务"),
)
_COMMUNITY_STAFF = (
    ("居委会主任", "社区全面工作，居住证明审核与出具"),
    ("居委会副主任", "物业协调、环境卫生、防汛防火"),
    ("民政委员", "低保、临时救助、残疾人和高龄老人服务"),
    ("社保委员", "居民医保、养老保险、就业服务"),
)
_OFFICER_DUTIES = "入户走访、居住登记与核实、反映诉求、代办帮办"


def organisation_rows() -> Rows:
    """The tree as rows, parents before children."""
    street = {
        "organisation_id": STREET,
        "parent": "",
        "kind": "street",
        "name": f"{COUNTY_NAME}{STREET_NAME}办事处",
        "address": f"{COUNTY_NAME}中心街1号",
        "hours": _HOURS,
        "phone": "0913-0000100",
    }
    committee = {
        "organisation_id": COMMITTEE,
        "parent": STREET,
        "kind": "party_committee",
        "name": f"中共{STREET_NAME}工作委员会",
        "address": street["address"],
        "hours": _HOURS,
        "phone": "0913-0000120",
    }
    rows = [
        street,
        committee,
        *map(_community, communities()),
        *map(_branch, communities()),
        *map(_grid, grids()),
    ]
    return [
        {"county": COUNTY, "position": position, "pinyin": pinyin_of(str(row["name"])), **row}
        for position, row in enumerate(rows)
    ]


def staff_rows() -> Rows:
    """The staff of every organisation of the tree."""
    rows = _people(STREET, _STREET_STAFF, 300) + _people(COMMITTEE, _COMMITTEE_STAFF, 304)
    for community in communities():
        rows += _people(community.code, _COMMUNITY_STAFF, 310 + 10 * community.ordinal)
        rows += _people(branch_id(community), _BRANCH_STAFF, 316 + 10 * community.ordinal)
    rows += [_officer(grid) for grid in grids()]
    return rows


def grid_id(grid: GridPlace) -> str:
    """The id of a grid in the tree."""
    return f"{grid.community.code}-G{grid.number:02d}"


def branch_id(community: Community) -> str:
    """The id of a community's party branch in the tree."""
    return f"{community.code}-P"


def _branch(community: Community) -> dict[str, Any]:
    return {
        "organisation_id": branch_id(community),
        "parent": community.code,
        "kind": "party_branch",
        "name": f"中共{community.name}支部委员会",
        "address": f"{COUNTY_NAME}{community.road}{10 + community.ordinal}号便民服务点二楼",
        "hours": _HOURS,
        "phone": f"0913-0000{100 + community.ordinal}",
    }


def _community(community: Community) -> dict[str, Any]:
    return {
        "organisation_id": community.code,
        "parent": STREET,
        "kind": "community",
        "name": community.name,
        "address": f"{COUNTY_NAME}{community.road}{10 + community.ordinal}号便民服务点",
        "hours": _HOURS,
        "phone": f"0913-0000{100 + community.ordinal}",
    }


def _grid(grid: GridPlace) -> dict[str, Any]:
    return {
        "organisation_id": grid_id(grid),
        "parent": grid.community.code,
        "kind": "grid",
        "name": f"{grid.community.name}{grid.name}",
        "address": "、".join(grid.compounds),
        "hours": _GRID_HOURS,
        "phone": grid.phone,
    }


def _people(organisation: str, posts: tuple[tuple[str, str], ...], first_phone: int) -> Rows:
    return [
        _person(organisation, position, title, duties) | {"phone": f"0913-0000{first_phone + position}"}
        for position, (title, duties) in enumerate(posts)
    ]


def _person(organisation: str, position: int, title: str, duties: str) -> dict[str, Any]:
    dice = Dice(f"staff {organisation} {position}")
    name = invent_name(dice, dice.pick("12"))
    return {
        "county": COUNTY,
        "organisation_id": organisation,
        "position": position,
        "name": name,
        "pinyin": pinyin_of(name),
        "title": title,
        "duties": duties,
    }


def _officer(grid: GridPlace) -> dict[str, Any]:
    return {
        "county": COUNTY,
        "organisation_id": grid_id(grid),
        "position": 0,
        "name": grid.officer,
        "pinyin": pinyin_of(grid.officer),
        "title": "网格员",
        "duties": _OFFICER_DUTIES,
        "phone": grid.phone,
    }
