"""What closes a paper: the word of a person, and a journal that could not write for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, NotPrinted, Uncertain
from kiosk.flow.commands import RecordWord
from kiosk.flow.events import (
    PreparationFailed,
    PrintSettled,
    StoreFailed,
    StoreRecovered,
    UncertainPapers,
)
from tests.work.builders import SESSION, prepare_paper, print_paper
from tests.work.workshop import Workshop, prepare, print_and_wait

if TYPE_CHECKING:
    from pathlib import Path

OTHER_SESSION = "6f1c2b9e-0000-4000-8000-000000000002"


def test_the_residents_word_settles_an_uncertain_paper(shop: Workshop) -> None:
    shop.printer.outcome = Uncertain(DeviceCode.JOB_ANSWER_LOST)
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintSettled)

    shop.order(RecordWord(prepared.issuance, came_out=True))
    prepare(shop, OTHER_SESSION)  # orders are done one after the other

    assert shop.states()[0] == "printed"
    assert shop.owed_states() == ["uncertain", "printed"]
    assert [line["came_out"] for line in shop.book.lines("word_recorded")] == [True]


def test_the_residents_word_waits_for_a_settlement_that_could_not_be_written(shop: Workshop) -> None:
    shop.printer.outcome = Uncertain(DeviceCode.JOB_ANSWER_LOST)
    shop.printer.at = lambda reached: shut_store(shop) if reached == "accepted" else None
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintSettled)

    shop.order(RecordWord(prepared.issuance, came_out=True))
    shop.order(prepare_paper(OTHER_SESSION))
    shop.events.wait_for(PreparationFailed)  # orders are done one after the other
    too_early = shop.book.lines("word_recorded")
    open_store(shop)
    shop.store_state.recovered()
    prepare(shop, OTHER_SESSION)

    assert too_early == []
    assert shop.states()[0] == "printed"
    assert shop.owed_states() == ["uncertain", "printed"]
    assert len(shop.book.lines("word_recorded")) == 1


def test_a_word_that_could_not_be_written_leaves_the_paper_to_staff_after_a_restart(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "state").start()
    shop.printer.outcome = Uncertain(DeviceCode.JOB_ANSWER_LOST)
    prepared = prepare(shop)
    print_and_wait(shop, prepared)
    shut_store(shop)
    shop.order(RecordWord(prepared.issuance, came_out=True))
    shop.order(prepare_paper(OTHER_SESSION))
    shop.events.wait_for(PreparationFailed)  # orders are done one after the other
    assert shop.stop()
    open_store(shop)

    again = Workshop(tmp_path / "state").start()

    assert again.states() == ["uncertain"]
    assert again.events.wait_for(UncertainPapers) == UncertainPapers(1)
    assert again.owed_states() == ["uncertain"]
    assert again.stop()


def test_the_doubts_are_told_when_the_word_is_written_at_last(shop: Workshop) -> None:
    shop.printer.outcome = Uncertain(DeviceCode.JOB_ANSWER_LOST)
    prepared = prepare(shop)
    print_and_wait(shop, prepared)
    shut_store(shop)
    shop.order(RecordWord(prepared.issuance, came_out=False, settled_by="S-07"))
    shop.order(prepare_paper(OTHER_SESSION))
    shop.events.wait_for(PreparationFailed)
    open_store(shop)

    shop.store_state.recovered()
    prepare(shop, OTHER_SESSION)

    counts = [event.count for event in shop.events.all if isinstance(event, UncertainPapers)]
    assert counts == [1, 0]
    assert shop.rows("state", "settled_by")[0] == ("voided", "S-07")


def test_a_word_on_a_paper_that_needs_none_is_not_recorded(shop: Workshop) -> None:
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintSettled)

    shop.order(RecordWord(prepared.issuance, came_out=False))
    prepare(shop, OTHER_SESSION)

    assert shop.owed_states() == ["printed"]
    assert shop.book.lines("word_recorded") == []


@pytest.mark.parametrize(
    ("step", "state"), [("creating", "voided"), ("created", "voided"), ("accepted", "uncertain")]
)
def test_a_journal_that_fails_stops_the_print_and_is_caught_up_later(
    shop: Workshop, step: str, state: str
) -> None:
    """Before SENDING nothing can have come out; after it only a person can tell."""
    before = {"creating": "prepared", "created": "creating", "accepted": "sending"}[step]
    prepared = prepare(shop)
    shop.printer.at = lambda reached: shut_store(shop) if reached == before else None

    shop.order(print_paper(prepared))
    settled = shop.events.wait_for(PrintSettled)
    open_store(shop)
    shop.store_state.recovered()
    shop.events.wait_for(StoreRecovered)
    prepare(shop, OTHER_SESSION)

    assert isinstance(settled.outcome, Uncertain if state == "uncertain" else NotPrinted)
    assert any(isinstance(event, StoreFailed) for event in shop.events.all)
    assert shop.states()[0] == state
    assert shop.owed_states() == [state]
    assert len(shop.printer.printed) == (1 if step == "accepted" else 0)
    # Nothing is left at the printer that could come out later, in front of somebody else.
    job = f"withdraw {prepared.number}.1.{SESSION}"
    assert shop.printer.asked == ([] if step == "creating" else [job])


def shut_store(shop: Workshop) -> None:
    """The directory becomes a file: nothing can be opened, nothing written."""
    shop.bench.store.close()
    shop.state_dir.rename(shop.state_dir.with_name("elsewhere"))
    shop.state_dir.touch()


def open_store(shop: Workshop) -> None:
    shop.state_dir.unlink()
    shop.state_dir.with_name("elsewhere").rename(shop.state_dir)
