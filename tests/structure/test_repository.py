"""The repository opens with a short root and a README in each folder, and is tied to no machine."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.structure import repository_rules as rules
from tests.structure.sources import ROOT, project_files

pytestmark = pytest.mark.xdist_group("structure")  # all of them read the same trees

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = "a-package==1.0 ; sys_platform == 'linux' \\\n    --hash=sha256:" + "0" * 64 + "\n    # via b\n"


def read_text(path: str) -> str:
    """The text of a file, empty for one that is no text."""
    return (ROOT / path).read_bytes().decode(errors="ignore")


def test_the_root_is_short() -> None:
    assert list(rules.check_root(project_files())) == []


def test_each_top_folder_opens_with_a_readme() -> None:
    readmes = (path for path in project_files() if path.count("/") == 1 and path.endswith("/README.md"))

    assert list(rules.check_readmes({path: len(read_text(path).splitlines()) for path in readmes})) == []


def test_the_units_folder_is_no_package() -> None:
    assert list(rules.check_units_folder(project_files())) == []


def test_no_file_knows_this_machine_or_a_registry() -> None:
    assert [found for path in project_files() for found in rules.check_addresses(path, read_text(path))] == []


def test_the_lock_pins_and_hashes_everything() -> None:
    assert list(rules.check_lock(LOCK)) == []


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = tomllib.loads(read_text("pyproject.toml"))

    wishes = (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    asked = {re.split(r"[^\w-]", wish, maxsplit=1)[0] for wish in wishes}

    assert asked <= rules.locked_names(LOCK)


def test_a_crowded_root_is_found() -> None:
    paths = [f"folder{number}/file" for number in range(17)]

    assert list(rules.check_root(paths))
    assert not list(rules.check_root([*paths[:16], ".gitignore"]))


def test_a_short_a_long_and_a_missing_readme_are_found() -> None:
    lines_of = {f"{folder}/README.md": 30 for folder in rules.TOP_FOLDERS}
    lines_of |= {"kiosk/README.md": 19, "tests/README.md": 41}
    del lines_of["devices/README.md"]

    assert len(list(rules.check_readmes(lines_of))) == 3


def test_a_package_among_the_units_is_found() -> None:
    assert list(rules.check_units_folder(["systemd/__init__.py"]))


@pytest.mark.parametrize(
    "line",
    ["https://" + "pypi" + ".org/simple", "cd /" + "work/main", 'OUT = "/' + 'tmp/x"', "see /" + "home/me/x"],
)
def test_an_address_is_found(line: str) -> None:
    assert len(list(rules.check_addresses("a.md", f"first\n{line}\n"))) == 1


@pytest.mark.parametrize("line", ["kiosk/work/reader.py", "${ROOT}/work/x", "https://platform.example/v/1"])
def test_our_own_paths_are_no_addresses(line: str) -> None:
    assert list(rules.check_addresses("a.md", line)) == []


@pytest.mark.parametrize(
    "text",
    [
        "a-package>=1.0 \\\n    --hash=sha256:" + "0" * 64,
        "a-package==1.0\n",
        "a-package==1.0 \\\n    # via b\n" + ENTRY,
        ENTRY + "a-package==1.0 \\\n",
        "--index-url somewhere\n" + ENTRY,
        "# from https://somewhere/simple\n" + ENTRY,
    ],
)
def test_a_loose_lock_is_found(text: str) -> None:
    assert list(rules.check_lock(text))


def test_a_tight_lock_is_left_alone() -> None:
    assert list(rules.check_lock(ENTRY * 2)) == []


def test_what_is_marked_as_a_group_runs_on_one_worker(request: pytest.FixtureRequest) -> None:
    """The runner stopped doing so once, without a word; each worker then starts appliances of its own."""
    is_one_of_many = hasattr(request.config, "workerinput")

    assert request.node.nodeid.endswith("@structure") == is_one_of_many
