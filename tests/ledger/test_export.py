"""A ledger as a file, and the proof of one entry: what is right is taken, and what is wrong is named."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest

from backend_client.contract.ledger import (
    LedgerFileError,
    Trust,
    covers,
    is_proof,
    prove_entry,
    verify_ledger,
    verify_proof,
)
from tests.ledger.books import AT, KIOSK, OTHER_SEED, SEED, TRUST, Book, public_key

SIZES = ((0, 0), (1, 0), (1, 1), (2, 1), (7, 7), (8, 5), (64, 63), (65, 64), (70, 1))


def file_of(size: int, seen: int) -> io.BytesIO:
    return io.BytesIO(Book(size, seen).content)


def proof_of(book: Book, seq: int, trust: Trust = TRUST) -> bytes:
    proof = io.BytesIO()
    prove_entry(io.BytesIO(book.content), trust, seq, proof)
    return proof.getvalue()


@pytest.mark.parametrize(("size", "seen"), SIZES)
def test_a_ledger_of_any_size_is_right(size: int, seen: int) -> None:
    trust = TRUST if seen else Trust(public_key(SEED))

    verified = verify_ledger(file_of(size, seen), trust)

    assert (verified.kiosk, verified.checkpoint.size) == (KIOSK, size)
    if seen:
        assert verified.seen is not None
        assert (verified.seen.checkpoint.size, verified.seen.at) == (seen, AT)


@pytest.mark.parametrize(("size", "seen"), [sizes for sizes in SIZES if sizes[1]])
def test_every_entry_of_a_ledger_can_be_proven(size: int, seen: int) -> None:
    book = Book(size, seen)

    for seq in range(size):
        proof = proof_of(book, seq)
        at, verified = verify_proof(io.BytesIO(proof), TRUST)
        assert (at, verified.entry.decode()) == (seq, book.entries[seq])
        assert covers(verified, seq) is (seq < seen)
        assert is_proof(proof)
        others = [other for other in book.entries if other != book.entries[seq]]
        assert not any(other.encode() in proof for other in others)


def test_the_entry_that_is_asked_for_is_given_back() -> None:
    book = Book(70, 60)

    for seq in (0, 59, 60, 69):
        assert verify_ledger(io.BytesIO(book.content), TRUST, seq).entry.decode() == book.entries[seq]
    with pytest.raises(LedgerFileError, match="there is no entry 70"):
        verify_ledger(io.BytesIO(book.content), TRUST, 70)
    with pytest.raises(LedgerFileError, match="there is no entry -1"):
        prove_entry(io.BytesIO(book.content), TRUST, -1, io.BytesIO())


def test_a_ledger_that_was_cut_anywhere_is_wrong() -> None:
    content = Book(9, 5).content

    for length in range(len(content)):
        with pytest.raises(LedgerFileError):
            verify_ledger(io.BytesIO(content[:length]), TRUST)


def test_a_proof_that_was_cut_anywhere_is_wrong() -> None:
    content = proof_of(Book(9, 5), 4)

    for length in range(len(content)):
        with pytest.raises(LedgerFileError):
            verify_proof(io.BytesIO(content[:length]), TRUST)


def test_no_two_neighbours_change_places() -> None:
    lines = Book(9, 5).content.splitlines(keepends=True)

    for one, other in pairwise(range(len(lines))):
        swapped = list(lines)
        swapped[one], swapped[other] = lines[other], lines[one]
        with pytest.raises(LedgerFileError):
            verify_ledger(io.BytesIO(b"".join(swapped)), TRUST)


@pytest.mark.parametrize(
    ("trust", "sentence"),
    [
        (Trust(public_key(OTHER_SEED)), "not signed with this key"),
        (replace(TRUST, kiosk="CG-KSK-04"), "the ledger of CG-KSK-03, not of CG-KSK-04"),
        (replace(TRUST, platform_key=public_key(OTHER_SEED)), "not countersigned with this key"),
    ],
)
def test_the_ledger_of_others_is_wrong(trust: Trust, sentence: str) -> None:
    with pytest.raises(LedgerFileError, match=sentence):
        verify_ledger(file_of(9, 5), trust)
    with pytest.raises(LedgerFileError, match=sentence):
        verify_proof(io.BytesIO(proof_of(Book(9, 5), 4)), trust)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"ledger 1\n", b"ledger 2\n", "another version"),
        (b'"seq":4,', b'"seq":5,', "at place 4 stands another entry"),
        (b'"seq":4,', b'"seq":04,', "at place 4 stands another entry"),
        (b'"kiosk":"CG-KSK-03","mono_ms":1004', b'"kiosk":"CG-KSK-04","mono_ms":1004', "at place 4"),
        (b'"mono_ms":1004', b'"mono_ms":9004', "not those that the platform countersigned"),
        (b'"mono_ms":1007', b'"mono_ms":9007', "not those that were signed"),
        (b"CG-KSK-03/0123456789abcdef\n9\n", b"CG-KSK-03/0123456789abcdef\n8\n", "the signature is wrong"),
        (b"\xe2\x80\x94 community-kiosk/platform", b"- community-kiosk/platform", "not a signature line"),
        (b"\n\n{", b"\n{", "does not end"),
    ],
)
def test_what_is_wrong_is_named(old: bytes, new: bytes, sentence: str) -> None:
    content = Book(9, 5).content
    assert old in content

    with pytest.raises(LedgerFileError, match=sentence):
        verify_ledger(io.BytesIO(content.replace(old, new, 1)), TRUST)


def test_the_platform_is_only_missed_where_it_is_asked_for() -> None:
    unseen = Book(9, 0).content

    assert verify_ledger(io.BytesIO(unseen), Trust(public_key(SEED))).seen is None
    with pytest.raises(LedgerFileError, match="has not countersigned anything"):
        verify_ledger(io.BytesIO(unseen), TRUST)


def test_what_was_cut_off_after_the_platform_saw_it_is_missed() -> None:
    """Somebody with the kiosk's own key signs a shorter ledger."""
    whole, shorter = Book(9, 7), Book(5, 5)
    anchor = whole.content.split(b"\n")[7:12]
    lines = shorter.content.split(b"\n")

    forged = b"\n".join([*lines[:7], *anchor, *lines[12:]])

    with pytest.raises(LedgerFileError, match="has seen 7 entries, and 5 were signed"):
        verify_ledger(io.BytesIO(forged), TRUST)


def test_a_line_without_end_fills_no_memory() -> None:
    head = b"\n".join(Book(9, 5).content.split(b"\n")[:13])

    with pytest.raises(LedgerFileError, match="longer than any entry"):
        verify_ledger(io.BytesIO(head + b"\n" + b"x" * (3 << 20)), TRUST)
