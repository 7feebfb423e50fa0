"""The file of staff accounts: TOML, written by `python -m kiosk staff`, readable by the kiosk alone."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from typing import TYPE_CHECKING

from kiosk.domain.staff import StaffAccount, hash_pin
from kiosk.office.whole_file import whole_file

if TYPE_CHECKING:
    from pathlib import Path

_SALT_BYTES = 16
_STAFF, _TECHNICIAN = "staff", "technician"
_BADGE = re.compile(r"[0-9]{2,12}")
_PIN = re.compile(r"[0-9]{6,12}")
_NAME = re.compile(r"[^\x00-\x1f\"\\]{1,40}")


class StaffFileError(Exception):
    """The file, or what is to be written into it, is not as it must be; one sentence."""


def load_accounts(path: Path) -> tuple[StaffAccount, ...]:
    """All accounts. Raises StaffFileError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_account(badge, row) for badge, row in content.items())
    except OSError as error:
        raise StaffFileError(f"the file of staff accounts cannot be read ({error.strerror})") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # TOML and UTF-8 among the last
        raise StaffFileError(
            "the file of staff accounts is not as `python -m kiosk staff` writes it"
        ) from error


def put_account(path: Path, badge: str, name: str, pin: str, *, technician: bool = False) -> None:
    """Add an account, or give it another PIN and role. Raises StaffFileError: the file is as before."""
    if not _BADGE.fullmatch(badge):
        raise StaffFileError("a badge has 2 to 12 digits")
    if not _NAME.fullmatch(name):
        raise StaffFileError("a name has 1 to 40 characters, without quotation marks")
    if not _PIN.fullmatch(pin) or len(set(pin)) == 1:
        raise StaffFileError("a PIN has 6 to 12 digits, not all the same")
    accounts = {account.badge: account for account in load_accounts(path)} if path.exists() else {}
    salt = secrets.token_bytes(_SALT_BYTES)
    accounts[badge] = StaffAccount(badge, name, salt, hash_pin(pin, salt), technician)
    _write(path, "\n".join(_as_toml(account) for account in accounts.values()))


def _account(badge: str, row: dict[str, str]) -> StaffAccount:
    role = row.get("role", _STAFF)  # files of before there were technicians say nothing
    if not _BADGE.fullmatch(badge) or role not in {_STAFF, _TECHNICIAN}:
        raise ValueError("not an account")
    salt, pin_hash = bytes.fromhex(row["salt"]), bytes.fromhex(row["pin_scrypt"])
    return StaffAccount(badge, row["name"], salt, pin_hash, role == _TECHNICIAN)


def _as_toml(account: StaffAccount) -> str:
    role = _TECHNICIAN if account.technician else _STAFF
    return (
        f'[{account.badge}]\nname = "{account.name}"\nrole = "{role}"\n'
        f'salt = "{account.salt.hex()}"\npin_scrypt = "{account.pin_hash.hex()}"\n'
    )


def _write(path: Path, content: str) -> None:
    with whole_file(path) as file:
        if os.geteuid() == 0:
            owner = path.parent.stat()  # root may write the accounts; the core's own user must read them
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        file.write(content.encode())
