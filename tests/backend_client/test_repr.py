"""What carries a person shows none of it in a trace, and content keeps to sizes that a page can show."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from backend_client.contract import CertificateRecord, Household, Notice
from tests.backend.platform_calls import record_of
from tests.flow.people import TENANT


def test_a_household_shows_nothing_of_itself() -> None:
    household = TENANT.household
    member = household.members[0]

    shown = repr(household) + str(household) + repr(member) + repr(household.residence)

    assert "Household" in shown
    for secret in (member.masked_name, member.citizen_key, household.residence.address.room):
        assert secret not in shown
    assert Household.model_validate_json(household.model_dump_json()) == household


def test_a_record_of_a_paper_shows_nobody() -> None:
    record = record_of("610525001003-JZ-2026-000001-2").body

    assert isinstance(record, CertificateRecord)
    assert record.citizen_key not in repr(record)
    assert record.person_id not in repr(record)


@pytest.mark.parametrize(
    "changes", [{"title": "长" * 121}, {"paragraphs": ["长" * 2001]}, {"paragraphs": ["短"] * 61}]
)
def test_an_article_larger_than_a_page_can_show_is_not_the_contract(changes: dict[str, object]) -> None:
    notice: dict[str, object] = {"id": "n1", "column": "news", "title": "通知", "paragraphs": ["一段。"]}
    notice |= {"source": "城关街道", "published_on": "2026-11-23"}

    assert Notice.model_validate(notice).id == "n1"
    with pytest.raises(ValidationError):
        Notice.model_validate(notice | changes)
