"""POST /v1/households/lookup: one household, by keyed number, and a line in the access log."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from backend_client.contract import (
    Found,
    Household,
    HukouType,
    Member,
    MemberStatus,
    ResidenceMode,
    UnknownPerson,
)
from tests.backend.platform_calls import DEADLINE, look_up

if TYPE_CHECKING:
    from tests.backend.platform_fixtures import Town

IN_REGISTER = (
    *("tenant", "owner", "lease_ended", "moved_out", "record_too_old", "single_person", "head_changed"),
    *("collective", "minor", "rare_name", "expired_card", "other_community", "pending", "registered_only"),
)


def found(town: Town, stem: str) -> tuple[Household, Member]:
    outcome = look_up(town.client(), town.card(stem))
    assert outcome.applicant is not None
    return outcome.household, outcome.applicant


@pytest.mark.parametrize("stem", IN_REGISTER)
def test_every_story_person_of_the_register_is_found_under_the_name_on_the_card(
    town: Town, stem: str
) -> None:
    card = town.card(stem)

    outcome = look_up(town.client(), card)

    assert outcome.name_matches
    assert outcome.applicant is not None
    assert (outcome.applicant.sex, outcome.applicant.birth) == (card["sex"], card["birth"])


def test_the_tenant_of_the_story_rents_in_lelou_with_a_child_of_school_age(town: Town) -> None:
    household, applicant = found(town, "tenant")

    residence = household.residence
    assert residence.mode is ResidenceMode.RENTED
    assert residence.address.code.startswith("610525001003")
    assert residence.address.community == "乐楼社区"
    assert residence.period_from is not None
    assert residence.period_until is not None
    assert residence.period_from < household.as_of.date() < residence.period_until
    assert residence.landlord == "李××"
    assert applicant.relation_code == "02"
    assert [member.relation_code for member in household.members] == ["02", "11", "30"]


def test_who_is_not_registered_is_unknown(town: Town) -> None:
    card = town.card("unknown_person")

    outcome = town.client().look_up(card["number"], card["name"], DEADLINE)

    assert outcome == UnknownPerson()


def test_a_household_without_member_pages_is_found_by_its_head_and_says_that_it_is_empty(town: Town) -> None:
    outcome = look_up(town.client(), town.card("no_members"))

    assert outcome.household.members == ()
    assert outcome.applicant is None


def test_a_name_that_differs_from_the_register_is_noticed_without_sending_either(town: Town) -> None:
    card = town.card("name_differs")

    outcome = look_up(town.client(), card)

    assert outcome.applicant is not None
    assert not outcome.name_matches


def test_the_cases_have_what_makes_them_cases(town: Town) -> None:
    cases = {stem: found(town, stem)[0] for stem in IN_REGISTER}
    today = cases["owner"].as_of.date()

    def verified_days(stem: str) -> int:
        verified_on = cases[stem].residence.verified_on
        assert verified_on is not None
        return (today - verified_on).days

    lease_end = cases["lease_ended"].residence.period_until
    assert lease_end is not None
    assert lease_end < today
    assert cases["moved_out"].residence.mode is ResidenceMode.MOVED_OUT
    assert verified_days("record_too_old") > 365
    assert verified_days("tenant") < 180
    assert len(cases["single_person"].members) == 1
    assert MemberStatus.DECEASED in {member.status for member in cases["head_changed"].members}
    assert cases["collective"].hukou_type is HukouType.COLLECTIVE
    assert cases["pending"].residence.verified_on is None
    assert cases["registered_only"].residence.mode is ResidenceMode.REGISTERED_ONLY
    assert not cases["other_community"].residence.address.code.startswith("610525001")
    assert found(town, "minor")[1].birth.year > today.year - 16


def test_a_lookup_leaves_a_line_that_names_kiosk_and_household_and_nobody(town: Town) -> None:
    household, applicant = found(town, "owner")

    with sqlite3.connect(town.process.state_dir / "platform.sqlite") as database:
        query = "SELECT * FROM lookups WHERE household_id = ? ORDER BY looked_up_at DESC"
        row: tuple[Any, ...] = database.execute(query, (household.household_id,)).fetchone()

    assert row[1] == "CG-KSK-03"
    assert applicant.citizen_key not in str(row)
    assert applicant.person_id not in row


def test_neither_name_nor_number_of_anybody_stands_in_database_or_log(town: Town) -> None:
    cards = [town.card(stem) for stem in IN_REGISTER]
    for card in cards:
        town.client().look_up(card["number"], card["name"], DEADLINE)

    stored = b"".join(path.read_bytes() for path in town.process.state_dir.glob("platform.sqlite*"))

    for card in cards:
        for secret in (card["name"], card["number"]):
            assert secret.encode() not in stored
            assert secret not in town.process.log()


def test_two_lookups_give_the_same_household(town: Town) -> None:
    client, card = town.client(), town.card("tenant")

    first, second = look_up(client, card), look_up(client, card)

    assert isinstance(first, Found)
    assert first.household.model_copy(update={"as_of": second.household.as_of}) == second.household
