"""POST /v1/records: each item once and for ever, each with a verdict of its own."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from backend_client.contract import (
    SCHEMA_VERSION,
    PaperState,
    RecordItem,
    Verdict,
    certificate_number,
)
from tests.backend.platform_calls import (
    call,
    fresh_number,
    new_block,
    record_of,
    settlement_of,
)
from tests.backend.platform_fixtures import SECOND_KIOSK

if TYPE_CHECKING:
    from tests.backend.platform_fixtures import Town

UNCERTAIN, PRINTED, VOIDED = PaperState.UNCERTAIN, PaperState.PRINTED, PaperState.VOIDED


def deliver_raw(town: Town, items: list[Any]) -> list[tuple[str, str]]:
    body = json.dumps({"batch_id": str(uuid.uuid4()), "items": items}).encode()
    reply = call(town.url, "POST", "/v1/records", body, town.credential())
    assert reply.status == 200
    return [(item["verdict"], item["reason"]) for item in reply.json()["items"]]


def test_a_record_is_stored_once_and_a_duplicate_ever_after(town: Town) -> None:
    item = record_of(fresh_number(town.client()))

    verdicts = [town.deliver(item) for _ in range(3)]

    assert verdicts == [[(Verdict.STORED, "")], [(Verdict.DUPLICATE, "")], [(Verdict.DUPLICATE, "")]]


def test_the_same_id_with_other_content_is_a_conflict(town: Town) -> None:
    item = record_of(fresh_number(town.client()))
    other = RecordItem(id=item.id, body=item.body.model_copy(update={"state": VOIDED}))
    town.deliver(item)

    assert town.deliver(other) == [(Verdict.CONFLICT, "other_content")]


def test_the_same_number_with_other_content_is_a_conflict(town: Town) -> None:
    number = fresh_number(town.client())
    town.deliver(record_of(number))

    assert town.deliver(record_of(number, copies=2)) == [(Verdict.CONFLICT, "other_content")]


def test_the_same_content_under_a_new_id_is_a_duplicate(town: Town) -> None:
    item = record_of(fresh_number(town.client()))
    again = RecordItem(id=str(uuid.uuid4()), body=item.body)
    town.deliver(item)

    assert town.deliver(again) == [(Verdict.DUPLICATE, "")]
    assert town.deliver(again) == [(Verdict.DUPLICATE, "")]


def test_numbers_that_are_not_this_kiosks_are_refused(town: Town) -> None:
    foreign = fresh_number(town.client(SECOND_KIOSK))
    block = new_block(town.client(), 1)
    never_given = certificate_number(block.model_copy(update={"first": 900_000}), 900_000)

    verdicts = town.deliver(record_of(foreign), record_of(never_given), record_of("not a number"))

    assert verdicts == [
        (Verdict.REFUSED, "number_not_ours"),
        (Verdict.REFUSED, "number_not_ours"),
        (Verdict.REFUSED, "number_malformed"),
    ]


def test_a_number_in_digits_of_another_script_is_not_a_second_number(town: Town) -> None:
    number = fresh_number(town.client())
    twin = number.replace("1", "\u0661")

    assert town.deliver(record_of(number), record_of(twin)) == [
        (Verdict.STORED, ""),
        (Verdict.REFUSED, "number_malformed"),
    ]


def test_a_kiosk_cannot_settle_what_another_kiosk_left_uncertain(town: Town) -> None:
    number = fresh_number(town.client(SECOND_KIOSK))
    town.deliver(record_of(number, UNCERTAIN), kiosk=SECOND_KIOSK)

    verdict = town.deliver(settlement_of(number))

    assert verdict == [(Verdict.REFUSED, "number_not_ours")]
    assert town.deliver(settlement_of(number), kiosk=SECOND_KIOSK) == [(Verdict.STORED, "")]


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        (UNCERTAIN, PRINTED, (Verdict.STORED, "")),
        (UNCERTAIN, VOIDED, (Verdict.STORED, "")),
        (UNCERTAIN, UNCERTAIN, (Verdict.REFUSED, "not_settled")),
        (PRINTED, VOIDED, (Verdict.REFUSED, "not_uncertain")),
        (PRINTED, PRINTED, (Verdict.REFUSED, "not_uncertain")),
        (VOIDED, PRINTED, (Verdict.REFUSED, "not_uncertain")),
    ],
)
def test_a_settlement_changes_only_what_is_uncertain(
    town: Town, before: PaperState, said: PaperState, expected: tuple[Verdict, str]
) -> None:
    number = fresh_number(town.client())
    town.deliver(record_of(number, before))

    assert town.deliver(settlement_of(number, said)) == [expected]


def test_a_second_settlement_is_refused_and_the_first_one_sent_again_is_a_duplicate(town: Town) -> None:
    number = fresh_number(town.client())
    first = settlement_of(number, PRINTED)
    town.deliver(record_of(number, UNCERTAIN), first)

    assert town.deliver(settlement_of(number, VOIDED)) == [(Verdict.REFUSED, "not_uncertain")]
    assert town.deliver(first) == [(Verdict.DUPLICATE, "")]


def test_a_settlement_that_comes_before_its_certificate_comes_again_later(town: Town) -> None:
    number = fresh_number(town.client())
    settlement = settlement_of(number)

    assert town.deliver(settlement) == [(Verdict.LATER, "certificate_first")]
    assert town.deliver(record_of(number, UNCERTAIN)) == [(Verdict.STORED, "")]
    assert town.deliver(settlement) == [(Verdict.STORED, "")]


def test_within_a_batch_the_order_does_not_matter(town: Town) -> None:
    number = fresh_number(town.client())

    verdicts = town.deliver(settlement_of(number), record_of(number, UNCERTAIN))

    assert verdicts == [(Verdict.STORED, ""), (Verdict.STORED, "")]


def test_poison_items_get_their_own_verdict_and_never_block_the_others(town: Town) -> None:
    good = record_of(fresh_number(town.client())).model_dump(mode="json")
    numbers = [fresh_number(town.client()) for _ in range(6)]
    bodies = [record_of(number).model_dump(mode="json") for number in numbers]
    bodies[0]["body"]["reason"] = "a\x00b"
    bodies[1]["body"]["reason"] = "x" * 5000
    bodies[2]["body"]["record_version"] = 10**30
    bodies[3]["body"]["prepared_at"] = "0001-01-01T00:00:00+08:00"
    bodies[4]["body"]["surprise"] = "field"
    bodies[5]["schema_version"] = SCHEMA_VERSION + 1
    empty = {"id": str(uuid.uuid4())}

    verdicts = deliver_raw(town, [*bodies[:3], good, *bodies[3:], empty])

    assert verdicts == [
        ("refused", "unfit_text"),
        ("refused", "unfit_text"),
        ("refused", "unfit_text"),
        ("stored", ""),
        ("refused", "unfit_text"),
        ("refused", "malformed"),
        ("later", "newer_schema"),
        ("refused", "malformed"),
    ]


def test_a_clock_that_is_wrong_by_decades_is_no_reason_to_refuse(town: Town) -> None:
    numbers = [fresh_number(town.client()) for _ in range(4)]
    times = (
        *("1970-01-01T00:00:00+08:00", "1899-12-30T00:00:00+08:00"),
        *("2096-01-01T00:00:00+08:00", "2255-12-31T23:59:59+08:00"),
    )
    items = [
        record_of(number, prepared_at=time, settled_at=time)
        for number, time in zip(numbers, times, strict=True)
    ]

    assert town.deliver(*items) == [(Verdict.STORED, "")] * 4


def test_a_full_batch_of_500_is_taken(town: Town) -> None:
    block = new_block(town.client(), 500)
    items = [record_of(certificate_number(block, serial)) for serial in range(block.first, block.first + 500)]

    assert town.deliver(*items) == [(Verdict.STORED, "")] * 500
