"""Which serials nobody can account for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.contract import MissingSerials, is_certificate_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SERIAL_AND_CHECK_DIGIT = len("000123-7")


@dataclass(frozen=True, slots=True)
class Block:
    """Serials `first` to `last`. `series` begins its numbers; "" = a block that only the platform knows."""

    block_id: str
    series: str
    first: int
    last: int


def missing_serials(blocks: Iterable[Block], numbers: Iterable[str]) -> tuple[MissingSerials, ...]:
    """The serials of these blocks that no number speaks of, as ranges."""
    used: dict[str, set[int]] = {}
    for number in filter(is_certificate_number, numbers):
        cut = len(number) - _SERIAL_AND_CHECK_DIGIT
        serial = int(number[cut : cut + 6])
        used.setdefault(number[:cut], set()).add(serial)
        used.setdefault("", set()).add(serial)
    return tuple(
        MissingSerials(block_id=block.block_id, first=first, last=last)
        for block in blocks
        for first, last in _ranges(block, used.get(block.series, set()))
    )


def _ranges(block: Block, used: set[int]) -> Iterator[tuple[int, int]]:
    begin = block.first
    for serial in (*sorted(serial for serial in used if block.first <= serial <= block.last), block.last + 1):
        if begin < serial:
            yield begin, serial - 1
        begin = serial + 1
