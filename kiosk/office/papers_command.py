"""`python -m kiosk papers list|settle`: papers of which only a person can say whether they came out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kiosk.office.arguments import add_order, add_settings, new_parser
from kiosk.office.asking import ask, run

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str]) -> int:
    """Do one thing with the papers in doubt; the exit status."""
    parser = new_parser("papers", "Papers of which the running kiosk does not know whether they came out.")
    orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
    listing = add_order(orders, "list", "the papers that wait for a person's word")
    settle = add_order(orders, "settle", "say of one of them whether a complete sheet came out")
    settle.add_argument("number", metavar="NUMBER")
    settle.add_argument("--came-out", choices=("yes", "no"), required=True)
    settle.add_argument("--by", required=True, metavar="STAFF", help="whose word it is: the badge")
    settle.add_argument("--attempt", type=_count, metavar="N", help="default: the one that is in doubt")
    for order, work in ((listing, _list), (settle, _settle)):
        add_settings(order)
        order.set_defaults(work=work)
    options = parser.parse_args(arguments)
    options.program = "papers"
    return run(options, lambda office: str(options.work(office, options)))


def _list(office: Path, _options: argparse.Namespace) -> str:
    answer = ask(office, "papers.uncertain")
    rows = [
        f"{row['number']}\tattempt {row['attempt']}\t{row['code']}\tjob {row['job']}\t{row['since']}"
        for row in answer.rows
    ]
    return "\n".join([*rows, f"{answer.done['papers']} wait for a word"])


def _settle(office: Path, options: argparse.Namespace) -> str:
    came_out = options.came_out == "yes"
    done = ask(
        office,
        "papers.settle",
        number=options.number,
        attempt=options.attempt,
        came_out=came_out,
        staff=options.by,
    ).done
    verdict = "came out" if done["came_out"] else "did not come out"
    return f"{done['number']}, attempt {done['attempt']}, {verdict}"


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("attempts are counted from 1")
    return value
