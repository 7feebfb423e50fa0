"""Replies are cut, late, repeated or made up: nothing of them counts, and no record is lost or doubled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import requests

from backend_client.contract import (
    Accepted,
    Delivered,
    ItemReceipt,
    PlatformCode,
    PlatformFault,
    Receipt,
    RecordBatch,
    Verdict,
)
from tests.backend.platform_calls import DEADLINE, client_for
from tests.backend.platform_fixtures import town  # noqa: F401 - a fixture
from tests.torture.cut_replies import CutReplies, questions
from tests.torture.deliveries import HASTE, Deliveries, HastyClient
from tests.torture.sabotage import sabotaged, verdict_of
from tests.torture.unruly_line import Mood, UnrulyLine

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from backend_client.contract import RecordItem
    from tests.backend.platform_fixtures import Town

SEED = 20261123
KINDS = ("deliver", "witness", "register_page", "reserve_numbers", "look_up")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_cut_at_any_byte_counts_nothing(town: Town, kind: str) -> None:  # noqa: F811
    [question] = [each for each in questions(town) if each.name == kind]

    figures = CutReplies(town).run(question)

    assert figures.say() == 0
    assert figures.counts[f"cuts of {kind}"] > 300


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_answers_the_question_before_is_left_at_once(town: Town, kind: str) -> None:  # noqa: F811
    """A repeated reply makes each later one come too late, as long as that connection is used."""
    [question] = [each for each in questions(town) if each.name == kind]
    moods = [Mood.BEHIND]

    with UnrulyLine(town.url, lambda: moods.pop() if moods else Mood.WHOLE, SEED) as line:
        client = client_for(line.url, town.keys["CG-KSK-03"])
        first = client.health(DEADLINE)
        confused = question.ask(client)
        after = client.health(DEADLINE)
        answered = question.ask(client)

    assert first == after == Accepted("0.1.0")
    assert isinstance(confused, PlatformFault)
    assert confused.code == PlatformCode.NOT_THE_CONTRACT
    assert question.is_answered(answered)


@pytest.mark.timeout(300)
def test_faulty_deliveries_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    figures = Deliveries(tmp_path, SEED).run(500)

    assert figures.say() == 0
    assert figures.counts["faults"] >= 500


@pytest.mark.soak
def test_ten_thousand_faulty_deliveries_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    figures = Deliveries(tmp_path, SEED + 1).run(10_000)

    assert figures.say() == 0
    assert figures.counts["faults"] >= 10_000


class BelievingClient(HastyClient):
    """Takes every 200 for a receipt, as `requests` offers it."""

    def __init__(self, url: str, kiosk: str, secret: str, *keys: bytes, **options: Any) -> None:
        super().__init__(url, kiosk, secret, *keys, **options)
        self._address, self._headers = f"{url}/v1/records", {"Authorization": f"Bearer {kiosk}.{secret}"}

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        content = RecordBatch(batch_id=batch_id, items=items).model_dump_json(exclude_unset=True)
        try:
            reply = requests.post(
                self._address, content, headers=self._headers, timeout=min(deadline, HASTE).total_seconds()
            )
        except requests.RequestException:
            return PlatformFault(PlatformCode.UNREACHABLE)
        if reply.status_code != requests.codes.ok:
            return PlatformFault(PlatformCode.SERVER_ERROR)
        receipts = tuple(ItemReceipt(id=item.id, verdict=Verdict.STORED) for item in items)
        now = datetime.now(UTC)
        return Delivered(Receipt(batch_id=batch_id, kiosk="", items=receipts, received_at=now, signature=""))


RECEIPT_IS_READ = """
        receipt = self._exchange(Call("POST", "/v1/records", content), Receipt, deadline)
        if isinstance(receipt, PlatformFault):
            return receipt
"""
STATUS_IS_BELIEVED = """
        receipt = self._line.exchange(Call("POST", "/v1/records", content), deadline)
        if isinstance(receipt, PlatformFault):
            return receipt
        stored = [{"id": item.id, "verdict": "stored"} for item in items]
        said = {"batch_id": "", "kiosk": "", "items": stored, "received_at": 0, "signature": ""}
        return Delivered(Receipt.model_validate(said))
"""


def test_a_client_that_reads_no_receipt_loses_records_here(tmp_path: Path) -> None:
    copy = sabotaged(tmp_path, "backend_client/client.py", RECEIPT_IS_READ, STATUS_IS_BELIEVED)

    status, line = verdict_of(copy, "tests.torture.deliveries", "--faults", "60")

    assert status == 1
    assert " 0 lost" not in line


def test_a_client_that_believes_the_status_is_found_out_by_cut_replies(town: Town) -> None:  # noqa: F811
    figures = CutReplies(town, BelievingClient).run(questions(town)[0])

    assert any(fault.startswith("half: deliver counts when cut") for fault in figures.faults)
