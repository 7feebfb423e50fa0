"""What a power cut leaves of the files: all that was synced, and any part of what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from tests.torture.disk import Deleted, Promised, Synced, Truncated, Written

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.torture.disk import DiskEvent

SECTOR = 512  # a disk writes this much whole or not at all


@dataclass
class _File:
    """What lies on the disk, and what is still on its way there."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Written | Truncated] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.durable, event)
        self.pending.clear()

    def after_cut(self, dice: random.Random) -> bytes:
        """Nobody knows in which order a disk writes: each unsynced write may be there, torn, or missing."""
        content = bytearray(self.durable)
        survival = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for event in self.pending:
            if isinstance(event, Truncated):
                if dice.random() < survival:
                    _apply(content, event)
            else:
                for piece in _sectors(event):
                    if dice.random() < survival:
                        _apply(content, piece)
        return bytes(content)


@dataclass(frozen=True, slots=True)
class Image:
    """The files after a cut, and all that the store had promised until then."""

    at: int
    files: dict[str, bytes]
    promises: tuple[object, ...]

    def write_to(self, directory: Path) -> None:
        """Put the files there, in place of what was left of others."""
        for path, content in self.files.items():
            (directory / path).write_bytes(content)


def images(
    log: Sequence[DiskEvent], cuts: Sequence[int], dice: random.Random, begin: dict[str, bytes]
) -> Iterator[Image]:
    """The disk as it is after the first `cut` events of the log, for each cut, in ascending order.

    `begin` holds the files that were there before, by the names that the log uses.
    """
    files = {path: _File(bytearray(content)) for path, content in begin.items()}
    promises: list[object] = []
    done = 0
    for cut in sorted(cuts):
        for event in log[done:cut]:
            _follow(files, promises, event)
        done = cut
        left = {path: file.after_cut(dice) for path, file in files.items()}
        yield Image(cut, left, tuple(promises))


def _follow(files: dict[str, _File], promises: list[object], event: DiskEvent) -> None:
    match event:
        case Written(path=path) | Truncated(path=path):
            files.setdefault(path, _File()).pending.append(event)
        case Synced(path=path):
            files.setdefault(path, _File()).sync()
        case Deleted(path=path):
            files.pop(path, None)
        case Promised(promise=promise):
            promises.append(promise)
        case _:
            assert_never(event)


def _sectors(event: Written) -> Iterator[Written]:
    start, end = event.offset, event.offset + len(event.content)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Written(event.path, start, event.content[start - event.offset : stop - event.offset])
        start = stop


def _apply(content: bytearray, event: Written | Truncated) -> None:
    if isinstance(event, Truncated):
        del content[event.size :]
        return
    end = event.offset + len(event.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[event.offset : end] = event.content
