"""A chip card's session is recorded without its holder, and played back in the same virtual reader."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from devices.contract import CardKind, CardRead
from devices.pcsc.driver import PcscCardReader
from devices.simulators.replay.chip import RecordedCard
from devices.trace.entries import load_trace
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.use import until_empty, until_outcome

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.pcsc.slot import Slot

pytestmark = pytest.mark.xdist_group("pcscd")


def test_a_chip_card_is_played_back_with_another_holder(slot: Slot, tmp_path: Path) -> None:
    trace = tmp_path / "chip.trace"
    slot.lay(HOLDER)
    with closing(PcscCardReader(f"pcsc:///?trace={trace}")) as reader:
        recorded = until_outcome(reader)
        slot.lift()
        until_empty(reader)
    with (
        closing(RecordedCard(load_trace(trace), slot.port)) as card,
        closing(PcscCardReader("pcsc:///")) as reader,
    ):
        replayed = until_outcome(reader)
        state = card.state()

    assert isinstance(recorded, CardRead)
    assert isinstance(replayed, CardRead)
    assert recorded.identity.number == HOLDER.number
    assert replayed.identity.kind is CardKind.SOCIAL_SECURITY
    assert replayed.identity.number != HOLDER.number
    assert state["unknown"] == 0
    text = trace.read_text(encoding="ascii")
    for said in (HOLDER.name, HOLDER.number, HOLDER.card_number):
        assert said.encode("gb18030").hex() not in text
