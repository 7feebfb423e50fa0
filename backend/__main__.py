"""The platform's commands; `python -m backend --help` lists them."""

from __future__ import annotations

import argparse
import base64
import importlib
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.ahead import derive_all
from backend.db.alarms import list_alarms
from backend.db.health import list_changes, list_states
from backend.db.kiosks import EnrolmentError, enrol, find_sender, knows_community, revoke
from backend.db.ratings import answer, describe_rating, unanswered
from backend.db.register_changes import UnknownHouseholdError, change_household
from backend.db.schema import NewerSchemaError
from backend.demo.cards import write_cards
from backend.demo.places import ALL_HOUSEHOLDS, COUNTY, STREET
from backend.demo.story_register import story_cases
from backend.health_lines import MOST_CHANGES, describe_change, describe_fleet, describe_state
from backend.keys import KeyFileError, open_keys, write_private
from backend.local_time import CHINA, local_date, now
from backend.second_road import import_file
from backend.web.app import create_app
from backend.web.server import serve
from backend.wiring import build_app, open_database
from backend_client.contract.ledger import PLATFORM_KEY_NAME, cosigner_key, kiosk_key_name, verifier_key
from backend_client.contract.sealed import CarrierError, Hardness

if TYPE_CHECKING:
    from collections.abc import Sequence

_OK, _FAILED = 0, 1
_COST: dict[str, Any] = {"type": int, "choices": range(10, 21), "metavar": "N"}
_EXPECTED = (CarrierError, EnrolmentError, KeyFileError, NewerSchemaError, OSError, UnknownHouseholdError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except _EXPECTED as error:
        _tell(f"{options.command}: {error}")
        return _FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend", description="The community kiosk platform.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo_data(commands)
    _add_kiosk_commands(commands)
    _add_import(commands)
    _add_office_commands(commands)
    command = _add(commands, "serve", "serve the platform until SIGTERM")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument("--port", type=int, default=8443, help="0 = any free port (default: %(default)s)")
    cost = "a guess at a sealed record costs 2 ** N, 10 to 20; less only on a desk (default: %(default)s)"
    command.add_argument("--card-cost", default=14, help=cost, **_COST)
    command.set_defaults(run=_serve)
    command = commands.add_parser("openapi", help="print the OpenAPI document")
    command.set_defaults(run=_openapi)
    return parser


def _add_demo_data(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(
        commands, "demo-data", "replace the register by invented households; kiosks and records stay"
    )
    command.add_argument(
        "--households", type=int, default=ALL_HOUSEHOLDS, metavar="N", help="how many (default: %(default)s)"
    )
    command.add_argument(
        "--cards", type=Path, metavar="DIR", help="also write the story persons' ID cards here"
    )
    command.add_argument(
        "--today", type=date.fromisoformat, metavar="DATE", help="the day that ages and leases count from"
    )
    command.add_argument(
        "--card-cost", **_COST, help="also derive now, on all processors, what `serve --card-cost N` needs"
    )
    command.set_defaults(run=_demo_data)


def _add_kiosk_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, "enrol", "give a kiosk its credential; an older one is void at once")
    command.add_argument("kiosk", metavar="KIOSK_ID", help="such as CG-KSK-03")
    command.add_argument("--community", required=True, metavar="CODE", help="12 digits, such as 610525001003")
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="gets credential, signing.key and the other key files",
    )
    command.set_defaults(run=_enrol)
    command = _add(commands, "revoke", "accept a kiosk no longer")
    command.add_argument("kiosk", metavar="KIOSK_ID")
    command.set_defaults(run=_revoke)


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, "import", "take the records of a file that a kiosk wrote for lack of a line")
    command.add_argument(
        "file", type=Path, metavar="FILE", help="may be imported again: nothing counts twice"
    )
    command.set_defaults(run=_import)


def _add_office_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, "alarms", "list what somebody must look at, the newest first")
    command.set_defaults(run=_alarms)
    command = _add(
        commands, "ratings", "list the bad ratings that nobody has answered, the most urgent first"
    )
    command.add_argument("--answered", metavar="NUMBER", help="note that somebody has looked into this one")
    command.set_defaults(run=_ratings)
    command = _add(commands, "health", "list how each kiosk is, or the newest changes of one")
    command.add_argument("kiosk", nargs="?", metavar="KIOSK_ID")
    command.set_defaults(run=_health)
    command = _add(commands, "keys", "print the public keys by which a kiosk's ledger is verified")
    command.add_argument("kiosk", metavar="KIOSK_ID")
    command.set_defaults(run=_keys)
    command = _add(commands, "check-household", "note that the grid officer checked a household")
    command.add_argument("household", metavar="HOUSEHOLD_ID")
    command.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="default: today")
    command.set_defaults(run=_check_household)


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.add_argument(
        "--state", type=Path, required=True, metavar="DIR", help="where keys and database live"
    )
    command.add_argument(
        "--database", default="", metavar="URL", help="SQLAlchemy address (default: an SQLite file in DIR)"
    )
    return command


