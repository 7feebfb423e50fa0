"""GET /v1/verify and the page: enough for whoever holds the paper, nothing for anybody else."""

from __future__ import annotations

import uuid
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from backend.db.database import Database
from backend.db.kiosks import Kiosk
from backend.db.number_blocks import reserve_block
from backend.db.records import store_items
from backend.db.verification import verify as tell
from backend.web.rate_limit import RateLimit
from backend.web.verification_page import VerificationPage
from backend_client.contract import (
    NumberBlock,
    NumberBlockRequest,
    PaperState,
    Verification,
    VerificationState,
    certificate_number,
    check_code,
)
from tests.backend.platform_calls import DEADLINE, call, look_up, new_block, received, record_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backend.platform_fixtures import Town

KIOSK = Kiosk("610525", "CG-KSK-03", "610525001003")
ISSUED = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def paper(town: Town, state: PaperState | None = PaperState.PRINTED, **changes: Any) -> tuple[str, str]:
    """Number and check code of a tenant's paper; state None = not reported."""
    client = town.client()
    block = new_block(client, 1)
    number = certificate_number(block, block.first)
    if state is not None:
        found = look_up(client, town.card("tenant"))
        assert found.applicant is not None
        person = {
            "household_id": found.household.household_id,
            "person_id": found.applicant.person_id,
            "citizen_key": found.applicant.citizen_key,
            "prepared_at": found.household.as_of,
            **changes,
        }
        client.deliver(str(uuid.uuid4()), (record_of(number, state, **person),), DEADLINE)
    return number, check_code(block.code_key, number)


def verify(town: Town, number: str, code: str) -> Verification:
    reply = call(town.url, "GET", f"/v1/verify/{quote(number)}?code={quote(code)}")
    assert reply.status == 200
    return Verification.model_validate_json(reply.body)


def verify_in_new_town(state_dir: Path, record: dict[str, Any], moment: datetime) -> Verification:
    """What is told at this moment about the only paper of a platform of its own."""
    request = NumberBlockRequest(request_id=uuid.uuid4().hex, kind="JZ", count=1)
    with closing(Database(f"sqlite:///{state_dir / 'platform.sqlite'}")) as database:
        block = database.write(lambda connection: reserve_block(connection, KIOSK, request, ISSUED))
        assert isinstance(block, NumberBlock)
        number = certificate_number(block, block.first)
        items = received(record_of(number, **record))
        database.write(lambda connection: store_items(connection, KIOSK, items, ISSUED))
        code = check_code(block.code_key, number)
        return database.read(lambda connection: tell(connection, number, code, moment))


def test_a_printed_paper_whose_record_says_no_day_is_valid_for_30_days_from_its_own(town: Town) -> None:
    number, code = paper(town)

    verification = verify(town, number, code)

    assert verification.state == "valid"
    assert verification.masked_name == "王××"
    assert verification.purpose == "school"
    assert verification.issuer == "澄城县城关街道乐楼社区居民委员会"
    assert verification.issued_at is not None
    assert verification.valid_until is not None
    assert (verification.valid_until.date() - verification.issued_at.date()).days == 30


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T10:00:00+08:00", "valid"),
        ("2026-12-24T10:00:00+08:00", "valid"),  # past the thirty days that count where a record says none
        ("2027-01-22T23:59:59+08:00", "valid"),
        ("2027-01-22T16:00:00+00:00", "expired"),  # the next day here, while it is still the last one in UTC
    ],
)
def test_a_paper_counts_to_the_end_of_the_day_that_is_printed_on_it(
    tmp_path: Path, moment: str, expected: str
) -> None:
    record = {"prepared_at": ISSUED, "valid_until": date(2027, 1, 22)}  # day 60

    verification = verify_in_new_town(tmp_path, record, datetime.fromisoformat(moment))

    assert verification.state == expected
    assert verification.valid_until == datetime.fromisoformat("2027-01-22T23:59:59+08:00")


def test_a_paper_of_fewer_days_than_thirty_ends_when_it_says(tmp_path: Path) -> None:
    record = {"prepared_at": ISSUED, "valid_until": date(2026, 11, 23)}

    verification = verify_in_new_town(tmp_path, record, ISSUED + timedelta(days=1))

    assert verification.state == "expired"


def test_the_page_tells_the_printed_day(town: Town) -> None:
    number, code = paper(town, valid_until=date(2099, 1, 22))

    page = call(town.url, "GET", f"/v/{number}?c={code}").body.decode()

    assert "2099年1月22日" in page


