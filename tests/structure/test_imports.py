"""Architecture, section "who may import whom": each rule holds, and each rule can tell when it does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.structure import import_rules as rules
from tests.structure.imports import Import, imports_of
from tests.structure.sources import parse, project_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Check = Callable[[Iterable[Import]], Iterable[str]]

pytestmark = pytest.mark.xdist_group("structure")  # all of them read the same trees


@cache
def all_imports() -> tuple[Import, ...]:
    sources = project_sources()
    modules = {source.module for source in sources}
    return tuple(each for source in sources for each in imports_of(source, modules))


def imports_in(path: str, text: str) -> tuple[Import, ...]:
    return imports_of(parse(path, text), {source.module for source in project_sources()})


@pytest.mark.parametrize(
    "check",
    [
        rules.check_folders,
        rules.check_layers,
        rules.check_purity,
        rules.check_libraries,
        rules.check_functions,
    ],
)
def test_the_house_keeps_its_import_rules(check: Check) -> None:
    assert list(check(all_imports())) == []


def test_no_module_imports_itself_by_a_detour() -> None:
    assert rules.find_cycle(all_imports()) == ()


def test_nothing_is_imported_by_name() -> None:
    assert [found for source in project_sources() for found in rules.check_hidden(source)] == []


def test_importing_a_file_has_no_side_effect() -> None:
    assert [found for source in project_sources() for found in rules.check_side_effects(source)] == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (rules.check_folders, "devices/page/driver.py", "import kiosk.flow.events"),
        (rules.check_folders, "devices/page/driver.py", "from backend_client import contract"),
        (rules.check_folders, "printer_templates/paper.py", "import devices.contract"),
        (rules.check_folders, "backend_client/client.py", "from printer_templates.contract import Papers"),
        (rules.check_folders, "backend/web/routes.py", "from devices.contract import Identity"),
        (rules.check_folders, "backend/db/tables.py", "from kiosk.domain.codes import StoreCode"),
        (rules.check_folders, "backend/web/routes.py", "from backend_client.contract.keys import name_key"),
        (rules.check_folders, "backend/web/routes.py", "from backend_client.contract import keys"),
        (rules.check_folders, "kiosk/work/reader.py", "from devices.idcard import driver"),
        (rules.check_folders, "kiosk/core/engine.py", "from kiosk.wiring.team import hire"),
        (rules.check_folders, "kiosk/wiring/team.py", "import backend.wiring"),
        (rules.check_folders, "kiosk/__main__.py", "import tools.desk"),
        (rules.check_layers, "kiosk/flow/step.py", "from kiosk.store import journal"),
        (rules.check_layers, "kiosk/domain/eligibility.py", "import kiosk.flow.events"),
        (rules.check_layers, "kiosk/screen/painter.py", "from kiosk.flow.events import Tapped"),
        (rules.check_layers, "kiosk/scene/wire.py", "def read():\n    from ..core import engine"),
        (rules.check_purity, "kiosk/domain/eligibility.py", "import time"),
        (rules.check_purity, "kiosk/flow/step.py", "from random import random"),
        (rules.check_purity, "kiosk/flow/step.py", "import pydantic"),
        (rules.check_libraries, "kiosk/core/engine.py", "import pygame"),
        (rules.check_libraries, "kiosk/work/outbox.py", "from sqlalchemy import select"),
        (rules.check_libraries, "devices/idcard/driver.py", "import requests"),
        (rules.check_libraries, "backend_client/client.py", "import httpx"),
        (rules.check_functions, "tools/desk/display.py", "def show():\n    import json"),
        (
            rules.check_functions,
            "kiosk/work/reader.py",
            "class A:\n    def f(self):\n        from x import y",
        ),
    ],
)
def test_a_forbidden_import_is_found(check: Check, path: str, text: str) -> None:
    assert len(list(check(imports_in(path, text)))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("kiosk/wiring/team.py", "from devices.idcard.driver import Driver\nimport backend_client.client"),
        ("kiosk/__main__.py", "from kiosk.wiring.team import hire"),
        ("kiosk/flow/step.py", "from backend_client.contract import Household\nimport dataclasses"),
        ("backend/web/routes.py", "from backend_client.contract import Household\nimport fastapi"),
        ("tests/work/test_reader.py", "from devices.idcard.driver import Driver\nimport pygame"),
        ("kiosk/screen/painter.py", "import pygame\nfrom kiosk.scene.contract import Scene"),
    ],
)
def test_a_permitted_import_is_left_alone(path: str, text: str) -> None:
    imports = imports_in(path, text)

    checks = (rules.check_folders, rules.check_layers, rules.check_purity, rules.check_libraries)
    found = [sentence for check in checks for sentence in check(imports)]

    assert found == []


def test_a_cycle_is_found_even_where_it_is_for_types_only() -> None:
    first = imports_in(
        "kiosk/flow/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import kiosk.flow.b"
    )
    second = imports_in("kiosk/flow/b.py", "import kiosk.flow.c")
    third = imports_in("kiosk/flow/c.py", "from kiosk.flow.a import X")

    cycle = rules.find_cycle((*first, *second, *third))

    assert cycle == ("kiosk.flow.a", "kiosk.flow.b", "kiosk.flow.c", "kiosk.flow.a")


@pytest.mark.parametrize(
    "text",
    [
        "import logging\nlogging.basicConfig()",
        "import os\nos.environ['A'] = 'b'",
        "for x in range(3):\n    pass",
        "with open('x') as f:\n    A = f.read()",
        "try:\n    import json\nexcept ImportError:\n    json = None",
    ],
)
def test_a_side_effect_at_import_is_found(text: str) -> None:
    assert len(list(rules.check_side_effects(parse("kiosk/core/engine.py", text)))) == 1


@pytest.mark.parametrize("text", ["importlib.import_module('pygame')", "__import__('pygame')"])
def test_an_import_by_name_is_found(text: str) -> None:
    assert len(list(rules.check_hidden(parse("kiosk/core/engine.py", text)))) == 1
