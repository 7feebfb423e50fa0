"""`python -m kiosk staff add`: accounts of those who may see what waits for staff."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.office.arguments import add_order, new_parser
from kiosk.office.exits import EXIT_RIGHT, EXIT_WRONG
from kiosk.staff_file import StaffFileError, put_account

if TYPE_CHECKING:
    from collections.abc import Callable


def main(arguments: list[str], ask_pin: Callable[[str], str] = getpass.getpass) -> int:
    """Add an account, or give it another PIN; the exit status. The PIN is never on the command line."""
    parser = new_parser("staff", "Accounts of staff at this kiosk.")
    orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
    add = add_order(orders, "add", "add an account, or give it another PIN; the core reads it when it starts")
    add.add_argument("badge", metavar="BADGE", help="2 to 12 digits")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--technician", action="store_true", help="may also look at devices and test them")
    add.add_argument(
        "--file", type=Path, required=True, metavar="FILE", help="what the settings call staff.file"
    )
    options = parser.parse_args(arguments)
    try:
        pin = _ask_twice(ask_pin)
        put_account(options.file, options.badge, options.name, pin, technician=options.technician)
    except (StaffFileError, EOFError) as error:
        sys.stderr.write(f"staff: {error or 'no PIN was given'}\n")
        return EXIT_WRONG
    except OSError as error:
        sys.stderr.write(f"staff: {options.file} cannot be written ({error.strerror})\n")
        return EXIT_WRONG
    sys.stdout.write(f"{options.badge} may use the kiosk's staff pages after its next start\n")
    return EXIT_RIGHT


def _ask_twice(ask_pin: Callable[[str], str]) -> str:
    pin = ask_pin("PIN, 6 to 12 digits: ")
    if pin != ask_pin("once more: "):
        raise StaffFileError("the PIN was not the same both times")
    return pin
