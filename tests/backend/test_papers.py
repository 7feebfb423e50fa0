"""GET /v1/papers: a kiosk that lost its store learns what became of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.db.papers import PAGE, list_papers
from backend_client.contract import KnownPapers, PaperState, certificate_number
from tests.backend.intake import KIOSK, NEIGHBOUR
from tests.backend.platform_calls import (
    DEADLINE,
    call,
    client_for,
    deliver,
    new_block,
    record_of,
    settlement_of,
)
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from pathlib import Path

    from backend.db.kiosks import Kiosk
    from tests.backend.intake import Intake
    from tests.backend.platform_fixtures import Town


def pages(intake: Intake, limit: int, kiosk: Kiosk = KIOSK) -> list[KnownPapers]:
    """All pages, one after the other."""
    found, cursor = [], ""
    while True:
        after = cursor
        page = intake.database.read(lambda connection: list_papers(connection, kiosk, after, limit))  # noqa: B023
        found.append(page)
        cursor = page.next
        if not cursor:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 500])
def test_the_pages_hold_every_attempt_once_by_number(intake: Intake, limit: int) -> None:
    attempts = [(intake.number(place), attempt) for place in range(4) for attempt in (1, 2)]
    intake.take(*(record_of(number, attempt=attempt) for number, attempt in reversed(attempts)))

    found = pages(intake, limit)

    assert [(item.number, item.attempt) for page in found for item in page.items] == attempts
    assert {len(page.items) for page in found[:-1]} <= {limit}
    assert len(found) == -(-len(attempts) // limit)


def test_a_paper_is_told_with_its_state_and_who_said_so(intake: Intake) -> None:
    said, failed = intake.number(0), intake.number(1)
    intake.take(
        record_of(said, PaperState.UNCERTAIN), settlement_of(said), record_of(failed, PaperState.VOIDED)
    )

    (page,) = pages(intake, 500)

    assert [(item.kind, item.state, item.settled_by) for item in page.items] == [
        ("JZ", "printed", "resident"),
        ("JZ", "voided", ""),
    ]


def test_every_block_is_named_used_or_not_and_nobody_elses(intake: Intake) -> None:
    (page,) = pages(intake, 500)
    (neighbours,) = pages(intake, 500, NEIGHBOUR)

    block = intake.block
    assert [(each.block_id, each.first, each.last) for each in page.blocks] == [
        (block.block_id, block.first, block.first + block.count - 1)
    ]
    assert (neighbours.items, neighbours.blocks) == ((), ())


def test_a_kiosk_reads_its_own_papers_page_by_page_over_http(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path)
    keys = {kiosk: process.enrol(kiosk) for kiosk in ("CG-KSK-03", "CG-KSK-04")}
    with process:
        client, neighbour = (client_for(process.url, path) for path in keys.values())
        block = new_block(client, PAGE + 1)
        numbers = [certificate_number(block, block.first + place) for place in range(block.count)]
        for start in (0, PAGE):
            deliver(client, *(record_of(number) for number in numbers[start : start + PAGE]))

        first = client.known_papers("", DEADLINE)
        assert isinstance(first, KnownPapers)
        second = client.known_papers(first.next, DEADLINE)
        neighbours = neighbour.known_papers("", DEADLINE)

    assert isinstance(second, KnownPapers)
    assert isinstance(neighbours, KnownPapers)
    assert [item.number for page in (first, second) for item in page.items] == numbers
    assert (len(first.items), second.next) == (PAGE, "")
    assert (neighbours.kiosk, neighbours.items, neighbours.blocks) == ("CG-KSK-04", (), ())


@pytest.mark.parametrize("cursor", ["x", "610525001003-JZ-2026-000001-5", "%00", "9" * 41])
def test_a_cursor_that_was_never_given_out_is_refused(town: Town, cursor: str) -> None:
    assert call(town.url, "GET", f"/v1/papers?after={cursor}", credential=town.credential()).status == 422


def test_the_cursor_of_a_page_is_taken(town: Town) -> None:
    block = new_block(town.client(), 1)
    cursor = f"{block.community}-JZ-2026-999999-0.99"

    reply = call(town.url, "GET", f"/v1/papers?after={cursor}", credential=town.credential())

    page = KnownPapers.model_validate_json(reply.body)
    assert (page.items, page.next) == ((), "")
    assert block.block_id in {each.block_id for each in page.blocks}
