"""Signed notes in the form of C2SP: whoever follows the same specification reads ours, and we theirs."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    Checkpoint,
    NoteError,
    cosigner_key,
    countersign,
    keep_signature,
    kiosk_key_name,
    ledger_origin,
    parse_origin,
    parse_verifier_key,
    read_checkpoint,
    read_countersignature,
    sign_checkpoint,
    signers,
    verifier_key,
)

KIOSK, SEED, PLATFORM_SEED = "CG-KSK-03", bytes(range(32)), bytes(range(32, 64))
NAME = kiosk_key_name(KIOSK)
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CHECKPOINT = Checkpoint(ledger_origin(KIOSK, "0123456789abcdef"), 42, hashlib.sha256(b"root").digest())
# The key of the examples in the documentation of Go's package note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def signed() -> str:
    return sign_checkpoint(CHECKPOINT, NAME, SEED)


def seen() -> str:
    return countersign(signed(), PLATFORM_KEY_NAME, PLATFORM_SEED, AT)


def by_hand(name: str, kind: bytes, seed: bytes, content: bytes, time: bytes = b"") -> str:
    """A signature line, straight from the words of the specification."""
    key_id = hashlib.sha256(name.encode() + b"\n" + kind + public_key(seed)).digest()[:4]
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(content)
    return f"— {name} {base64.b64encode(key_id + time + signature).decode()}\n"


def test_a_note_is_written_as_the_specification_says() -> None:
    text = f"{NAME}/0123456789abcdef\n42\n{base64.b64encode(CHECKPOINT.root).decode()}\n"
    cosigned = f"cosignature/v1\ntime {int(AT.timestamp())}\n{text}".encode()
    time = int(AT.timestamp()).to_bytes(8, "big")

    kiosk = by_hand(NAME, b"\x01", SEED, text.encode())
    platform = by_hand(PLATFORM_KEY_NAME, b"\x04", PLATFORM_SEED, cosigned, time)

    assert signed() == f"{text}\n{kiosk}"
    assert seen() == f"{text}\n{kiosk}{platform}"


def test_what_was_written_is_read() -> None:
    assert read_checkpoint(seen(), NAME, public_key(SEED)) == CHECKPOINT
    assert read_countersignature(seen(), PLATFORM_KEY_NAME, public_key(PLATFORM_SEED)) == AT
    assert signers(seen()) == (NAME, PLATFORM_KEY_NAME)


def test_keys_are_written_as_everybody_else_writes_them() -> None:
    name, key = parse_verifier_key(PETER + "\n")

    assert (name, verifier_key(name, key)) == ("PeterNeumann", PETER)
    assert parse_verifier_key(cosigner_key(name, key)) == (name, key)
    assert cosigner_key(name, key) != PETER


@pytest.mark.parametrize(
    "text",
    [
        *("", "+", "PeterNeumann", PETER[:-1], PETER[:-4], PETER + "=", PETER.replace("c74f", "c74e")),
        *(PETER.replace("Peter", "Petra"), PETER.replace("+ARpc", "+AhpcA"), PETER.upper(), "a b" + PETER),
    ],
)
def test_a_key_that_does_not_fit_itself_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_verifier_key(text)


def read_both(note: str) -> None:
    """The two signatures together leave no byte unguarded."""
    read_checkpoint(note, NAME, public_key(SEED))
    read_countersignature(note, PLATFORM_KEY_NAME, public_key(PLATFORM_SEED))


@given(st.integers(0, len(seen().encode()) * 8 - 1))
def test_no_changed_bit_of_a_note_is_taken(bit: int) -> None:
    content = bytearray(seen().encode())
    content[bit // 8] ^= 1 << bit % 8
    try:
        note = content.decode()
    except UnicodeDecodeError:
        return

    with pytest.raises(NoteError):
        read_both(note)


def test_no_cut_note_is_taken() -> None:
    for length in range(len(signed())):
        with pytest.raises(NoteError):
            read_checkpoint(signed()[:length], NAME, public_key(SEED))


def test_another_key_or_another_name_is_not_believed() -> None:
    with pytest.raises(NoteError, match="not signed with this key"):
        read_checkpoint(signed(), NAME, public_key(PLATFORM_SEED))
    with pytest.raises(NoteError, match="not signed with this key"):
        read_checkpoint(signed(), kiosk_key_name("CG-KSK-04"), public_key(SEED))
    with pytest.raises(NoteError, match="not countersigned"):
        read_countersignature(signed(), PLATFORM_KEY_NAME, public_key(PLATFORM_SEED))
    with pytest.raises(NoteError, match="not countersigned"):
        read_countersignature(seen(), PLATFORM_KEY_NAME, public_key(SEED))


def test_a_signature_serves_for_its_own_note_only() -> None:
    other = sign_checkpoint(Checkpoint(CHECKPOINT.origin, 43, CHECKPOINT.root), NAME, SEED)
    text, _, lines = seen().partition("\n\n")

    transplanted = other.partition("\n\n")[0] + "\n\n" + lines

    assert text in seen()
    with pytest.raises(NoteError, match="the signature is wrong"):
        read_checkpoint(transplanted, NAME, public_key(SEED))
    with pytest.raises(NoteError, match="the signature is wrong"):
        read_countersignature(transplanted, PLATFORM_KEY_NAME, public_key(PLATFORM_SEED))


@pytest.mark.parametrize("size", ["042", "-1", "+42", "4_2", "", "4e1", "9" * 20])
def test_a_size_is_written_in_one_way_only(size: str) -> None:
    lines = signed().split("\n")
    lines[1] = size

    with pytest.raises(NoteError, match="not a checkpoint note"):
        read_checkpoint("\n".join(lines), NAME, public_key(SEED))


def test_lines_of_others_are_left_alone() -> None:
    """Whoever else signs a note does not hinder those who know only the kiosk."""
    note = signed() + by_hand("somebody.example", b"\x01", PLATFORM_SEED, b"anything")

    assert read_checkpoint(note, NAME, public_key(SEED)) == CHECKPOINT
    assert keep_signature(note, NAME) == signed()
    with pytest.raises(NoteError):
        keep_signature(note, PLATFORM_KEY_NAME)


def test_an_origin_names_kiosk_and_ledger() -> None:
    assert parse_origin(CHECKPOINT.origin) == (KIOSK, "0123456789abcdef")
    for wrong in (NAME, f"{NAME}/0123456789ABCDEF", f"x/{CHECKPOINT.origin}", CHECKPOINT.origin + "0", ""):
        with pytest.raises(ValueError, match="not the origin"):
            parse_origin(wrong)
