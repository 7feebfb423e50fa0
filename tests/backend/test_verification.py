"""GET /v1/verify and the page: enough for whoever holds the paper, nothing for anybody else."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from backend.web.rate_limit import RateLimit
from backend_client.contract import PaperState, Verification, certificate_number, check_code
from tests.backend.platform_calls import DEADLINE, call, look_up, new_block, record_of

if TYPE_CHECKING:
    from tests.backend.platform_fixtures import Town


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


def test_a_printed_paper_is_valid_for_30_days_from_its_day(town: Town) -> None:
    number, code = paper(town)

    verification = verify(town, number, code)

    assert verification.state == "valid"
    assert verification.masked_name == "王××"
    assert verification.purpose == "school"
    assert verification.issuer == "澄城县城关街道乐楼社区居民委员会"
    assert verification.issued_at is not None
    assert verification.valid_until is not None
    assert (verification.valid_until.date() - verification.issued_at.date()).days == 30


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
