"""Who may import whom, as data and as checks that return sentences; nothing found, nothing said."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from tests.structure.imports import Import, is_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.structure.sources import Source

HOUSE = ("backend", "backend_client", "devices", "kiosk", "printer_templates", "tests", "tools")
CONTRACTS = (
    "backend_client.contract",
    # Apart, because they load cryptography, which whoever only draws pages must not wait for.
    "backend_client.contract.ledger",
    "backend_client.contract.sealed",
    "devices.contract",
    "printer_templates.contract",
)

# Top folder -> whose contract it may import. tests and tools may import everything, see check_folders.
ACQUAINTED = {
    "backend": ("backend_client", "printer_templates"),
    "backend_client": (),
    "devices": (),
    "kiosk": ("backend_client", "devices", "printer_templates"),
    "printer_templates": (),
}
# The only places that know classes of other folders, and who may import such a place.
WIRINGS = {
    "backend.wiring": "backend.__main__",
    "kiosk.wiring": "kiosk.__main__",
}

# Part of the kiosk -> which parts of the kiosk it may import beside itself.
LAYERS = {
    "kiosk.domain": (),
    "kiosk.scene": (),
    "kiosk.texts": (),
    "kiosk.flow": ("kiosk.domain", "kiosk.scene"),
    "kiosk.work": ("kiosk.domain", "kiosk.flow", "kiosk.log", "kiosk.scene"),
    "kiosk.store": ("kiosk.domain", "kiosk.log"),
    "kiosk.doctor": ("kiosk.domain",),
    "kiosk.office": ("kiosk.settings", "kiosk.staff_file"),
    "kiosk.screen": ("kiosk.log", "kiosk.scene", "kiosk.texts", "kiosk.typing", "kiosk.voice"),
    "kiosk.typing": (),
    "kiosk.voice": ("kiosk.scene", "kiosk.texts"),
    "kiosk.core": ("kiosk.domain", "kiosk.flow", "kiosk.log", "kiosk.scene", "kiosk.work"),
}
_FREE = ("tests", "tools", *WIRINGS)
_ALWAYS_THERE = {*sys.stdlib_module_names, "_typeshed"}  # the last one exists for type checkers only
PURE = ("kiosk.domain", "kiosk.flow")
# Clocks, chance and the outside world: a pure function is handed what it needs.
IMPURE = {
    *("asyncio", "ctypes", "glob", "http", "io", "logging", "mmap", "multiprocessing", "os", "pathlib"),
    *("queue", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess"),
    *("sys", "tempfile", "threading", "time", "urllib"),
}

# Where modules are named by a string, out of sight of these rules, and why.
BY_NAME = {
    "backend.__main__": "demo data bring dictionaries of 56 MB, which a platform has no use for",
    "devices.addresses": "a kiosk loads the drivers of the devices that it has; some take 15 MB",
    "kiosk.__main__": "each program is to load its own half of the house only, to be there at once",
    "kiosk.screen.program": "assistive technology is an extra, and so is its library",
    "tests.screen.assistive": "Debian's own Python runs it, with libraries that this project does not have",
    "tests.fuzz.one_target": "what is imported under the fuzzer's eyes is what it watches",
    "kiosk.store.schema": "migrations take 10 MB and 0.15 s of a start, and nearly no start has any to do",
}

# Third-party package -> where in the product it may be imported. What is not listed may be imported nowhere.
CONFINED = {
    "accesskit": ("kiosk.screen.accessibility",),
    "PIL": ("backend.demo", "devices", "kiosk.screen", "printer_templates"),
    "alembic": ("backend.db", "kiosk.store"),
    "cryptography": ("backend", "backend_client", "kiosk.store"),
    "escpos": ("devices",),
    "fastapi": ("backend.web",),
    "fontTools": ("printer_templates",),
    "jinja2": ("backend.web",),
    "prometheus_client": ("backend.web", "kiosk.work"),
    "psutil": ("devices",),
    "pydantic": ("backend", "backend_client"),
    "pydantic_core": ("backend", "backend_client"),
    "pygame": ("kiosk.screen", "kiosk.voice.mixer"),
    "pypdfium2": ("printer_templates",),
    "pypinyin": ("backend", "kiosk.typing", "kiosk.voice.pinyin"),
    "reportlab": ("printer_templates",),
    "requests": ("backend_client", "devices.page"),
    "serial": ("devices",),
    "smartcard": ("devices",),
    "sqlalchemy": ("backend.db", "kiosk.store"),
    "starlette": ("backend.web",),
    "urllib3": ("backend_client", "devices.page"),
    "uvicorn": ("backend.__main__", "backend.web"),
    "zxingcpp": ("kiosk.work.link_codes", "printer_templates"),
}

# What must happen before anything else can be imported, and why.
FIRST_THINGS = {
    "backend/db/migrations/env.py": "Alembic runs it as a script at each migration; nobody imports it",
    "kiosk/screen/__init__.py": "the library would greet on stdout, where others wait for one line only",
    "kiosk/store/migrations/env.py": "Alembic runs it as a script at each migration; nobody imports it",
    "tests/bench/rivals/gtk_page.py": "the version of GTK is chosen before it is loaded; nobody imports it",
}

_DEFINITIONS = (
    *(ast.Import, ast.ImportFrom, ast.AnnAssign),
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
)


def check_folders(imports: Iterable[Import]) -> Iterator[str]:
    """Folders meet at contracts; only a wiring knows more, and only a __main__ knows a wiring."""
    for each in imports:
        importer, target = each.importer.split(".", maxsplit=1)[0], each.target.split(".", maxsplit=1)[0]
        if target not in HOUSE or importer in {"tests", "tools"}:
            continue
        if importer == target:
            for wiring, only in WIRINGS.items():
                if is_within(each.target, (wiring,)) and not is_within(each.importer, (wiring, only)):
                    yield f"{each}: only {only} imports a wiring"
        elif target not in ACQUAINTED[importer]:
            yield f"{each}: {importer} does not know {target}"
        elif not is_within(each.importer, WIRINGS) and each.target not in CONTRACTS:
            yield f"{each}: from outside only {target}.contract is imported"


def check_layers(imports: Iterable[Import]) -> Iterator[str]:
    """Inside the kiosk imports go one way only."""
    for each in imports:
        for layer, known in LAYERS.items():
            inside = is_within(each.importer, [layer]) and is_within(each.target, ["kiosk"])
            if inside and not is_within(each.target, (layer, *known)):
                yield f"{each}: {layer} does not know it"


def check_purity(imports: Iterable[Import]) -> Iterator[str]:
    """Domain and flow know values only: no clock, no chance, no world, no library."""
    for each in imports:
        if not is_within(each.importer, PURE) or is_within(each.target, HOUSE):
            continue
        package = each.target.split(".", maxsplit=1)[0]
        if package in IMPURE or package not in sys.stdlib_module_names:
            yield f"{each}: domain and flow are pure"


def check_libraries(imports: Iterable[Import]) -> Iterator[str]:
    """A library is known in one place, so that it can be exchanged there; a wiring may name any."""
    for each in imports:
        package = each.target.split(".", maxsplit=1)[0]
        if package in HOUSE or package in _ALWAYS_THERE or is_within(each.importer, _FREE):
            continue
        if not is_within(each.importer, CONFINED.get(package, ())):
            yield f"{each}: {package} has its place in {', '.join(CONFINED.get(package, ())) or 'no folder'}"


def check_functions(imports: Iterable[Import]) -> Iterator[str]:
    """What a file needs stands at its top."""
    yield from (f"{each} inside a function" for each in imports if each.in_function)


def check_hidden(source: Source) -> Iterator[str]:
    """What a file needs stands there in plain sight."""
    if source.module in BY_NAME:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in {"__import__", "import_module"}:
                yield f"{source.path}:{node.lineno} imports by name"


def find_cycle(imports: Iterable[Import]) -> tuple[str, ...]:
    """One import cycle, its first module again at the end; empty where there is none."""
    graph: dict[str, set[str]] = {}
    for each in imports:
        if each.target != each.importer:
            graph.setdefault(each.importer, set()).add(each.target)
    done: set[str] = set()
    for start in sorted(graph):
        if cycle := _walk(graph, start, (), done):
            return cycle
    return ()


def _walk(graph: dict[str, set[str]], module: str, path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if module in path:
        return (*path[path.index(module) :], module)
    if module in done:
        return ()
    for target in sorted(graph.get(module, ())):
        if cycle := _walk(graph, target, (*path, module), done):
            return cycle
    done.add(module)
    return ()


def check_side_effects(source: Source) -> Iterator[str]:
    """Importing a file defines names; it calls, opens and changes nothing."""
    for node in source.tree.body:
        if not _only_defines(node) and source.path not in FIRST_THINGS:
            yield f"{source.path}:{node.lineno} does something when it is imported"


def _only_defines(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True  # a docstring
        case ast.Assign(targets=targets):
            return all(isinstance(target, ast.Name | ast.Tuple) for target in targets)
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case _:
            return isinstance(node, _DEFINITIONS)
