"""Who may have a residence certificate here and now, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend_client.contract import MemberStatus, ResidenceMode
from devices.contract import IdentityDoubt
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import (
    Applied,
    Eligible,
    NeedsStaff,
    Refused,
    age_on,
    check_card,
    decide,
)
from kiosk.domain.rules import Rules
from tests.flow.people import (
    LELOU,
    TODAY,
    make_applied,
    make_household,
    make_identity,
    make_member,
    make_residence,
)

RULES = Rules(LELOU)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CERTIFIABLE = ("own", "rented", "borrowed", "dormitory", "collective")


def codes(applied: Applied, rules: Rules = RULES) -> list[EligibilityCode]:
    """The codes of the decision's reasons; empty = eligible."""
    decision = decide(applied, TODAY, rules)
    return [] if isinstance(decision, Eligible) else [reason.code for reason in decision.reasons]


@pytest.mark.parametrize("mode", CERTIFIABLE)
def test_whoever_lives_there_may_have_one_whatever_the_way_of_residing(mode: str) -> None:
    applied = make_applied(make_residence(ResidenceMode(mode)))

    assert decide(applied, TODAY, RULES) == Eligible(applied.household.members[0])


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (YESTERDAY, [EligibilityCode.LEASE_ENDED]),
        (TODAY, []),
        (TOMORROW, []),
        (None, []),
    ],
)
def test_a_lease_holds_through_its_last_day(until: date | None, expected: list[EligibilityCode]) -> None:
    assert codes(make_applied(make_residence(until=until))) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, []), (365, []), (366, [EligibilityCode.RECORD_TOO_OLD])])
def test_a_record_may_be_as_old_as_the_rules_allow(days: int, expected: list[EligibilityCode]) -> None:
    residence = make_residence(verified=TODAY - timedelta(days=days))

    assert codes(make_applied(residence)) == expected


def test_the_county_decides_how_old_a_record_may_be() -> None:
    applied = make_applied(make_residence(verified=TODAY - timedelta(days=31)))

    assert codes(applied, replace(RULES, record_max_age_days=30)) == [EligibilityCode.RECORD_TOO_OLD]


@pytest.mark.parametrize(
    ("until", "expected"),
    [(YESTERDAY, [EligibilityCode.CARD_EXPIRED]), (TODAY, [])],
)
def test_a_card_holds_through_its_last_day(until: date, expected: list[EligibilityCode]) -> None:
    identity = replace(make_identity(), valid_until=until)

    assert codes(replace(make_applied(), identity=identity)) == expected
    assert [reason.code for reason in check_card(identity, TODAY, RULES)] == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [(TODAY, []), (TOMORROW, [EligibilityCode.CARD_NOT_YET_VALID])],
)
def test_a_card_holds_from_its_first_day(since: date, expected: list[EligibilityCode]) -> None:
    identity = replace(make_identity(), valid_from=since)

    assert codes(replace(make_applied(), identity=identity)) == expected


def test_a_long_term_card_never_expires() -> None:
    identity = replace(make_identity(), valid_until=None, long_term=True)

    assert codes(replace(make_applied(), identity=identity)) == []


@pytest.mark.parametrize("doubt", IdentityDoubt)
def test_a_doubtful_card_is_for_staff_and_never_rejected_by_machine(doubt: IdentityDoubt) -> None:
    identity = replace(make_identity(), doubts=(doubt,))

    decision = decide(replace(make_applied(), identity=identity), TODAY, RULES)

    assert isinstance(decision, NeedsStaff)
    assert [reason.code for reason in decision.reasons] == [EligibilityCode.DOUBTFUL_CARD]


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        (ResidenceMode.MOVED_OUT, EligibilityCode.MOVED_OUT),
        (ResidenceMode.REGISTERED_ONLY, EligibilityCode.REGISTERED_ONLY),
        (ResidenceMode.PENDING, EligibilityCode.PENDING),
    ],
)
def test_who_does_not_live_there_beyond_doubt_gets_none(mode: ResidenceMode, code: EligibilityCode) -> None:
    assert codes(make_applied(make_residence(mode))) == [code]


