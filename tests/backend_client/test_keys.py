"""The kiosk's key files: read strictly, every mistake said at once, no secret in any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend_client.keys import KeyFilesError, load_keys

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "credential": f"CG-KSK-03.{'ab' * 32}\n",
    "lookup.key": "0f" * 32 + "\n",
    "receipt.pub": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "register.key": "1e" * 32 + "\n",
    "signing.key": "2d" * 32 + "\n",
    "carrier.pub": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
}


def write(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def test_the_files_of_enrol_are_read(tmp_path: Path) -> None:
    keys = load_keys(write(tmp_path, GOOD))

    assert (keys.kiosk, keys.secret) == ("CG-KSK-03", "ab" * 32)
    assert keys.lookup_key == bytes.fromhex("0f" * 32)
    assert keys.receipt_public_key == bytes(32)
    assert (keys.register_key, keys.signing_key) == (b"\x1e" * 32, b"\x2d" * 32)
    assert keys.carrier_public_key == bytes(32)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("credential", "CG-KSK-03"),
        ("credential", f"CG-KSK-03.{'zz' * 32}"),
        ("credential", "钥匙"),
        ("lookup.key", "0f" * 31),
        ("lookup.key", "not hex"),
        ("receipt.pub", "AAAA"),
        ("receipt.pub", "!"),
        ("register.key", "1e" * 33),
        ("signing.key", ""),
        ("carrier.pub", "AAAA"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(KeyFilesError) as caught:
        load_keys(write(tmp_path, GOOD | {name: text}))

    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [str(tmp_path / name)]


def test_all_missing_files_are_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(KeyFilesError) as caught:
        load_keys(tmp_path)

    assert len(str(caught.value).splitlines()) == len(GOOD)


def test_no_secret_shows(tmp_path: Path) -> None:
    keys = load_keys(write(tmp_path, GOOD))

    assert "ab" * 32 not in repr(keys)
    for secret in (b"\x0f", b"\x1e", b"\x2d"):
        assert repr(secret * 4).strip("b'") not in repr(keys)
        assert (secret * 4).hex() not in repr(keys)
    with pytest.raises(KeyFilesError) as caught:
        load_keys(write(tmp_path, GOOD | {"credential": "CG-KSK-03.hush"}))
    assert "hush" not in str(caught.value)