def _demo_data(options: argparse.Namespace) -> int:
    # By name: its dictionaries take 56 MB, and no other command has any use for them.
    demo = importlib.import_module("backend.demo.demo_data")
    today = options.today or local_date(now())
    fewest = demo.fewest_households(today)
    if options.households < fewest:
        _tell(f"demo-data: the story cases alone are {fewest} households")
        return _FAILED
    database = open_database(options.state, options.database)
    keys = open_keys(options.state)
    plan = demo.DemoPlan(options.households, today, keys.lookup_key)
    total = demo.load_demo_data(database, plan, lambda done: _tell(f"demo-data: {done} households"))
    if options.card_cost:
        hardness = Hardness(keys.register_salt, options.card_cost)
        derive_all(database, (COUNTY, STREET), hardness, lambda done: _tell(f"demo-data: {done} derivations"))
    database.close()
    _say(
        f"{options.households} invented households of the street, {total - options.households} of another one"
    )
    if options.cards:
        cards = tuple(case.card for case in story_cases(today))
        write_cards(options.cards, cards)
        _say(f"{len(cards)} cards in {options.cards}")
    return _OK


def _enrol(options: argparse.Namespace) -> int:
    keys = open_keys(options.state)
    database = open_database(options.state, options.database)
    given = database.write(lambda connection: enrol(connection, options.kiosk, options.community, now()))
    if not database.read(lambda connection: knows_community(connection, options.community)):
        _tell(f"enrol: the register has no community {options.community} yet")
    database.close()
    options.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    contents = {
        "credential": f"{options.kiosk}.{given.secret}",
        "lookup.key": keys.lookup_key.hex(),
        "receipt.pub": base64.b64encode(keys.receipt_public_key).decode(),
        "register.key": given.register_key.hex(),
        "signing.key": given.signing_seed.hex(),
        "carrier.pub": base64.b64encode(keys.carrier_public_key).decode(),
    }
    for name, content in contents.items():
        write_private(options.out / name, content + "\n")
    _say(f"{options.kiosk} is enrolled; its keys are in {options.out}")
    return _OK


def _revoke(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    is_known = database.write(lambda connection: revoke(connection, options.kiosk, now()))
    database.close()
    _say(f"{options.kiosk} is revoked" if is_known else f"there is no kiosk {options.kiosk}")
    return _OK if is_known else _FAILED


def _import(options: argparse.Namespace) -> int:
    content = options.file.read_bytes()
    database = open_database(options.state, options.database)
    with closing(database):
        report = import_file(database, content, open_keys(options.state).carrier_key, now())
    _say(report.summary())
    for receipt in report.left_over:
        _say(f"{receipt.id} {receipt.verdict} {receipt.reason}")
    return _FAILED if report.left_over else _OK


def _alarms(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    for alarm in database.read(list_alarms):
        when = alarm.last_at.astimezone(CHINA)
        _say(f"{when:%Y-%m-%d %H:%M} {alarm.kiosk} {alarm.kind} x{alarm.times}: {alarm.detail}")
    database.close()
    return _OK


def _ratings(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    today = local_date(now())
    with closing(database):
        if options.answered:
            done = database.write(lambda connection: answer(connection, options.answered, today))
            _say(f"{options.answered} is {'answered' if done else 'not among the open ones'}")
            return _OK if done else _FAILED
        for row in database.read(unanswered):
            _say(describe_rating(row, today))
    return _OK


def _health(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    with closing(database):
        if options.kiosk:
            changes = database.read(lambda connection: list_changes(connection, options.kiosk, MOST_CHANGES))
            lines = [describe_change(change) for change in changes]
        else:
            moment = now()
            states = database.read(lambda connection: list_states(connection, moment))
            lines = [describe_state(state, moment) for state in states] + describe_fleet(states)
    for line in lines:
        _say(line)
    return _OK


def _keys(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    sender = database.read(lambda connection: find_sender(connection, options.kiosk))
    database.close()
    if sender is None:
        _say(f"there is no kiosk {options.kiosk}")
        return _FAILED
    _say(verifier_key(kiosk_key_name(sender.kiosk.id), sender.public_key))
    _say(cosigner_key(PLATFORM_KEY_NAME, open_keys(options.state).receipt_public_key))
    return _OK


def _check_household(options: argparse.Namespace) -> int:
    database = open_database(options.state, options.database)
    checked = {"verified_on": options.on or local_date(now())}
    database.write(lambda connection: change_household(connection, options.household, checked))
    database.close()
    _say(f"{options.household} was checked on {checked['verified_on']}")
    return _OK


def _serve(options: argparse.Namespace) -> int:
    serve(build_app(options.state, options.database, options.card_cost), options.host, options.port)
    return _OK


def _openapi(_options: argparse.Namespace) -> int:
    _say(json.dumps(create_app(None).openapi(), ensure_ascii=False, indent=2, sort_keys=True))
    return _OK


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
