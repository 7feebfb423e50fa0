"""`python -m kiosk outbox list|retry|export`: what is owed to the platform, and the second road there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.office.arguments import add_file, add_order, add_settings, new_parser
from kiosk.office.asking import ask, ask_for_file, run

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path


def main(arguments: list[str]) -> int:
    """Do one thing with the outbox; the exit status."""
    parser = new_parser("outbox", "What the running kiosk owes to the platform.")
    orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
    listing = add_order(orders, "list", "what the platform did not take, and how much waits")
    retry = add_order(orders, "retry", "send again, now, what the platform did not take")
    export = add_order(orders, "export", "write all that is owed into a file for `python -m backend import`")
    add_file(export, "only the platform can read it; the records stay owed until the platform has them")
    for order, work in ((listing, _list), (retry, _retry), (export, _export)):
        add_settings(order)
        order.set_defaults(work=work)
    options = parser.parse_args(arguments)
    options.program = "outbox"
    return run(options, lambda office: str(options.work(office, options)))


def _list(office: Path, _options: Namespace) -> str:
    answer = ask(office, "outbox.list")
    rows = [f"{row['reason']}\t{row['type']}\t{row['number']}\t{row['since']}" for row in answer.rows]
    return "\n".join([*rows, _counts(answer.done)])


def _retry(office: Path, _options: Namespace) -> str:
    done = ask(office, "outbox.retry").done
    return f"{done['parked']} records are sent again; {done['waiting']} were waiting"


def _export(office: Path, options: Namespace) -> str:
    answer = ask_for_file(office, "outbox.export", options.file)
    return f"{answer.done['items']} records in {options.file}"


def _counts(done: dict[str, Any]) -> str:
    age = f", the oldest for {done['oldest_s'] // 60} min" if done["waiting"] else ""
    return f"{done['parked']} not taken by the platform, {done['waiting']} waiting{age}"
