"""Invented residents that nobody can take for each other: every trace of one of them names him alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.flow.people import make_household, make_identity, make_member, make_residence
from tests.printer_templates.papers import general_standard_characters

if TYPE_CHECKING:
    from backend_client.contract import Household, Member
    from devices.contract import Identity

_FIRST_RARE = 3500  # of 通用规范汉字表: from here on, characters that no other text of the kiosk holds
_TAKEN = frozenset("澄徵堇麟渭蒲")  # places
_FIRST_BIRTH = date(1950, 1, 1)
_ROOM = re.compile(r"(\d{5})室")
_NUMBER = re.compile(r"610590\d{11}[\dX]")


@dataclass(frozen=True, slots=True)
class Resident:
    """One resident, his card and his record."""

    index: int
    identity: Identity = field(repr=False)
    household: Household = field(repr=False)
    member: Member = field(repr=False)

    @property
    def key(self) -> str:
        """The keyed hash of his citizen number, as records have it."""
        return self.member.citizen_key


class Town:
    """So many residents, each with a surname, a room and a citizen number that nobody else has."""

    def __init__(self, size: int) -> None:
        rare = [each for each in general_standard_characters()[_FIRST_RARE:] if each not in _TAKEN]
        self.residents = tuple(_resident(index, surname) for index, surname in enumerate(rare[:size]))
        self._by_surname = {each.identity.name[0]: each.index for each in self.residents}
        self._by_number = {each.identity.number: each.index for each in self.residents}
        self.by_key = {each.key: each for each in self.residents}

    def named_in(self, text: str) -> set[int]:
        """Whoever is named by the text: by surname (masked names too), citizen number or room."""
        found = {self._by_surname[character] for character in text if character in self._by_surname}
        found |= {int(room) for room in _ROOM.findall(text)}
        return found | {self._by_number[number] for number in _NUMBER.findall(text)}

    def key_of(self, citizen_number: str) -> str:
        """What the platform would make of this citizen number."""
        return self.residents[self._by_number[citizen_number]].key


def _resident(index: int, surname: str) -> Resident:
    birth = _FIRST_BIRTH + timedelta(days=index)
    identity = make_identity(f"{surname}样本", birth, f"{index % 500 * 2:03d}")
    member = make_member(birth=birth).model_copy(
        update={
            "person_id": f"person-{index}",
            "citizen_key": hashlib.sha256(identity.number.encode()).hexdigest(),
            "name_key": hashlib.sha256(identity.name.encode()).hexdigest(),
            "masked_name": f"{surname}××",
        }
    )
    residence = make_residence()
    address = residence.address.model_copy(update={"room": f"{index:05d}室"})
    residence = residence.model_copy(update={"address": address, "landlord": ""})
    household = make_household(residence, member).model_copy(update={"household_id": f"household-{index}"})
    return Resident(index, replace(identity, address=f"样板村{index:05d}室"), household, member)