def test_a_record_that_no_grid_officer_checked_is_pending() -> None:
    assert codes(make_applied(make_residence(verified=None))) == [EligibilityCode.PENDING]


@pytest.mark.parametrize(
    ("community", "expected"),
    [
        ("610525001003", []),
        ("610525001009", []),
        ("610525002001", [EligibilityCode.OTHER_COMMUNITY]),
        ("610526001003", [EligibilityCode.OTHER_COMMUNITY]),
    ],
)
def test_every_community_of_the_street_is_served(community: str, expected: list[EligibilityCode]) -> None:
    assert codes(make_applied(make_residence(community_code=community))) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (date(2010, 11, 23), []),
        (date(2010, 11, 24), [EligibilityCode.MINOR_ALONE]),
    ],
)
def test_from_the_sixteenth_birthday_on_nobody_else_is_needed(
    birth: date, expected: list[EligibilityCode]
) -> None:
    member = make_member(birth=birth)
    applied = replace(make_applied(), household=make_household(None, member), applicant=member)

    assert codes(applied) == expected


def test_a_name_that_differs_is_for_staff() -> None:
    decision = decide(replace(make_applied(), name_matches=False), TODAY, RULES)

    assert isinstance(decision, NeedsStaff)
    assert [reason.code for reason in decision.reasons] == [EligibilityCode.NAME_DIFFERS]


def test_a_household_without_members_is_for_staff() -> None:
    household = make_household().model_copy(update={"members": ()})
    applied = replace(make_applied(), household=household, applicant=None, name_matches=False)

    assert isinstance(decide(applied, TODAY, RULES), NeedsStaff)
    assert codes(applied) == [EligibilityCode.NO_MEMBERS]


def test_a_household_without_the_applicant_is_refused() -> None:
    applied = replace(make_applied(), applicant=None, name_matches=False)

    assert isinstance(decide(applied, TODAY, RULES), Refused)
    assert codes(applied) == [EligibilityCode.UNKNOWN_PERSON]


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (MemberStatus.MOVED_OUT, Refused, EligibilityCode.MOVED_OUT),
        (MemberStatus.DECEASED, NeedsStaff, EligibilityCode.DECEASED),
    ],
)
def test_a_member_who_is_gone_gets_none(status: MemberStatus, kind: type, code: EligibilityCode) -> None:
    member = make_member(status=status)
    applied = replace(make_applied(), household=make_household(None, member), applicant=member)

    assert isinstance(decide(applied, TODAY, RULES), kind)
    assert codes(applied) == [code]


def test_every_reason_is_named_at_once_so_that_nobody_comes_twice() -> None:
    residence = make_residence(until=YESTERDAY, verified=TODAY - timedelta(days=400))
    identity = replace(make_identity(), valid_until=YESTERDAY)

    found = codes(replace(make_applied(residence), identity=identity))

    assert found == [
        EligibilityCode.CARD_EXPIRED,
        EligibilityCode.LEASE_ENDED,
        EligibilityCode.RECORD_TOO_OLD,
    ]


def test_what_staff_must_clear_up_hides_every_other_reason() -> None:
    """While it is open who stands there, nothing about the household is told."""
    applied = replace(make_applied(make_residence(until=YESTERDAY)), name_matches=False)

    assert codes(applied) == [EligibilityCode.NAME_DIFFERS]


def test_reasons_carry_the_day_that_their_sentence_needs() -> None:
    decision = decide(make_applied(make_residence(until=YESTERDAY)), TODAY, RULES)

    assert isinstance(decision, Refused)
    assert decision.reasons[0].day == YESTERDAY


@pytest.mark.parametrize(
    ("today", "age"),
    [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 28), 19), (date(2028, 2, 29), 20)],
)
def test_born_on_a_leap_day_one_grows_older_on_the_first_of_march(today: date, age: int) -> None:
    assert age_on(date(2008, 2, 29), today) == age
