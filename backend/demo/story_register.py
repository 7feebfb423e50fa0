"""The story cases of one day: their households, and the cards of their holders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.demo.households import household_id
from backend.demo.persons import Person, age_on, story_number, years_before
from backend.demo.places import LELOU, grids_of, other_grid
from backend.demo.register_row import Belonging, Home, InventedHousehold, Stay
from backend.demo.stories import STORIES, Registered

if TYPE_CHECKING:
    from backend.demo.stories import Story

_OTHER_STREET_ID = 900001  # outside the numbers of the street
_CARD_AGE_YEARS = 3
_TEENAGER, _YOUNG, _OLD = 16, 26, 46  # ages from which a card counts longer: 5, 10, 20 years, for ever


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed on one resident ID card; `valid_until` None = for ever."""

    stem: str
    title: str
    person: Person = field(repr=False)
    address: str = field(repr=False)
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class StoryCase:
    """A card, and the household that the register has for it, if any."""

    card: Card
    household: InventedHousehold | None = field(repr=False)
    is_elsewhere: bool


def story_cases(today: date) -> tuple[StoryCase, ...]:
    """All story cases as of this day."""
    return tuple(_case(place, story, today) for place, story in enumerate(STORIES))


def _case(place: int, story: Story, today: date) -> StoryCase:
    people = tuple(_person(story, place, role, today) for role in range(len(story.roles)))
    household = None if story.registered is Registered.NO else _household(place, story, people, today)
    return StoryCase(_card(story, people[story.holder], today), household, story.is_elsewhere)


def _person(story: Story, place: int, role: int, today: date) -> Person:
    data = story.roles[role]
    birth = years_before(today, data.age, (place * 37 + role * 101) % 350)
    return Person(data.name, data.sex, birth, story_number(birth, data.sex, place))


def _household(place: int, story: Story, people: tuple[Person, ...], today: date) -> InventedHousehold:
    registered_on = today - timedelta(days=story.registered_days)
    members = tuple(
        Belonging(person, role.relation, registered_on, role.status)
        for person, role in zip(people, story.roles, strict=True)
    )
    has_members = story.registered is Registered.YES
    return InventedHousehold(
        id=household_id(_OTHER_STREET_ID if story.is_elsewhere else place + 1),
        hukou_type=story.hukou_type,
        home=_home(place, story),
        stay=_stay(story, registered_on, today),
        members=members if has_members else (),
        head=people[0],
        version=story.version,
    )


def _home(place: int, story: Story) -> Home:
    choices = grids_of(LELOU)
    grid = other_grid() if story.is_elsewhere else choices[place % len(choices)]
    return Home(
        grid, grid.compounds[0], 1 + place % 12, 1 + place % 3, (2 + place % 14) * 100 + 1 + place % 4
    )


def _stay(story: Story, registered_on: date, today: date) -> Stay:
    began, ends = (
        (today - timedelta(days=story.lease[0]), today + timedelta(days=story.lease[1]))
        if story.lease
        else (None, None)
    )
    verified_on = None if story.verified_days is None else today - timedelta(days=story.verified_days)
    return Stay(story.mode, registered_on, verified_on, began, ends, story.landlord)


def _card(story: Story, person: Person, today: date) -> Card:
    holder = Person(story.card_name or person.name, person.sex, person.birth, person.number, person.nation)
    if story.card_expired_days is not None:
        until = today - timedelta(days=story.card_expired_days)
        return Card(story.stem, story.title, holder, story.card_address, years_before(until, 10), until)
    valid_from = years_before(today, _CARD_AGE_YEARS, 12)
    years = _validity_years(age_on(valid_from, person.birth))
    valid_until = years_before(valid_from, -years) if years else None
    return Card(story.stem, story.title, holder, story.card_address, valid_from, valid_until)


def _validity_years(age: int) -> int | None:
    if age < _TEENAGER:
        return 5
    if age < _YOUNG:
        return 10
    return 20 if age < _OLD else None
