"""The file of the second road: only the platform reads it, and only the kiosk that it names wrote it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from backend_client.contract.sealed import CarrierError, open_carrier, write_carrier

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
PLATFORM = X25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
ITEMS = (b'{"id":"1"}', b'{"id":"2"}', b'{"id":"3"}')


def public_key(kiosk: str) -> bytes | None:
    key = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
    return key if kiosk == "CG-KSK-03" else None


def written(kiosk: str = "CG-KSK-03", seed: bytes = SEED) -> bytes:
    return write_carrier(ITEMS, kiosk, seed, PLATFORM.public_key().public_bytes_raw())


def opened(content: bytes, key: X25519PrivateKey = PLATFORM) -> tuple[bytes, ...]:
    return open_carrier(content, key.private_bytes_raw(), public_key).items


def test_the_platform_reads_what_the_kiosk_wrote() -> None:
    assert opened(written()) == ITEMS
    assert b'"id"' not in written()
    assert b"CG-KSK-03" not in written()


def test_every_changed_byte_is_noticed() -> None:
    content = written()
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(CarrierError):
            opened(bytes(changed))


def test_every_cut_is_noticed() -> None:
    content = written()
    for length in range(len(content)):
        with pytest.raises(CarrierError):
            opened(content[:length])


@pytest.mark.parametrize(
    ("content", "key", "sentence"),
    [
        (written(), X25519PrivateKey.from_private_bytes(OTHER_SEED), "another platform"),
        (written(kiosk="CG-KSK-99"), PLATFORM, "not enrolled"),
        (written(seed=OTHER_SEED), PLATFORM, "not signed"),
        (b"hello", PLATFORM, "not a file"),
    ],
    ids=["for another platform", "of another kiosk", "signed by another", "no such file"],
)
def test_whose_it_is_not_is_said(content: bytes, key: X25519PrivateKey, sentence: str) -> None:
    with pytest.raises(CarrierError, match=sentence):
        opened(content, key)
