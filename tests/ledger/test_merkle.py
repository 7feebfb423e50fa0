"""The tree is that of RFC 6962: known roots and proofs, and no proof of anything that is not so."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client.contract.ledger import (
    EMPTY_ROOT,
    Accumulator,
    completed,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
)

LARGEST = 70
# The test vectors that the implementations of Certificate Transparency share.
INPUTS = (
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
FIRST_OF_EIGHT = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
SIXTH_OF_EIGHT = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)


class Tree:
    """A log in memory, as a store keeps it: the hashes of its complete subtrees."""

    def __init__(self, *entries: bytes) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.leaves = [leaf_hash(entry) for entry in entries]
        for at, leaf in enumerate(self.leaves):
            for level, position, value in completed(at, leaf, self.node):
                self.nodes[level, position] = value

    def node(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]


@cache
def long_tree() -> Tree:
    return Tree(*(b"entry %d" % at for at in range(LARGEST)))


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


sizes = st.integers(1, LARGEST)


def test_roots_are_the_known_ones() -> None:
    tree = Tree(*(bytes.fromhex(text) for text in INPUTS))

    roots = [root(size, tree.node).hex() for size in range(len(INPUTS) + 1)]

    assert roots == list(ROOTS)
    assert ROOTS[0] == EMPTY_ROOT.hex()


@pytest.mark.parametrize(("index", "proof"), [(0, FIRST_OF_EIGHT), (5, SIXTH_OF_EIGHT)])
def test_proofs_are_the_known_ones(index: int, proof: tuple[str, ...]) -> None:
    tree = Tree(*(bytes.fromhex(text) for text in INPUTS))

    made = inclusion_proof(index, 8, tree.node)

    assert tuple(value.hex() for value in made) == proof


def test_the_consistency_of_six_with_eight_is_the_known_one() -> None:
    tree = Tree(*(bytes.fromhex(text) for text in INPUTS))

    made = consistency_proof(6, 8, tree.node)

    four, last_two = ROOTS[4], SIXTH_OF_EIGHT[1]
    assert [value.hex() for value in made] == [node_hash(*tree.leaves[4:6]).hex(), last_two, four]


def test_every_root_is_that_of_the_definition_and_of_the_accumulator() -> None:
    tree, running = long_tree(), Accumulator()

    for size in range(LARGEST + 1):
        assert root(size, tree.node) == running.root() == by_definition(tree.leaves[:size])
        assert running.size == size
        if size < LARGEST:
            running.append(tree.leaves[size])


def test_every_entry_of_every_size_is_proven() -> None:
    tree = long_tree()

    for size in range(1, LARGEST + 1):
        top = root(size, tree.node)
        for index in range(size):
            proof = inclusion_proof(index, size, tree.node)
            assert is_included(index, size, tree.leaves[index], proof, top), (index, size)
            assert len(proof) <= (size - 1).bit_length()


def test_every_growth_up_to_every_size_is_proven() -> None:
    tree = long_tree()
    roots = [root(size, tree.node) for size in range(LARGEST + 1)]

    for new in range(LARGEST + 1):
        for old in range(new + 1):
            proof = consistency_proof(old, new, tree.node)
            assert is_consistent(old, new, roots[old], roots[new], proof), (old, new)


@given(sizes, st.data())
def test_no_changed_proof_of_an_entry_is_taken(size: int, data: st.DataObject) -> None:
    tree = long_tree()
    index = data.draw(st.integers(0, size - 1))
    leaf, top, proof = tree.leaves[index], root(size, tree.node), inclusion_proof(index, size, tree.node)

    changed = data.draw(mutations((leaf, top, *proof)))

    assert not is_included(index, size, changed[0], changed[2:], changed[1])


@given(sizes, st.data())
def test_no_changed_proof_of_growth_is_taken(size: int, data: st.DataObject) -> None:
    tree = long_tree()
    old = data.draw(st.integers(1, size))
    roots = root(old, tree.node), root(size, tree.node)
    proof = consistency_proof(old, size, tree.node)

    changed = data.draw(mutations((*roots, *proof)))

    assert not is_consistent(old, size, changed[0], changed[1], changed[2:])


@st.composite
def mutations(draw: st.DrawFn, values: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """One bit is flipped somewhere, or the proof after the first two gets longer, shorter or crooked."""
    ways = ["flip", "add", "shift"] + (["drop", "cut"] if len(values) > 2 else [])
    way, at = draw(st.sampled_from(ways)), draw(st.integers(0, len(values) - 1))
    bit, last = draw(st.integers(0, 255)), max(2, at)
    match way:
        case "flip":
            flipped = (int.from_bytes(values[at], "big") ^ 1 << bit).to_bytes(32, "big")
            return (*values[:at], flipped, *values[at + 1 :])
        case "add":
            return (*values[:last], leaf_hash(b"more"), *values[last:])
        case "drop":
            return (*values[:last], *values[last + 1 :])
        case "cut":
            return (*values[:-1], values[-1][:-1])
        case _:  # the same bytes, with the border between two of them moved
            return (*values[:2], *crooked(values[2:] or (leaf_hash(b"more"),)))


def crooked(proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    whole = b"".join(proof)
    borders = [31 + 32 * at for at in range(len(proof))]
    return tuple(whole[start:end] for start, end in zip([0, *borders], [*borders, len(whole)], strict=True))


@given(sizes, st.integers(-2, LARGEST + 2), st.integers(-2, LARGEST + 2))
def test_a_proof_serves_for_one_place_only(size: int, index: int, other: int) -> None:
    tree = long_tree()
    if not 0 <= index < size:
        with pytest.raises(ValueError, match="no such entry"):
            inclusion_proof(index, size, tree.node)
        return
    proof = inclusion_proof(index, size, tree.node)

    taken = is_included(other, size, tree.leaves[index], proof, root(size, tree.node))

    assert taken is (other == index)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (1, 0)])
def test_a_tree_that_shrinks_is_never_consistent(old: int, new: int) -> None:
    tree = long_tree()

    with pytest.raises(ValueError, match="shrink"):
        consistency_proof(old, new, tree.node)

    assert not is_consistent(old, new, EMPTY_ROOT, root(3, tree.node), ())


def test_nothing_comes_before_the_empty_tree() -> None:
    top = root(3, long_tree().node)

    assert is_consistent(0, 3, EMPTY_ROOT, top, ())
    assert not is_consistent(0, 3, top, top, ())
    assert not is_consistent(0, 3, EMPTY_ROOT, top, (top,))
    assert not is_consistent(3, 3, top, EMPTY_ROOT, ())
    assert not is_consistent(3, 5, top, root(5, long_tree().node), ())
