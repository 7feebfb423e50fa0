from __future__ import annotations

import argparse
from pathlib import Path


def new_parser(program: str, promise: str) -> argparse.ArgumentParser:
    """The parser of one of the office's programs."""
    return argparse.ArgumentParser(prog=f"python -m kiosk {program}", description=promise)


def add_order(
    orders: argparse._SubParsersAction[argparse.ArgumentParser], name: str, promise: str
) -> argparse.ArgumentParser:
    """One thing that a program can be told to do."""
    return orders.add_parser(name, help=promise, description=promise)


def add_settings(order: argparse.ArgumentParser) -> None:
    """Which kiosk's core is asked."""
    order.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the kiosk's settings")


def add_file(order: argparse.ArgumentParser, promise: str) -> None:
    """The file that is written."""
    order.add_argument("file", type=Path, metavar="FILE", help=promise)
