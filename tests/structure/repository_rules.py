"""What lies in the repository: entries, READMEs, foreign addresses, the lock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ROOT_ENTRIES = 16
README_LINES = range(20, 41)
TOP_FOLDERS = (
    "backend",
    "backend_client",
    "devices",
    "kiosk",
    "printer_templates",
    "systemd",
    "tests",
    "tools",
)

# Written in parts, so that this file may be checked too.
_REGISTRIES = "|".join(
    r"\.".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("tuna", "tsinghua", "edu"),
        ("mirrors", "aliyun", "com"),
    )
)
_REGISTRY = re.compile(_REGISTRIES)
# Not after a letter, dot or brace: kiosk/work/ and {root}/work/ are our own.
_MACHINE_PATH = re.compile(r"(?<![\w.}\-])/(?:work|root|home|tmp)/\w")

_PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==\S+( ; .+)? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
_REMARK = re.compile(r"^\s*#")


def check_root(paths: Iterable[str]) -> Iterator[str]:
    """The root is read at one glance."""
    entries = {path.split("/", maxsplit=1)[0] for path in paths}
    visible = sorted(entry for entry in entries if not entry.startswith("."))
    if len(visible) > MAX_ROOT_ENTRIES:
        yield f"{len(visible)} entries at the root: {', '.join(visible)}"


def check_readmes(lines_of: dict[str, int]) -> Iterator[str]:
    """Every top folder opens with a README that is long enough to help and short enough to be read."""
    for folder in TOP_FOLDERS:
        lines = lines_of.get(f"{folder}/README.md")
        if lines not in README_LINES:
            yield f"{folder}/README.md has {lines or 'no'} lines"


def check_units_folder(paths: Iterable[str]) -> Iterator[str]:
    """systemd/ must not become a Python package: it would hide the library of that name."""
    yield from (path for path in paths if path.startswith("systemd/") and path.endswith("__init__.py"))


def check_addresses(path: str, text: str) -> Iterator[str]:
    """No file knows where packages come from here, or how this machine's folders are called."""
    for number, line in enumerate(text.splitlines(), start=1):
        if _REGISTRY.search(line) or _MACHINE_PATH.search(line):
            yield f"{path}:{number} holds an address of one machine or registry"


def check_lock(text: str) -> Iterator[str]:
    """Every entry is pinned and hashed; the lock says nothing about where to get it."""
    hashed = True
    for number, line in enumerate(text.splitlines(), start=1):
        if _HASH.match(line):
            hashed = True
        elif _PIN.match(line):
            if not hashed:
                yield f"line {number}: the entry before it has no hash"
            hashed = False
        elif not _REMARK.match(line) or "://" in line:
            yield f"line {number}: {line.strip()}"
    if not hashed:
        yield "the last entry has no hash"


def locked_names(text: str) -> set[str]:
    """The packages of a lock."""
    pins = (line for line in text.splitlines() if _PIN.match(line))
    return {re.split(r"\[|==", line, maxsplit=1)[0] for line in pins}
