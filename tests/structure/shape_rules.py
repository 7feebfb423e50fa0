"""The shape of files and functions: sizes, names and catch-alls."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.structure.sources import Source

MAX_FILE_LINES = 250
MAX_TEST_FILE_LINES = 300  # tests say again what they arrange, on purpose
MAX_FUNCTION_LINES = 50

# Longer on purpose, and why.
LONG_FILES = {
    "backend/__main__.py": "every command of the platform is seen at one place",
    "kiosk/flow/events.py": "the closed union of all events stands in one place",
    "kiosk/flow/states.py": "the closed union of all pages stands in one place",
}

# Such a name says nothing about the subject, so that the file collects subjects.
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}

# Where a bug is caught on purpose, and why: tops of threads and processes only.
CATCH_ALLS = {
    "backend_client/line.py": "the top of a thread: the bug is raised where the answer is awaited",
    "kiosk/core/process.py": "the top of the process: the bug is logged and ends it",
    "kiosk/work/crew.py": "the top of a worker's thread: the bug is logged and ends the process",
}


def check_length(source: Source) -> Iterator[str]:
    """A file that outgrows the limit has two subjects."""
    lines = source.text.count("\n")
    limit = MAX_TEST_FILE_LINES if source.path.startswith("tests/") else MAX_FILE_LINES
    if lines > limit and source.path not in LONG_FILES:
        yield f"{source.path} has {lines} lines"


def check_functions(source: Source) -> Iterator[str]:
    """A function is read at one glance."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{source.path}:{node.lineno} {node.name} has {lines} lines"


def check_catch_alls(source: Source) -> Iterator[str]:
    """Nobody catches what nobody expected, but where it is listed above."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _catches_all(node.type) and source.path not in CATCH_ALLS:
            yield f"{source.path}:{node.lineno} catches everything"


def _catches_all(caught: ast.expr | None) -> bool:
    match caught:
        case None:
            return True
        case ast.Name(id=name):
            return name in {"Exception", "BaseException"}
        case ast.Tuple(elts=elements):
            return any(_catches_all(element) for element in elements)
        case _:
            return False


def check_name(path: str) -> Iterator[str]:
    """Every part of a path names a subject."""
    for part in PurePosixPath(path).parts:
        if part.split(".", maxsplit=1)[0].lower() in EMPTY_NAMES:
            yield f"{path}: {part} names no subject"
