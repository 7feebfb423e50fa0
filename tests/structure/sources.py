"""The project's own files: what git tracks, and what it would track if it were added now."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its dotted name (a package without ".__init__"), path from the root, and tree."""

    module: str
    path: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)
    is_package: bool = False


def parse(path: str, text: str) -> Source:
    """The source of a file at `path`, a path from the root with forward slashes."""
    parts = path.removesuffix(".py").split("/")
    is_package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if is_package else parts)
    return Source(module, path, text, ast.parse(text), is_package)


@cache
def project_files() -> tuple[str, ...]:
    """All files of the project as paths from the root."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file()))


@cache
def project_sources() -> tuple[Source, ...]:
    """All Python files of the project, parsed."""
    paths = (path for path in project_files() if path.endswith(".py"))
    return tuple(parse(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths)
