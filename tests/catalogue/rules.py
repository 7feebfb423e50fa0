"""What must hold of the stable codes, as checks that return sentences; nothing found, nothing said."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiosk.domain.faults import Fault
    from tests.structure.sources import Source

CODE = re.compile(r"[A-Z]{3}-\d\d")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRODUCT = ("backend/", "backend_client/", "devices/", "kiosk/", "printer_templates/")
# A simulator gives no code; the table names every code, so it proves nothing.
NO_SOURCE_OF_CODES = ("devices/simulators/", "devices/contract/fault", "kiosk/domain/faults/")
LONGEST = {"zh": 48, "en": 120}  # characters: cause and remedy are read on a screen


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an enum of stable codes."""

    family: str  # the class
    name: str
    code: str


def is_product(source: Source) -> bool:
    """True for what runs on a kiosk or on the platform."""
    return source.path.startswith(PRODUCT) and not source.path.startswith(NO_SOURCE_OF_CODES)


def find_members(sources: Iterable[Source]) -> tuple[Member, ...]:
    """Every member of every StrEnum whose value looks like a stable code."""
    return tuple(
        Member(cls.name, name.id, value)
        for source in sources
        for cls in ast.walk(source.tree)
        if isinstance(cls, ast.ClassDef) and any(ast.unparse(base) == "StrEnum" for base in cls.bases)
        for assignment in cls.body
        if isinstance(assignment, ast.Assign)
        for name in assignment.targets
        if isinstance(name, ast.Name)
        for value in _strings(assignment.value)
        if CODE.fullmatch(value)
    )


def check_members(members: Iterable[Member]) -> Iterator[str]:
    """A code belongs to one member, and a family of codes to one class."""
    members = tuple(members)
    for code, times in Counter(member.code for member in members).items():
        if times > 1:
            yield f"{code} belongs to {times} members"
    for prefix in {member.code[:3] for member in members}:
        classes = {member.family for member in members if member.code[:3] == prefix}
        if len(classes) > 1:
            yield f"{prefix} is shared by {', '.join(sorted(classes))}"


def check_raised(members: Iterable[Member], sources: Iterable[Source]) -> Iterator[str]:
    """Every code is given by somebody: named where it is not only compared with or put into words.

    The screen knows no domain: there a constant of the member's own name stands for it.
    """
    product = [source for source in sources if is_product(source)]
    given = {pair for source in product for pair in _given_in(source.tree)}
    constants = {pair for source in product for pair in _constants_of(source.tree)}
    for member in members:
        if (member.family, member.name) not in given and (member.name, member.code) not in constants:
            yield f"{member.code}: nothing gives {member.family}.{member.name}"


def check_table(members: Iterable[Member], table: Iterable[Fault]) -> Iterator[str]:
    """Each code has one row, and each row a code."""
    rows = Counter(row.code for row in table)
    codes = {member.code for member in members}
    yield from (f"{code} is not in the table" for code in sorted(codes - set(rows)))
    yield from (f"{code} is in the table alone" for code in sorted(set(rows) - codes))
    yield from (f"{code} has {times} rows" for code, times in rows.items() if times > 1)


def check_row(row: Fault) -> Iterator[str]:
    """Cause and remedy are short whole sentences, each in its own language, and not the same."""
    for name, words in (("cause", row.cause), ("remedy", row.remedy)):
        if not CHINESE.search(words.zh) or not words.zh.endswith("。"):
            yield f"{row.code}: its {name} is no Chinese sentence"
        if CHINESE.search(words.en) or not re.fullmatch(r"[A-Za-z].*\.", words.en):
            yield f"{row.code}: its {name} is no English sentence"
        for language, text in (("zh", words.zh), ("en", words.en)):
            if len(text) > LONGEST[language]:
                yield f"{row.code}: its {name} is too long ({language})"
    if row.cause == row.remedy:
        yield f"{row.code}: cause and remedy are the same"


def check_sentences(
    table: Iterable[Fault], zh: Mapping[str, str], en: Mapping[str, str], unsaid: frozenset[str]
) -> Iterator[str]:
    """Residents read a whole sentence with its code at the end, in both languages; none is left over."""
    said = {row.code for row in table if row.code[:3] not in unsaid}
    for code in sorted(said):
        told, english = zh.get(f"code.{code}.say", ""), en.get(f"code.{code}.say", "")
        if not CHINESE.search(told) or not told.endswith(f"。（{code}）"):
            yield f"{code}: residents read no Chinese sentence that ends with the code"
        if CHINESE.search(english) or not english.endswith(f". ({code})"):
            yield f"{code}: residents read no English sentence that ends with the code"
    for key in sorted({*zh, *en}):
        if key.startswith("code.") and key.split(".")[1] not in said:
            yield f"{key} is the text of no code"


def _given_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Class and member of each code that is named to be given: not compared with, not in a set or wording."""
    match tree:
        case ast.Compare() | ast.MatchValue() | ast.Set():
            return
        case ast.Attribute(value=ast.Name(id=family), attr=name):
            yield family, name
        case ast.Attribute(value=ast.Attribute(attr=family), attr=name):
            yield family, name
        case _:
            pass
    is_wording = isinstance(tree, ast.Dict) and all(list(_strings(value)) for value in tree.values)
    for child in () if is_wording else ast.iter_child_nodes(tree):
        yield from _given_in(child)


def _constants_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name and code of each constant of a module that the module uses."""
    used = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for assignment in tree.body:
        match assignment:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in used:
                yield from ((name, code) for code in _strings(value))
            case _:
                pass


def _strings(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
