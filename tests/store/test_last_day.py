"""The last day of a paper, as printed: from the document to the record that the platform gets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.contract import CertificateRecord
from kiosk.domain.issuance import IssuanceState, Settlement
from tests.store.builders import LAST_DAY, SHA, block, reserve, walk

if TYPE_CHECKING:
    from datetime import date

    from tests.store.builders import Bench


def test_a_record_written_after_a_restart_says_the_last_day_that_was_printed(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, _ = reserve(bench.store)
    walk(bench.store, issuance, IssuanceState.ACCEPTED)

    bench.reopen()
    bench.clock.move(timedelta(days=3))
    bench.store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))

    assert last_days(bench) == [LAST_DAY]


def test_the_last_day_goes_with_the_document_that_names_it(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    (rendered_again, _), (never_again, _) = reserve(bench.store), reserve(bench.store)

    for issuance in (rendered_again, never_again):
        bench.store.issuances.revise(issuance, "employment", 2)
    tomorrow = LAST_DAY + timedelta(days=1)
    bench.store.issuances.note_document(rendered_again, SHA, tomorrow)
    for issuance in (rendered_again, never_again):
        bench.store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED))

    assert last_days(bench) == [tomorrow, None]


def last_days(bench: Bench) -> list[date | None]:
    """The last day that each certificate's record says, in the order they were settled."""
    bodies = [row.item.body for row in bench.store.outbox.due(50)]
    return [body.valid_until for body in bodies if isinstance(body, CertificateRecord)]
