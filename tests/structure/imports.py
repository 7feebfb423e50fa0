"""Which module imports which: read from the trees, nothing is executed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tests.structure.sources import Source


@dataclass(frozen=True, slots=True)
class Import:
    """One import: who, whom (dotted), on which line, and whether inside a function."""

    importer: str
    target: str
    line: int
    in_function: bool

    def __str__(self) -> str:
        """As it stands in a report."""
        return f"{self.importer}:{self.line} imports {self.target}"


def imports_of(source: Source, modules: Collection[str]) -> tuple[Import, ...]:
    """All imports of a file, those for type checking too; `modules` are the modules of the house."""
    return tuple(
        Import(source.module, target, node.lineno, in_function)
        for node, in_function in _import_nodes(source.tree)
        for target in _targets(node, source, modules)
    )


def is_within(module: str, places: Iterable[str]) -> bool:
    """Whether the module is one of the places or lies inside one."""
    return any(module == place or module.startswith(place + ".") for place in places)


def _import_nodes(
    node: ast.AST, *, in_function: bool = False
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, in_function
        inside = in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _import_nodes(child, in_function=inside)


def _targets(node: ast.Import | ast.ImportFrom, source: Source, modules: Collection[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    origin = _origin(node, source)
    for alias in node.names:
        submodule = f"{origin}.{alias.name}"
        yield submodule if submodule in modules else origin


def _origin(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    package = parts if source.is_package else parts[:-1]
    kept = package[: len(package) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)