def test_a_code_is_taken_as_people_type_it(town: Town) -> None:
    number, code = paper(town)

    assert verify(town, number, f" {code.lower()} ").state == "valid"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, "not_yet_reported"),
        (PaperState.VOIDED, "voided"),
        (PaperState.UNCERTAIN, "uncertain"),
    ],
)
def test_the_state_of_the_paper_is_told(town: Town, state: PaperState | None, expected: str) -> None:
    assert verify(town, *paper(town, state)).state == expected


def test_a_paper_that_was_printed_again_says_so_and_the_later_one_is_valid(town: Town) -> None:
    client = town.client()
    block = new_block(client, 1)
    number = certificate_number(block, block.first)
    town.deliver(record_of(number, PaperState.VOIDED), record_of(number, attempt=2))

    first, second = (verify(town, number, check_code(block.code_key, number, attempt)) for attempt in (1, 2))
    page = call(town.url, "GET", f"/v/{number}?c={check_code(block.code_key, number)}").body.decode()

    assert (first.state, second.state) == ("superseded", "valid")
    assert (first.masked_name, first.purpose, first.issued_at) == ("", "", None)
    assert "这份证明已被后来的打印代替" in page


def test_the_page_has_words_for_every_state() -> None:
    page = VerificationPage()

    shown = {
        state: page.show(Verification(number="n", state=state)).partition("<h1>")[2][:20]
        for state in VerificationState
    }

    assert len(set(shown.values())) == len(VerificationState)


def test_a_voided_or_unreported_number_names_nobody(town: Town) -> None:
    names = [verify(town, *paper(town, state)).masked_name for state in (None, PaperState.VOIDED)]

    assert names == ["", ""]


def test_a_paper_past_its_time_has_expired(town: Town) -> None:
    long_ago = datetime.fromisoformat("2024-01-05T10:00:00+08:00")

    verification = verify(town, *paper(town, prepared_at=long_ago))

    assert verification.state == "expired"
    assert verification.valid_until == datetime.fromisoformat("2024-02-04T23:59:59+08:00")


def test_an_unknown_number_and_a_wrong_code_give_the_same_answer(town: Town) -> None:
    number, code = paper(town)
    block = new_block(town.client(), 1)
    unknown = certificate_number(block.model_copy(update={"first": 800_000}), 800_000)

    wrong_code = verify(town, number, "0000-0000" if code != "0000-0000" else "1111-1111")
    wrong_number = verify(town, unknown, code)
    malformed = verify(town, "no number", code)

    blank = {"number": ""}
    assert wrong_code.state == "unknown"
    assert wrong_code.model_copy(update=blank) == wrong_number.model_copy(update=blank)
    assert wrong_code.model_copy(update=blank) == malformed.model_copy(update=blank)


def test_the_page_says_the_same_in_plain_words_and_keeps_its_address_to_itself(town: Town) -> None:
    number, code = paper(town)

    reply = call(town.url, "GET", f"/v/{number}?c={code}")

    page = reply.body.decode()
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["referrer-policy"] == "no-referrer"
    for text in ("这份证明有效", number, "居住证明", "王××", "子女入学", "乐楼社区居民委员会"):
        assert text in page
    assert "王秀梅" not in page


def test_the_page_asks_for_the_code_where_it_is_missing(town: Town) -> None:
    number, _ = paper(town)

    page = call(town.url, "GET", f"/v/{number}").body.decode()

    assert "请输入纸面上的校验码" in page
    assert "王××" not in page


def test_the_page_escapes_what_it_is_given(town: Town) -> None:
    page = call(town.url, "GET", f"/v/{quote('<script>alert(1)', safe='')}?c=1").body.decode()

    assert "没有查到这份证明" in page
    assert "<script>" not in page


@pytest.mark.parametrize("path", ["/v1/verify/a%00b?code=1", "/v1/verify/a?code=%00", f"/v/{'9' * 41}?c=1"])
def test_nul_and_overlong_text_are_refused(town: Town, path: str) -> None:
    assert call(town.url, "GET", path).status == 422


def test_an_address_that_tries_out_codes_is_slowed_down() -> None:
    now = 1000.0
    limit = RateLimit(burst=3, interval_s=10.0, clock=lambda: now)

    first = [limit.admit("10.0.0.1") for _ in range(4)]
    neighbour = limit.admit("10.0.0.2")
    now += timedelta(seconds=10).total_seconds()
    later = [limit.admit("10.0.0.1") for _ in range(2)]

    assert first == [True, True, True, False]
    assert neighbour
    assert later == [True, False]
