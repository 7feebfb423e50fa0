"""What the wish of a session becomes on paper: nothing of it is left out, nothing is of another session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.domain.certificate import IssuingPlace
from kiosk.domain.issuance import ReservedNumber
from kiosk.domain.offline import OfflineCode
from kiosk.flow.commands import PreparePaper, PrepareSlip
from kiosk.work.writing import Writer
from printer_templates.contract import PickupSlip, ResidenceCertificate
from tests.flow.people import LELOU, NEXT_PERSON, NOW, TENANT

PLACE = IssuingPlace(
    "CG-KSK-03", LELOU, "澄城县城关街道乐楼社区居民委员会", "0913-0000103", "https://platform.example/v"
)
NUMBER = ReservedNumber("610525001003-JZ-2026-000123-7", "8F2K-71QD", 2)
WISH = PreparePaper(
    session="session-1",
    card_read="session-1",
    issuance="",
    identity=TENANT.identity,
    household=TENANT.household,
    applicant=TENANT.applicant,
    purpose="school",
    copies=2,
    offline_as_of=datetime(2026, 11, 22, 2, 15, tzinfo=UTC),
)


def test_a_certificate_is_of_the_person_the_session_and_the_attempt() -> None:
    paper = Writer(PLACE).write(WISH, NUMBER, NOW)

    assert isinstance(paper, ResidenceCertificate)
    assert (paper.name, paper.citizen_number) == (TENANT.name, TENANT.number)
    assert (paper.session, paper.number, paper.attempt) == ("session-1", NUMBER.number, 2)
    assert (paper.copies, paper.offline_as_of, paper.issued_at) == (2, WISH.offline_as_of, NOW)
    assert paper.qr == f"https://platform.example/v/{NUMBER.number}?c=8F2K-71QD"


def test_a_slip_is_of_the_session_and_names_the_person_masked() -> None:
    wish = PrepareSlip("session-2", "session-2", NEXT_PERSON.identity, "vehicle", 2, OfflineCode.NOT_FRESH)

    paper = Writer(PLACE).write(wish, ReservedNumber("Q-8F2K-71QD", ""), NOW)

    assert isinstance(paper, PickupSlip)
    assert (paper.session, paper.number, paper.copies) == ("session-2", "Q-8F2K-71QD", 1)
    assert (paper.masked_name, paper.purpose) == ("冯××", "车辆登记")
    assert paper.reason.endswith("（OFF-02）")


def test_a_residence_that_nobody_checked_is_never_written() -> None:
    residence = TENANT.household.residence.model_copy(update={"verified_on": None})
    assert residence.registered_on < date(2026, 11, 23)
    unchecked = replace(WISH, household=TENANT.household.model_copy(update={"residence": residence}))

    with pytest.raises(ValueError, match="cannot be certified"):
        Writer(PLACE).write(unchecked, NUMBER, NOW)
