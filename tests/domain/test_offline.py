"""A certificate without a line needs a fresh register, a record, and a check that is not too long ago."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backend_client.contract import PlatformCode
from kiosk.domain.offline import (
    OUT_OF_REACH,
    Freshness,
    HeldRecord,
    OfflineCode,
    OfflinePolicy,
    why_not_offline,
)
from tests.flow.people import TENANT

TODAY = date(2026, 11, 23)
AS_OF = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
POLICY = OfflinePolicy()
SECOND = timedelta(seconds=1)
LIMIT = timedelta(hours=72)


def held(checked: date | None) -> HeldRecord:
    """A record whose last check by the grid officer was on this day."""
    residence = TENANT.household.residence.model_copy(update={"verified_on": checked})
    return HeldRecord(TENANT.household.model_copy(update={"residence": residence}), TENANT.applicant)


def fresh(age: timedelta | None = timedelta()) -> Freshness:
    return Freshness(AS_OF, age)


LONGEST = TODAY - timedelta(days=180)
GOOD = held(LONGEST)


@pytest.mark.parametrize(
    ("freshness", "record", "expected"),
    [
        (fresh(), GOOD, None),
        (fresh(LIMIT), GOOD, None),
        (fresh(LIMIT + SECOND), GOOD, OfflineCode.NOT_FRESH),
        (fresh(None), GOOD, OfflineCode.CLOCK),
        (None, GOOD, OfflineCode.NO_REGISTER),
        (None, None, OfflineCode.NO_REGISTER),
        (fresh(None), None, OfflineCode.CLOCK),
        (fresh(LIMIT + SECOND), None, OfflineCode.NOT_FRESH),
        (fresh(), None, OfflineCode.NOT_HELD),
        (fresh(), held(LONGEST - timedelta(days=1)), OfflineCode.NOT_CHECKED),
        (fresh(), held(TODAY), None),
        (fresh(), held(None), OfflineCode.NOT_CHECKED),
    ],
)
def test_each_reason_against_a_certificate_has_its_code(
    freshness: Freshness | None, record: HeldRecord | None, expected: OfflineCode | None
) -> None:
    assert why_not_offline(freshness, record, TODAY, POLICY) is expected


def test_the_county_decides_how_old_is_too_old() -> None:
    strict = OfflinePolicy(timedelta(hours=1), timedelta(days=1))

    assert why_not_offline(fresh(timedelta(hours=2)), GOOD, TODAY, strict) is OfflineCode.NOT_FRESH
    assert why_not_offline(fresh(), GOOD, TODAY, strict) is OfflineCode.NOT_CHECKED
    assert why_not_offline(fresh(), held(TODAY - timedelta(days=1)), TODAY, strict) is None


def test_only_what_time_can_mend_counts_as_out_of_reach() -> None:
    """What a person must look at is not hidden behind old records."""
    for_a_person = set(PlatformCode) - OUT_OF_REACH

    assert for_a_person == {
        PlatformCode.CREDENTIAL,
        PlatformCode.NOT_OURS,
        PlatformCode.NOT_THE_CONTRACT,
        PlatformCode.REFUSED,
        PlatformCode.BAD_SIGNATURE,
    }
