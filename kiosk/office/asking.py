"""Asking the running core: one line of JSON there, lines of JSON back, over its office socket."""

from __future__ import annotations

import base64
import json
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.office.exits import EXIT_RIGHT, EXIT_WRONG
from kiosk.office.whole_file import whole_file
from kiosk.settings import EXIT_WRONG_SETTINGS, SettingsError, load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from pathlib import Path

_PATIENCE_S = 60.0  # a busy store, or the first page of a long ledger
_LONGEST_LINE = 1 << 20


class AskError(Exception):
    """There is no answer; one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All rows that came, and the last word."""

    rows: tuple[dict[str, Any], ...]
    done: dict[str, Any]


def run(options: argparse.Namespace, work: Callable[[Path], str]) -> int:
    """Do what was ordered with the socket of these settings, and say what came of it; the exit status."""
    try:
        sys.stdout.write(work(load_settings(options.settings).office_path) + "\n")
    except SettingsError as error:
        for mistake in error.mistakes:
            sys.stderr.write(f"{error.code} {options.settings}: {mistake}\n")
        return EXIT_WRONG_SETTINGS
    except AskError as error:
        sys.stderr.write(f"{options.program}: {error}\n")
        return EXIT_WRONG
    return EXIT_RIGHT


def ask(path: Path, name: str, **fields: str | int | bool | None) -> Answer:
    """Ask the core whose office is at `path`. Raises AskError."""
    return _ask(path, {"ask": name, **fields}, _no_part)


def ask_for_file(path: Path, name: str, target: Path) -> Answer:
    """Write what the core sends into a file, whole or not at all. Raises AskError."""
    try:
        with whole_file(target) as file:
            return _ask(path, {"ask": name}, file.write)
    except OSError as error:
        raise AskError(f"{target} cannot be written ({error.strerror})") from error


def _ask(path: Path, request: Mapping[str, Any], take_part: Callable[[bytes], object]) -> Answer:
    with _connect(path) as connection:
        rows: list[dict[str, Any]] = []
        try:
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile("rb") as lines:
                while line := lines.readline(_LONGEST_LINE):
                    match json.loads(line):
                        case {"row": dict(row)}:
                            rows.append(row)
                        case {"part": str(part)}:
                            take_part(base64.b64decode(part, validate=True))
                        case {"done": dict(done)}:
                            return Answer(tuple(rows), done)
                        case {"error": str(sentence)}:
                            raise AskError(sentence)
                        case _:
                            raise AskError("the core is of another version")
        except (TimeoutError, ConnectionError, ValueError) as error:
            raise AskError("the core broke off in the middle of its answer") from error
    raise AskError("the core broke off in the middle of its answer")


def _connect(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE_S)
    try:
        connection.connect(str(path))
    except PermissionError as error:
        connection.close()
        raise AskError("only the user that the core runs as, or root, may ask it") from error
    except OSError as error:
        connection.close()
        raise AskError(f"no core is running here: nobody listens at {path}") from error
    return connection


def _no_part(_part: bytes) -> None:
    raise ValueError("nobody asked for a file")
