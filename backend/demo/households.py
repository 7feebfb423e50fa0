"""Ordinary households by the thousand, each from a seed of its own, so that one does not change another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.demo.dice import Dice
from backend.demo.names import invent_given_name, invent_name, invent_nation, mask, surname_of
from backend.demo.persons import CitizenNumbers, Person, years_before
from backend.demo.places import grids
from backend.demo.register_row import Belonging, Home, InventedHousehold, Stay
from backend_client.contract import HukouType, MemberStatus, ResidenceMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.demo.places import GridPlace

_MODES = {
    ResidenceMode.OWN: 620,
    ResidenceMode.RENTED: 200,
    ResidenceMode.BORROWED: 50,
    ResidenceMode.DORMITORY: 20,
    ResidenceMode.COLLECTIVE: 20,
    ResidenceMode.REGISTERED_ONLY: 40,
    ResidenceMode.MOVED_OUT: 30,
    ResidenceMode.PENDING: 20,
}
_LEASED = {ResidenceMode.RENTED, ResidenceMode.DORMITORY}
_SINGLE, _PARTNERS, _FAMILY, _THREE_GENERATIONS = range(4)
_SHAPES = {_SINGLE: 22, _PARTNERS: 30, _FAMILY: 36, _THREE_GENERATIONS: 12}
_ADULT_AGE = 22
_YEARLY_CHECK_DAYS = 365
_SON, _DAUGHTER, _FATHER, _MOTHER, _HUSBAND, _WIFE = "20", "30", "51", "52", "11", "12"
HEAD, NOT_RELATED = "02", "99"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What one household is drawn with."""

    dice: Dice
    today: date
    numbers: CitizenNumbers

    def day_back(self, low: int, high: int) -> date:
        """A day from `low` to `high` days ago."""
        return self.today - timedelta(days=self.dice.number(low, high))

    def person(self, name: str, sex: str, age: int) -> Person:
        """A person of this age, with a number of their own."""
        birth = years_before(self.today, age, self.dice.number(0, 364))
        return Person(name, sex, birth, self.numbers.take(birth, sex), invent_nation(self.dice, name))


def invent_households(first: int, count: int, today: date) -> Iterator[InventedHousehold]:
    """`count` households, numbered from `first`, spread over all grids; the same ones for the same day."""
    places, numbers = grids(), CitizenNumbers()
    for ordinal in range(first, first + count):
        drawing = _Drawing(Dice(f"household {ordinal}"), today, numbers)
        yield _household(drawing, ordinal, places[ordinal % len(places)])


def household_id(ordinal: int) -> str:
    """The platform's own id of a household."""
    return f"HH{ordinal:06d}"


def _household(drawing: _Drawing, ordinal: int, grid: GridPlace) -> InventedHousehold:
    mode = drawing.dice.weigh(_MODES)
    is_collective = mode is ResidenceMode.COLLECTIVE
    stay = _stay(drawing, mode)
    members = _collective(drawing, stay) if is_collective else _family(drawing, stay)
    return InventedHousehold(
        id=household_id(ordinal),
        hukou_type=HukouType.COLLECTIVE if is_collective else HukouType.FAMILY,
        home=_home(drawing.dice, grid),
        stay=stay,
        members=members,
        version=drawing.dice.number(1, 6),
    )


def _home(dice: Dice, grid: GridPlace) -> Home:
    room = dice.number(1, 18) * 100 + dice.number(1, 4)
    return Home(grid, dice.pick(grid.compounds), dice.number(1, 16), dice.number(1, 3), room)


def _stay(drawing: _Drawing, mode: ResidenceMode) -> Stay:
    dice = drawing.dice
    registered_on = drawing.day_back(60, 4000)
    age_of_check = dice.number(400, 900) if dice.chance(6) else dice.number(1, _YEARLY_CHECK_DAYS - 5)
    verified_on = max(registered_on, drawing.today - timedelta(days=age_of_check))
    if mode is ResidenceMode.PENDING:
        return Stay(mode, drawing.day_back(1, 60), verified_on=None)
    if mode not in _LEASED:
        landlord = mask(invent_name(dice, "1")) if mode is ResidenceMode.BORROWED else ""
        return Stay(mode, registered_on, verified_on, landlord=landlord)
    ends_in = -dice.number(1, 200) if dice.chance(8) else dice.number(20, 700)
    return Stay(
        mode,
        registered_on,
        verified_on,
        period_from=registered_on - timedelta(days=dice.number(1, 20)),
        period_until=drawing.today + timedelta(days=ends_in),
        landlord=mask(invent_name(dice, dice.pick("12"))) if mode is ResidenceMode.RENTED else "",
    )


def _family(drawing: _Drawing, stay: Stay) -> tuple[Belonging, ...]:
    dice = drawing.dice
    shape = dice.weigh(_SHAPES)
    sex = "1" if dice.chance(72) else "2"
    age = dice.number(_ADULT_AGE, 84) if shape in {_SINGLE, _PARTNERS} else dice.number(28, 55)
    head = drawing.person(invent_name(dice, sex), sex, age)
    status = MemberStatus.MOVED_OUT if stay.mode is ResidenceMode.MOVED_OUT else MemberStatus.PRESENT
    people = [(head, HEAD)]
    if shape != _SINGLE:
        people.append(_spouse(drawing, sex, age))
    if shape in {_FAMILY, _THREE_GENERATIONS}:
        people.extend(_children(drawing, surname_of(head.name), age))
    if shape == _THREE_GENERATIONS:
        people.append(_parent(drawing, surname_of(head.name), age))
    return tuple(Belonging(person, relation, stay.registered_on, status) for person, relation in people)


def _spouse(drawing: _Drawing, sex_of_head: str, age: int) -> tuple[Person, str]:
    sex, relation = ("2", _WIFE) if sex_of_head == "1" else ("1", _HUSBAND)
    years = max(_ADULT_AGE, age + drawing.dice.number(-4, 2))
    return drawing.person(invent_name(drawing.dice, sex), sex, years), relation


def _children(drawing: _Drawing, surname: str, age: int) -> list[tuple[Person, str]]:
    children = []
    oldest = age - 24 - drawing.dice.number(0, 3)
    for place in range(drawing.dice.weigh({1: 55, 2: 38, 3: 7})):
        sex = drawing.dice.pick("12")
        name = surname + invent_given_name(drawing.dice, sex)
        years = max(0, oldest - 3 * place)
        children.append((drawing.person(name, sex, years), _SON if sex == "1" else _DAUGHTER))
    return children


def _parent(drawing: _Drawing, surname: str, age: int) -> tuple[Person, str]:
    sex = drawing.dice.pick("12")
    name = surname + invent_given_name(drawing.dice, sex) if sex == "1" else invent_name(drawing.dice, sex)
    return drawing.person(name, sex, age + drawing.dice.number(22, 32)), _FATHER if sex == "1" else _MOTHER


def _collective(drawing: _Drawing, stay: Stay) -> tuple[Belonging, ...]:
    people = []
    for _ in range(drawing.dice.number(2, 8)):
        sex = drawing.dice.pick("12")
        person = drawing.person(invent_name(drawing.dice, sex), sex, drawing.dice.number(18, 45))
        people.append(Belonging(person, NOT_RELATED, stay.registered_on))
    return tuple(people)
