"""What stands on the paper, from card, household and number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backend_client.contract import VALIDITY, ResidenceMode
from kiosk.domain.certificate import Issue, IssuingPlace, Wish, build_certificate
from kiosk.domain.issuance import ReservedNumber
from kiosk.domain.purposes import PURPOSES
from printer_templates.contract import Residing
from tests.flow.people import LELOU, make_identity, make_residence

PLACE = IssuingPlace(
    "CG-KSK-03",
    LELOU,
    "澄城县城关街道乐楼社区居民委员会",
    "0913-0000103",
    "https://platform.example/v",
)
NUMBER = "610525001003-JZ-2026-000123-7"
AT = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001 - local time, as it is printed
ISSUE = Issue(ReservedNumber(NUMBER, "8F2K-71QD"), AT, PLACE)
SCHOOL = Wish("school", 2)


def test_the_paper_says_what_card_register_and_choice_say() -> None:
    identity, residence = make_identity(), make_residence()

    paper = build_certificate(identity, residence, SCHOOL, ISSUE)

    assert (paper.name, paper.sex, paper.citizen_number) == (identity.name, "女", identity.number)
    assert str(paper.address) == "澄城县城关街道乐楼社区古徵花园3栋2单元501室"
    assert paper.address.code == residence.address.code
    assert (paper.residing, paper.landlord) == (Residing.RENTED, "李××")
    assert (paper.period_from, paper.period_until) == (date(2025, 3, 1), date(2027, 8, 31))
    assert (paper.registered_on, paper.verified_on) == (date(2025, 3, 5), date(2026, 10, 12))
    assert (paper.grid, paper.purpose, paper.copies) == ("第07网格", "子女入学", 2)
    assert (paper.number, paper.check_code) == (NUMBER, "8F2K-71QD")


def test_the_code_on_the_paper_leads_to_its_verification() -> None:
    paper = build_certificate(make_identity(), make_residence(), SCHOOL, ISSUE)

    assert paper.qr == f"https://platform.example/v/{NUMBER}?c=8F2K-71QD"


def test_the_paper_carries_its_transaction_its_attempt_and_the_age_of_its_record() -> None:
    as_of = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)
    again = Issue(ReservedNumber(NUMBER, "8F2K-71QD", 2), AT, PLACE, "session-1", as_of)

    paper = build_certificate(make_identity(), make_residence(), SCHOOL, again)
    plain = build_certificate(make_identity(), make_residence(), SCHOOL, ISSUE)

    assert (paper.session, paper.attempt, paper.offline_as_of) == ("session-1", 2, as_of)
    assert (plain.attempt, plain.offline_as_of) == (1, None)


def test_it_is_valid_as_long_as_the_platform_will_say() -> None:
    paper = build_certificate(make_identity(), make_residence(), SCHOOL, ISSUE)

    assert paper.valid_until == date(2026, 11, 23) + VALIDITY


@pytest.mark.parametrize(("code", "word"), [("1", "男"), ("2", "女"), ("0", "未说明"), ("9", "未说明")])
def test_the_sex_is_printed_as_a_word(code: str, word: str) -> None:
    identity = replace(make_identity(), sex=code)

    assert build_certificate(identity, make_residence(), SCHOOL, ISSUE).sex == word


@pytest.mark.parametrize("residing", Residing)
def test_every_way_of_residing_can_be_certified(residing: Residing) -> None:
    residence = make_residence(ResidenceMode(residing.value))

    assert build_certificate(make_identity(), residence, SCHOOL, ISSUE).residing is residing


@pytest.mark.parametrize("mode", ["moved_out", "registered_only", "pending"])
def test_what_is_no_way_of_residing_is_never_certified(mode: str) -> None:
    residence = make_residence(ResidenceMode(mode))

    with pytest.raises(ValueError, match="cannot be certified"):
        build_certificate(make_identity(), residence, SCHOOL, ISSUE)


def test_what_nobody_checked_is_never_certified() -> None:
    with pytest.raises(ValueError, match="cannot be certified"):
        build_certificate(make_identity(), make_residence(verified=None), SCHOOL, ISSUE)


def test_the_community_of_the_address_issues_wherever_it_is_printed() -> None:
    own = make_residence()
    other = make_residence(community_code="610525001004")
    other = other.model_copy(update={"address": other.address.model_copy(update={"community": "公园社区"})})

    issuers = [build_certificate(make_identity(), each, SCHOOL, ISSUE).issuer for each in (own, other)]

    assert issuers == ["澄城县城关街道乐楼社区居民委员会", "澄城县城关街道公园社区居民委员会"]


def test_every_purpose_is_printed_in_chinese() -> None:
    for purpose in PURPOSES:
        wish = Wish(purpose.key, 1)

        paper = build_certificate(make_identity(), make_residence(), wish, ISSUE)

        assert paper.purpose == purpose.on_paper
        assert not purpose.on_paper.isascii()


def test_the_repr_of_what_was_chosen_shows_nobody() -> None:
    paper = build_certificate(make_identity(), make_residence(), SCHOOL, ISSUE)

    assert not any(secret in repr(paper) for secret in (paper.name, paper.citizen_number, "501室"))
