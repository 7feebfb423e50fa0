"""What stands on a slip: the person masked, the wish, and why not now."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.domain.certificate import Issue, IssuingPlace
from kiosk.domain.issuance import ReservedNumber
from kiosk.domain.offline import OfflineCode
from kiosk.domain.slip import Postponed, build_slip
from tests.flow.people import LELOU, make_identity

PLACE = IssuingPlace("CG-KSK-03", LELOU, "澄城县城关街道乐楼社区居民委员会", "0913-0000103", "")
AT = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001 - local time, as it is printed
ISSUE = Issue(ReservedNumber("Q-8F2K-71QD", "", 2), AT, PLACE, "session-1")


def test_the_slip_names_nobody_in_full() -> None:
    identity = make_identity()

    slip = build_slip(identity, Postponed("school", OfflineCode.NOT_HELD), ISSUE)

    assert (slip.masked_name, slip.masked_number) == ("王××", "6105 90** **** **** " + identity.number[-2:])
    assert identity.name not in str([getattr(slip, name) for name in slip.__slots__])
    assert identity.number not in str([getattr(slip, name) for name in slip.__slots__])


def test_the_slip_says_what_was_asked_for_when_and_in_which_transaction() -> None:
    slip = build_slip(make_identity(), Postponed("vehicle", OfflineCode.NOT_HELD), ISSUE)

    assert (slip.service, slip.purpose, slip.requested_at) == ("居住证明", "车辆登记", AT)
    assert (slip.number, slip.qr, slip.session, slip.attempt) == (
        "Q-8F2K-71QD",
        "Q-8F2K-71QD",
        "session-1",
        2,
    )
    assert (slip.issuer, slip.issuer_phone, slip.kiosk) == (PLACE.issuer, PLACE.phone, PLACE.kiosk)


@pytest.mark.parametrize("code", OfflineCode)
def test_every_reason_is_a_sentence_with_its_code(code: OfflineCode) -> None:
    reasons = [build_slip(make_identity(), Postponed("school", each), ISSUE).reason for each in OfflineCode]

    slip = build_slip(make_identity(), Postponed("school", code), ISSUE)

    assert slip.reason.endswith(f"。（{code}）")
    assert len(set(reasons)) == len(OfflineCode)


def test_a_reason_that_nobody_foresaw_is_a_plain_sentence() -> None:
    assert build_slip(make_identity(), Postponed("school", "NET-09"), ISSUE).reason == (
        "现在暂时不能出具证明。（NET-09）"
    )
    assert build_slip(make_identity(), Postponed("school", ""), ISSUE).reason == "现在暂时不能出具证明。"
