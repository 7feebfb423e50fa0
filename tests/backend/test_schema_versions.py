"""Records of older kiosks are read for ever as they were written; newer ones wait for a newer platform."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backend.db.tables import certificates, record_items
from backend.received_items import ReceivedItem, read_item
from backend_client.contract import OLDEST_SCHEMA, SCHEMA_VERSION, CertificateRecord, RecordItem
from tests.backend.platform_calls import record_of

if TYPE_CHECKING:
    from tests.backend.intake import Intake

HERE = Path(__file__).parent
OLD_FILES = ("records_v1.json", "records_v2.json")
EVERY_FILE = (*OLD_FILES, "records_v3.json")
STORED = ("stored", "")


def old_items(name: str) -> list[dict[str, Any]]:
    """Items as kiosks of that version put them on the wire."""
    items: list[dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return items


def read(raw: dict[str, Any]) -> RecordItem:
    received = read_item(raw)
    assert isinstance(received, ReceivedItem)
    return received.item


def test_every_earlier_schema_has_a_file() -> None:
    older = range(OLDEST_SCHEMA, SCHEMA_VERSION)

    assert [f"records_v{version}.json" for version in older] == list(EVERY_FILE)


@pytest.mark.parametrize("name", EVERY_FILE)
def test_records_of_older_kiosks_are_stored_and_their_redelivery_is_a_duplicate(
    intake: Intake, name: str
) -> None:
    items = old_items(name)

    assert intake.take_raw(*items) == [STORED] * len(items)
    assert intake.take_raw(*items) == [("duplicate", "")] * len(items)
    assert {row["item_id"]: row["body"] for row in intake.rows(record_items)} == {
        item["id"]: item for item in items
    }


@pytest.mark.parametrize("name", OLD_FILES)
def test_an_older_record_is_read_as_the_first_attempt_at_its_number(intake: Intake, name: str) -> None:
    items = old_items(name)
    intake.take_raw(*items)

    rows = intake.rows(certificates)

    assert {(row["attempt"], row["pickup"], row["offline_as_of"]) for row in rows} == {(1, "", None)}
    assert {(row["prepared_stamp"], row["settled_stamp"]) for row in rows} == {(None, None)}
    assert intake.state(items[0]["body"]["number"]) == "valid"


def test_a_settlement_of_an_older_kiosk_settles_the_first_attempt(intake: Intake) -> None:
    for name in OLD_FILES:
        intake.take_raw(*old_items(name))

    states = {row["number"][-8:-2]: row["state"] for row in intake.rows(certificates)}

    assert states == {
        "000001": "printed",
        "000002": "printed",
        "000003": "voided",
        "000011": "printed",
        "000012": "voided",
    }


def test_the_last_day_is_read_from_version_2_on(intake: Intake) -> None:
    first, second = (read(old_items(name)[0]).body for name in OLD_FILES)

    assert isinstance(first, CertificateRecord)
    assert isinstance(second, CertificateRecord)
    assert first.valid_until is None
    assert str(second.valid_until) == "2026-12-20"


def test_an_item_without_a_version_is_of_the_oldest_and_reads_as_todays() -> None:
    raw = old_items("records_v1.json")[1]

    assert "schema_version" not in raw
    assert read(raw).schema_version == SCHEMA_VERSION


def test_what_an_older_record_says_beyond_its_version_is_not_overwritten() -> None:
    raw = record_of("n", attempt=2).model_dump(mode="json") | {"schema_version": 1}

    body = read(raw).body

    assert isinstance(body, CertificateRecord)
    assert body.attempt == 2


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        (SCHEMA_VERSION + 1, ("later", "newer_schema")),
        (10**30, ("later", "newer_schema")),
        (OLDEST_SCHEMA - 1, ("refused", "older_schema")),
        (-1, ("refused", "older_schema")),
        ("3", ("refused", "malformed")),
        (3.0, ("refused", "malformed")),
        (True, ("refused", "malformed")),
        (None, ("refused", "malformed")),
    ],
)
def test_a_version_that_is_not_taken_gets_a_verdict_of_its_own(
    intake: Intake, version: Any, verdict: tuple[str, str]
) -> None:
    good, odd = (record_of(intake.number(place)).model_dump(mode="json") for place in (0, 1))

    assert intake.take_raw({**odd, "schema_version": version}, good) == [verdict, STORED]


@pytest.mark.parametrize("name", OLD_FILES)
def test_the_same_record_in_other_words_is_a_conflict_and_in_another_order_a_duplicate(
    intake: Intake, name: str
) -> None:
    (item, *_) = old_items(name)
    intake.take_raw(item)
    turned = {key: item[key] for key in reversed(list(item))}
    turned["body"] = {key: item["body"][key] for key in reversed(list(item["body"]))}

    assert intake.take_raw(turned) == [("duplicate", "")]
    assert intake.take_raw({**item, "schema_version": SCHEMA_VERSION}) == [("conflict", "other_content")]


def test_what_the_first_platform_stored_is_still_a_duplicate() -> None:
    """It hashed what it had parsed, and kiosks then sent every field: the hash is that of what was sent."""
    (item, *_) = old_items("records_v1.json")

    received = read_item({**item, "body": {**item["body"], "valid_until": None}})

    assert isinstance(received, ReceivedItem)
    assert received.fingerprint == "3cb880fbe217992e51c97429009dc9cd98bf57e021894e5e778c07b7791abc72"
    assert received.body_fingerprint == "206ce594c7e41e98726e22715ce9d9b2463bf788af6243b675599ecad77bc506"
