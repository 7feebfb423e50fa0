"""The chip card simulator as a program: control socket, card files, end; its chip without any reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.simulators.pcsc.card import CardFileError, load_card
from devices.simulators.pcsc.chip import Chip
from devices.simulators.pcsc.faults import FaultName
from devices.simulators.pcsc.slot import Slot
from tests.devices.pcsc.cards import BANK, HOLDER, MUTE, OTHER, as_toml
from tests.devices.programs import ask, running_simulator

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.pcsc.card import Card

SELECT = "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
UNUSED_PORT = 9  # nothing listens there: a reader that is not there


def exchange(chip: Chip, *commands: str) -> str:
    """The last answer."""
    answer = b""
    for command in commands:
        answer = chip.answer(bytes.fromhex(command))
    return answer.hex()


def test_the_control_socket_moves_the_card_and_makes_faults(tmp_path: Path) -> None:
    control, card, other = tmp_path / "control", tmp_path / "card.toml", tmp_path / "other.toml"
    card.write_text(as_toml(HOLDER), encoding="utf-8")
    other.write_text(as_toml(BANK), encoding="utf-8")
    words = ("pcsc", "--port", str(UNUSED_PORT), "--control", str(control))
    with running_simulator(*words) as (process, address):
        answers = ask(
            control,
            {"do": "swap", "card": str(other)},
            {"do": "lay", "card": str(card)},
            {"do": "fault", "name": "silent", "count": 2, "on": "read"},
            {"do": "state"},
            {"do": "swap", "card": str(other)},
            {"do": "clear"},
            {"do": "state"},
            {"do": "lift"},
            {"do": "fault", "name": "boredom"},
            {"do": "fault", "name": "silent", "on": "sunday"},
            {"do": "lay", "card": str(tmp_path / "none.toml")},
            {"do": "state"},
        )

    assert address == "pcsc:///?reader=Virtual%20PCD"
    assert [one["ok"] for one in answers] == [False, *[True] * 7, *[False] * 3, True]
    assert answers[3] == {
        "ok": True,
        "card": "租户",
        "is_connected": False,
        "faults": ["silent"],
        "commands": 0,
    }
    assert (answers[6]["card"], answers[6]["faults"]) == ("银行卡", [])
    assert answers[-1]["card"] is None
    assert process.returncode == 0
    assert not control.exists()


@pytest.mark.parametrize(
    "card", [HOLDER, replace(OTHER, announces=True), BANK, MUTE], ids=lambda one: one.kind
)
def test_a_card_file_says_what_the_card_says(card: Card, tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(as_toml(card), encoding="utf-8")

    assert load_card(path) == card


def test_a_wrong_card_file_is_refused_with_all_its_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(
        'kind = "social_security"\nname = 7\nshoe_size = "42"\nreads_by = "luck"', encoding="utf-8"
    )

    with pytest.raises(CardFileError) as caught:
        load_card(path)

    for mistake in ("name must be", "shoe_size is unknown", "number is missing", "reads_by must be one of"):
        assert mistake in str(caught.value)


@pytest.mark.parametrize("card", [replace(HOLDER, name="测" * 26), replace(HOLDER, card_number="A000000012")])
def test_what_does_not_fit_on_a_card_is_refused(card: Card) -> None:
    with pytest.raises(CardFileError):
        Slot(port=UNUSED_PORT).lay(card)


@pytest.mark.parametrize(
    ("commands", "answer"),
    [
        ((SELECT,), "611a"),
        ((SELECT, "00c000001a"), "6f188416" + SELECT[10:] + "a5038801019f089000"),
        ((SELECT, "00a4000002ef05", "00b207040b"), "0709413030303030303031" + "9000"),
        ((SELECT, "00a4020002ef05", "00b2070400"), "6c0b"),
        ((SELECT, "00a4000002ef06", "00b20a0003"), "0a01329000"),
        ((SELECT, "00a4000002ef06", "00b2080400"), "6a83"),
        ((SELECT, "00a4000002ef07"), "6a82"),
        (("00a4000002ef05",), "6a82"),
        (("00b2070400",), "6a83"),
        (("00200000031234ff",), "6d00"),
        (("00",), "6700"),
    ],
)
def test_the_chip_answers_as_published(commands: tuple[str, ...], answer: str) -> None:
    assert exchange(Chip(replace(HOLDER, card_number="A00000001")), *commands) == answer


def test_each_fault_has_its_place_in_the_list() -> None:
    slot = Slot(port=UNUSED_PORT)
    for name in FaultName:
        slot.fault(name)

    assert slot.state()["faults"] == list(FaultName)
