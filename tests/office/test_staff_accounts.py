"""Accounts of staff: written by a program that asks for the PIN, and no PIN stands in them."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from typing import TYPE_CHECKING

import pytest

from kiosk.office.staff_command import main
from kiosk.staff_file import StaffFileError, load_accounts

if TYPE_CHECKING:
    from pathlib import Path

PIN = "483920"


def add(path: Path, badge: str = "1042", name: str = "李芳", *, pins: tuple[str, ...] = (PIN, PIN)) -> int:
    typed = iter(pins)
    return main(["add", badge, name, "--file", str(path)], lambda _prompt: next(typed))


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Somebody has an account already."""
    path = tmp_path / "staff.toml"
    assert add(path, "77") == 0
    return path


def test_an_account_admits_its_pin_alone(tmp_path: Path) -> None:
    path = tmp_path / "staff.toml"

    assert (add(path), add(path, "77", "王 桂花", pins=("190284", "190284"))) == (0, 0)

    first, second = load_accounts(path)
    assert (first.badge, first.name, second.badge, second.name) == ("1042", "李芳", "77", "王 桂花")
    assert (first.admits(PIN), first.admits("190284"), second.admits("190284")) == (True, False, True)
    assert PIN not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PIN not in repr(first)


def test_the_same_pin_of_two_looks_different(tmp_path: Path) -> None:
    path = tmp_path / "staff.toml"
    add(path)
    add(path, "77")

    first, second = load_accounts(path)

    assert first.pin_hash != second.pin_hash
    assert first.salt != second.salt


def test_a_badge_gets_another_pin(tmp_path: Path) -> None:
    path = tmp_path / "staff.toml"
    add(path)

    assert add(path, name="李小芳", pins=("190284", "190284")) == 0

    (account,) = load_accounts(path)
    assert (account.name, account.admits(PIN), account.admits("190284")) == ("李小芳", False, True)


@pytest.mark.parametrize(
    ("badge", "name", "pins", "sentence"),
    [
        ("1042", "李芳", (PIN, "483921"), "not the same both times"),
        ("1042", "李芳", ("12345", "12345"), "a PIN has 6 to 12 digits"),
        ("1042", "李芳", ("1" * 6, "1" * 6), "a PIN has 6 to 12 digits"),
        ("1042", "李芳", ("４８３９２０", "４８３９２０"), "a PIN has 6 to 12 digits"),
        ("1042", "李芳", ("", ""), "a PIN has 6 to 12 digits"),
        ("1", "李芳", (PIN, PIN), "a badge has 2 to 12 digits"),
        ("10a", "李芳", (PIN, PIN), "a badge has 2 to 12 digits"),
        ("1042", "", (PIN, PIN), "a name has 1 to 40 characters"),
        ("1042", 'x"\n[99]', (PIN, PIN), "a name has 1 to 40 characters"),
    ],
)
def test_a_wrong_account_is_not_written(
    old_file: Path, badge: str, name: str, pins: tuple[str, ...], sentence: str
) -> None:
    before = old_file.read_bytes()
    told = io.StringIO()

    with contextlib.redirect_stderr(told):
        status = add(old_file, badge, name, pins=pins)

    assert (status, sentence in told.getvalue()) == (1, True)
    assert old_file.read_bytes() == before
    assert [left.name for left in old_file.parent.iterdir()] == ["staff.toml"]


@pytest.mark.parametrize(
    "content",
    [
        b"[1042]\nname = 3\n",
        b"1042 = 3\n",
        b"\xff",
        b"[x]\n",
        b'[1042]\nname = "a"\nsalt = "zz"\npin_scrypt = ""\n',
    ],
)
def test_a_file_that_somebody_wrote_by_hand_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "staff.toml"
    path.write_bytes(content)

    with pytest.raises(StaffFileError):
        load_accounts(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StaffFileError, match="cannot be read"):
        load_accounts(tmp_path / "staff.toml")

    assert add(tmp_path / "nowhere" / "staff.toml") == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_writes_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    nobody = 65534
    os.chown(tmp_path, nobody, nobody)

    assert add(tmp_path / "staff.toml") == 0

    found = (tmp_path / "staff.toml").stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (nobody, nobody, 0o600)


def test_a_technician_is_one_by_order_alone_and_old_files_stay_readable(old_file: Path) -> None:
    typed = iter((PIN, PIN))
    assert (
        main(["add", "9001", "赵强", "--technician", "--file", str(old_file)], lambda _prompt: next(typed))
        == 0
    )
    assert [account.technician for account in load_accounts(old_file)] == [False, True]

    lines = old_file.read_text(encoding="utf-8").splitlines(keepends=True)
    old_file.write_text("".join(line for line in lines if not line.startswith("role")), encoding="utf-8")
    assert [account.technician for account in load_accounts(old_file)] == [False, False]
    old_file.write_text("".join(lines).replace('"technician"', '"director"'), encoding="utf-8")
    with pytest.raises(StaffFileError):
        load_accounts(old_file)
