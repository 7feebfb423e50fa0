"""Cards laid down one after the other in the real service: which are read, which are refused, which leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import CardRejected, DeviceCode, NoNewCard, Presence
from devices.simulators.pcsc.faults import FaultName, Moment
from tests.devices.idcard.use import AMPLE, in_time, poll
from tests.devices.pcsc.cards import BANK, HOLDER, ID_CARD, MUTE, OTHER
from tests.devices.pcsc.use import assert_reads, until_empty, until_outcome

if TYPE_CHECKING:
    from devices.pcsc.driver import PcscCardReader
    from devices.simulators.pcsc.card import Card
    from devices.simulators.pcsc.slot import Slot

pytestmark = pytest.mark.xdist_group("pcscd")


@pytest.mark.parametrize(
    "card",
    [
        replace(HOLDER, reads_by="tag", corrects_length=False),
        replace(HOLDER, reads_by="number", selects_by="02", announces=True),
        replace(OTHER, name="古丽扎尔·买买提·阿卜杜热㛃𠮷䶮", selects_by="00"),
    ],
    ids=["by tag", "by number, file below, 61xx", "long name with rare characters"],
)
def test_cards_of_all_manners_are_read_each_swapped_for_the_last_within_50_ms(
    card: Card, reader: PcscCardReader, slot: Slot
) -> None:
    slot.lay(card)

    assert_reads(reader, card)
    assert in_time(reader.presence, AMPLE) is Presence.PRESENT


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (BANK, DeviceCode.SOCIAL_NOT_THIS_CARD),
        (ID_CARD, DeviceCode.SOCIAL_NOT_THIS_CARD),
        (MUTE, DeviceCode.SOCIAL_CARD_MUTE),  # its answer to reset breaks off: PROTO_MISMATCH
    ],
    ids=["bank", "id card", "mute"],
)
def test_any_other_card_is_refused_once_and_nothing_of_it_is_touched(
    card: Card, code: DeviceCode, reader: PcscCardReader, slot: Slot
) -> None:
    slot.log.clear()
    slot.lay(card)

    outcome = until_outcome(reader)
    again = [poll(reader) for _ in range(3)]

    assert outcome == CardRejected(code)
    assert again == [NoNewCard()] * 3
    assert set(slot.log) <= {"00a404000f7378312e73682ec9e7bbe1b1a3d5cf"}


def test_a_card_pulled_out_in_mid_exchange_is_told_and_the_next_one_reads(
    reader: PcscCardReader, slot: Slot
) -> None:
    slot.fault(FaultName.TAKEN_AWAY, moment=Moment.READ)
    slot.lay(HOLDER)

    outcome = until_outcome(reader)
    slot.lay(OTHER)

    assert outcome == CardRejected(DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
    assert_reads(reader, OTHER)


def test_the_same_card_laid_down_again_is_new_and_a_card_taken_away_is_absent(
    reader: PcscCardReader, slot: Slot
) -> None:
    slot.lift()
    until_empty(reader)
    empty = poll(reader)
    slot.lay(OTHER)

    assert empty == NoNewCard()
    assert_reads(reader, OTHER)
