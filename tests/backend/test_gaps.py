"""A kiosk whose store was damaged says so once, and somebody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.alarms import list_alarms
from backend.db.tables import gaps
from tests.backend.intake import RECEIVED
from tests.backend.platform_calls import STAMP, gap_of

if TYPE_CHECKING:
    from tests.backend.intake import Intake


def test_a_gap_is_kept(intake: Intake) -> None:
    restored, lost = gap_of(), gap_of(since=None, ended_ledger="", missing=())

    assert intake.take(restored, lost, restored) == [("stored", ""), ("stored", ""), ("duplicate", "")]
    rows = {row["item_id"]: row for row in intake.rows(gaps)}
    assert rows[restored.id]["missing"] == [{"block_id": "b1", "first": 11, "last": 14}]
    assert rows[restored.id]["ended_ledger"].endswith("/0123456789abcdef")
    assert rows[restored.id]["noticed_stamp"] == STAMP.model_dump(mode="json")
    assert rows[lost.id]["since"] is None


def test_a_gap_raises_an_alarm_and_its_redelivery_none(intake: Intake) -> None:
    restored, lost = gap_of(), gap_of(since=None)
    intake.take(restored)
    intake.take(restored)
    intake.take(lost)

    alarms = {alarm.detail: alarm for alarm in intake.database.read(list_alarms)}

    assert [(alarm.kiosk, alarm.kind, alarm.times, alarm.raised_at) for alarm in alarms.values()] == [
        ("CG-KSK-03", "store_gap", 1, RECEIVED)
    ] * 2
    assert any("copy of 2026-11-22 00:41 +0000" in detail and detail.endswith(": 4") for detail in alarms)
    assert any("begun anew" in detail for detail in alarms)
