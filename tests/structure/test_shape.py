"""Files and functions stay small enough to be read, and their names say what they are about."""

from __future__ import annotations

import pytest

from tests.structure import shape_rules as rules
from tests.structure.sources import parse, project_files, project_sources

pytestmark = pytest.mark.xdist_group("structure")  # all of them read the same trees


def test_files_have_one_subject() -> None:
    assert [found for source in project_sources() for found in rules.check_length(source)] == []


def test_functions_are_read_at_one_glance() -> None:
    assert [found for source in project_sources() for found in rules.check_functions(source)] == []


def test_nobody_catches_everything() -> None:
    assert [found for source in project_sources() for found in rules.check_catch_alls(source)] == []


def test_names_say_something() -> None:
    assert [found for path in project_files() for found in rules.check_name(path)] == []


def test_every_exception_is_still_needed() -> None:
    """A permission that nobody uses any more is taken back."""
    sources = {source.path: source for source in project_sources()}

    long = {path for path, source in sources.items() if source.text.count("\n") > rules.MAX_FILE_LINES}
    listed = rules.CATCH_ALLS.keys() & sources.keys()
    bare = {path: parse("unlisted.py", sources[path].text) for path in listed}
    catching = {path for path, source in bare.items() if list(rules.check_catch_alls(source))}

    assert rules.LONG_FILES.keys() <= long
    assert rules.CATCH_ALLS.keys() <= catching


def test_a_long_file_is_found() -> None:
    assert list(rules.check_length(parse("kiosk/core/a.py", "A = 1\n" * 251)))
    assert not list(rules.check_length(parse("kiosk/core/a.py", "A = 1\n" * 250)))


def test_a_long_function_is_found() -> None:
    assert list(rules.check_functions(parse("a.py", "class A:\n def f(self):\n" + "  x = 1\n" * 50)))
    assert not list(rules.check_functions(parse("a.py", "def f():\n" + "  x = 1\n" * 49)))


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException as e", " (OSError, Exception)"])
def test_a_catch_all_is_found(caught: str) -> None:
    text = f"try:\n    f()\nexcept{caught}:\n    pass\n"

    assert len(list(rules.check_catch_alls(parse("kiosk/core/engine.py", text)))) == 1


@pytest.mark.parametrize("path", ["kiosk/utils.py", "devices/common/frames.py", "tests/helpers/__init__.py"])
def test_an_empty_name_is_found(path: str) -> None:
    assert len(list(rules.check_name(path))) == 1


def test_a_subject_is_no_empty_name() -> None:
    assert list(rules.check_name("devices/idcard/baud.py")) == []
