"""The Merkle tree of RFC 6962 (and RFC 9162): hashes, roots, and proofs that read a handful of subtrees.

A tree is known by the hashes of its complete subtrees. `Node` reads one of them: level 0 holds the hashes of
the entries, position p of level l covers the entries p * 2**l to (p + 1) * 2**l - 1.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import TypeAlias

Node: TypeAlias = Callable[[int, int], bytes]

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(size: int, leaf: bytes, node: Node) -> tuple[tuple[int, int, bytes], ...]:
    """All complete subtrees (level, position, hash) that entry number `size`, counted from 0, completes."""
    made = [(0, size, leaf)]
    level, position, value = 0, size, leaf
    while position % 2:
        value = node_hash(node(level, position - 1), value)
        level, position = level + 1, position // 2
        made.append((level, position, value))
    return tuple(made)


def root(size: int, node: Node) -> bytes:
    """The root of the first `size` entries."""
    return _subtree(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """That entry `index` is among the first `size`. ValueError where it is not."""
    if not 0 <= index < size:
        raise ValueError("no such entry")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_subtree(middle, end, node))
            end = middle
        else:
            proof.append(_subtree(start, middle, node))
            start = middle
    return tuple(reversed(proof))


def consistency_proof(old_size: int, new_size: int, node: Node) -> tuple[bytes, ...]:
    """That the first `new_size` entries begin with the first `old_size`. ValueError where they cannot."""
    if not 0 <= old_size <= new_size:
        raise ValueError("a tree does not shrink")
    if old_size in {0, new_size}:
        return ()
    start, end, proof, is_whole = 0, new_size, [], True
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(_subtree(middle, end, node))
            end = middle
        else:
            proof.append(_subtree(start, middle, node))
            start, is_whole = middle, False
    if not is_whole:
        proof.append(_subtree(start, end, node))
    return tuple(reversed(proof))


def is_included(index: int, size: int, leaf: bytes, proof: tuple[bytes, ...], expected: bytes) -> bool:
    """Whether the proof leads from the entry's hash to the root `expected` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(proof):
        return False
    place, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            value = node_hash(sibling, value)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            value = node_hash(value, sibling)
        place, last = place // 2, last // 2
    return last == 0 and hmac.compare_digest(value, expected)


def is_consistent(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: tuple[bytes, ...]
) -> bool:
    """Whether the tree of `new_root` begins with the tree of `old_root` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size or not _are_hashes(proof):
        return False
    if old_size == 0:
        return not proof and hmac.compare_digest(old_root, EMPTY_ROOT)
    if old_size == new_size:
        return not proof and hmac.compare_digest(old_root, new_root)
    path = (old_root, *proof) if old_size & (old_size - 1) == 0 else proof
    if not path:
        return False
    place, last = old_size - 1, new_size - 1
    while place % 2:
        place, last = place // 2, last // 2
    old, new = path[0], path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            new = node_hash(new, sibling)
        place, last = place // 2, last // 2
    return last == 0 and hmac.compare_digest(old, old_root) and hmac.compare_digest(new, new_root)


class Accumulator:
    """The root of a long log, one entry after the other, in little memory."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # of the complete subtrees, the largest first

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        sha256, peaks, count = hashlib.sha256, self._peaks, self.size
        while count & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            count >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of all entries so far."""
        if not self._peaks:
            return EMPTY_ROOT
        value = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            value = node_hash(peak, value)
        return value


def _are_hashes(proof: tuple[bytes, ...]) -> bool:
    """A longer and a shorter neighbour would hash to the same: two texts for one proof."""
    return all(len(value) == HASH_BYTES for value in proof)


def _subtree(start: int, end: int, node: Node) -> bytes:
    """The hash over the entries `start` to `end - 1`; `start` is where a subtree of that size may begin."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_subtree(start, middle, node), _subtree(middle, end, node))


def _split(size: int) -> int:
    """The largest power of two that is smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
