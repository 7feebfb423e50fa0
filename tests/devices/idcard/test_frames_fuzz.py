"""Tens of thousands of damaged lines: no exception, no invented answer, no lost frame."""

from __future__ import annotations

import random

from devices.idcard.frames import AnswerDecoder
from tests.devices.idcard import vectors

ROUNDS = 20_000
SEED = 20_260_701


def damage(line: bytearray, chance: random.Random) -> bytearray:
    """Flip, drop, double or insert one byte."""
    at = chance.randrange(len(line))
    match chance.randrange(4):
        case 0:
            line[at] ^= 1 << chance.randrange(8)
        case 1:
            del line[at]
        case 2:
            line.insert(at, line[at])
        case _:
            line.insert(at, chance.randrange(256))
    return line


def test_the_frame_behind_a_damaged_one_is_never_lost() -> None:
    chance = random.Random(SEED)  # noqa: S311 - repeatable damage, no secret
    pieces = [vectors.FOUND, vectors.SELECTED, vectors.SAM_ID, vectors.APPENDED, vectors.NO_NEW_CARD]

    for _ in range(ROUNDS):
        damaged = damage(bytearray(chance.choice(pieces)), chance)
        decoder = AnswerDecoder()
        answers = decoder.feed(bytes(damaged) + vectors.NOT_READ)
        while more := decoder.give_up_frame():
            answers += more

        assert any(one.sw3 == 0x41 for one in answers), damaged.hex()


def test_one_flipped_bit_never_passes_for_an_answer() -> None:
    for frame in (vectors.FOUND, vectors.SELECTED, vectors.SAM_ID, vectors.APPENDED):
        for bit in range(len(frame) * 8):
            line = bytearray(frame)
            line[bit // 8] ^= 1 << bit % 8
            decoder = AnswerDecoder()

            answers = decoder.feed(bytes(line))

            assert answers == [], bit
