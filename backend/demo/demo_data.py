from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.db.register import ContentRows, replace_register
from backend.demo.households import invent_households
from backend.demo.links import link_rows
from backend.demo.names import mask_officer
from backend.demo.notices import notice_rows
from backend.demo.organisations import organisation_rows, staff_rows
from backend.demo.pictures import picture_rows
from backend.demo.places import COUNTY, COUNTY_NAME, communities, grids, other_community, other_grid
from backend.demo.register_row import rows_of
from backend.demo.story_register import story_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from backend.db.database import Database
    from backend.db.register import HouseholdRows
    from backend.demo.places import Community, GridPlace


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What to invent: so many households of the street, as of this day, under this key."""

    households: int
    today: date
    lookup_key: bytes


def fewest_households(today: date) -> int:
    """How many households of the street the story cases need."""
    return sum(1 for case in story_cases(today) if case.household and not case.is_elsewhere)


def load_demo_data(database: Database, plan: DemoPlan, progress: Callable[[int], None]) -> int:
    """Put the demo register in place of the old one; the number of households, all streets together."""
    content = ContentRows(
        communities=[_community_row(each) for each in (*communities(), other_community())],
        grids=[_grid_row(each) for each in (*grids(), other_grid())],
        organisations=organisation_rows(),
        staff=staff_rows(),
        notices=notice_rows(plan.today),
        pictures=picture_rows(),
        links=link_rows(),
    )
    return database.write(
        lambda connection: replace_register(connection, content, _households(plan), progress)
    )


def _households(plan: DemoPlan) -> Iterator[HouseholdRows]:
    fewest = fewest_households(plan.today)
    for case in story_cases(plan.today):
        if case.household:
            yield rows_of(case.household, plan.lookup_key)
    # Numbers of the first households belong to the stories, whether they have one or not.
    first = len(story_cases(plan.today)) + 1
    for household in invent_households(first, plan.households - fewest, plan.today):
        yield rows_of(household, plan.lookup_key)


def _community_row(community: Community) -> dict[str, Any]:
    return {
        "county": COUNTY,
        "community": community.code,
        "county_name": COUNTY_NAME,
        "street_name": community.street_name,
        "name": community.name,
    }


def _grid_row(grid: GridPlace) -> dict[str, Any]:
    return {
        "county": COUNTY,
        "community": grid.community.code,
        "number": grid.number,
        "name": grid.name,
        "officer": mask_officer(grid.officer),
        "phone": grid.phone,
    }
