"""Every stable code is given somewhere, stands in the table once, and is told to whom it concerns."""

from __future__ import annotations

from itertools import groupby

import pytest

from kiosk.domain.faults import (
    FAULTS,
    UNSAID_FAMILIES,
    Rank,
    Severity,
    fault_of,
    is_code,
    sort_causes_first,
)
from kiosk.scene.contract import Language
from tests.catalogue import rules
from tests.flow.catalogues import read_texts
from tests.structure.sources import ROOT, Source, parse, project_files
from tools.faults_manual import FAMILIES, MANUAL, manual


@pytest.fixture(scope="module")
def product() -> tuple[Source, ...]:
    paths = (path for path in project_files() if path.endswith(".py") and path.startswith(rules.PRODUCT))
    return tuple(parse(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths)


@pytest.fixture(scope="module")
def members(product: tuple[Source, ...]) -> tuple[rules.Member, ...]:
    return rules.find_members(source for source in product if rules.is_product(source))


def test_the_codes_are_found(members: tuple[rules.Member, ...]) -> None:
    """Else every other rule would be kept by nothing at all."""
    families = {member.family for member in members}

    assert {"DeviceCode", "PlatformCode", "StoreCode", "PaperCode", "FlowCode"} < families
    assert {"ScreenCode", "EligibilityCode", "OfflineCode", "HealthCode", "ProblemCode"} < families
    assert len(members) >= 134


def test_a_code_means_one_thing(members: tuple[rules.Member, ...]) -> None:
    assert list(rules.check_members(members)) == []


def test_every_code_is_given_somewhere(
    members: tuple[rules.Member, ...], product: tuple[Source, ...]
) -> None:
    assert list(rules.check_raised(members, product)) == []


def test_every_code_has_one_row_and_every_row_a_code(members: tuple[rules.Member, ...]) -> None:
    assert list(rules.check_table(members, FAULTS)) == []


def test_every_row_says_cause_and_remedy_in_both_languages() -> None:
    assert [said for row in FAULTS for said in rules.check_row(row)] == []


def test_every_code_has_its_sentence_for_residents() -> None:
    zh, en = read_texts(Language.ZH), read_texts(Language.EN)

    assert list(rules.check_sentences(FAULTS, zh, en, UNSAID_FAMILIES)) == []


def test_the_manual_is_what_the_generator_writes_now() -> None:
    """Write it anew with: python -m tools.faults_manual --write."""
    assert MANUAL.read_text(encoding="utf-8") == manual()


def test_the_manual_names_every_code_in_both_languages() -> None:
    lines = manual().splitlines()

    for row in FAULTS:
        assert sum(line.startswith(f"| {row.code} |") for line in lines) == 2


def test_each_family_stands_together_and_has_a_name() -> None:
    families = [family for family, _ in groupby(FAULTS, key=lambda row: row.code[:3])]

    assert families == list(FAMILIES)


def test_a_row_is_found_by_its_code() -> None:
    assert fault_of("PRN-03").severity is Severity.STAFF
    assert is_code("PRN-03")
    assert not is_code("PRN-99")
    with pytest.raises(KeyError):
        fault_of("PRN-99")


@pytest.mark.parametrize(
    ("cause", "effect"),
    [
        ("SSC-01", "SSC-03"),  # the service is down: no reader
        ("NET-01", "HLT-01"),  # the line is down: records wait
        ("NET-01", "HLT-04"),
        ("NET-01", "STO-03"),
        ("NET-03", "HLT-05"),
        ("SYS-04", "NET-06"),  # a wrong clock refuses every certificate of the line
        ("SYS-02", "STO-04"),
        ("STO-01", "HLT-08"),
        ("HLT-09", "SCR-01"),  # no core: the screen has nobody to talk to
        ("HLT-09", "HLT-06"),
        ("SET-01", "HLT-09"),
        ("UPS-01", "UPS-03"),
        ("UPS-04", "PRN-01"),  # the mains are off: the printer is too
        ("RCP-02", "RCP-01"),
        ("IDR-01", "IDR-07"),
    ],
)
def test_the_cause_comes_before_its_effect(cause: str, effect: str) -> None:
    assert fault_of(cause).rank < fault_of(effect).rank
    assert sort_causes_first((effect, cause)) == (cause, effect)


def test_equal_ranks_keep_the_order_of_the_table() -> None:
    assert sort_causes_first(("PRN-05", "IDR-05", "PRN-03")) == ("IDR-05", "PRN-03", "PRN-05")


def test_what_a_resident_can_mend_is_their_own_case() -> None:
    for row in FAULTS:
        assert row.severity is not Severity.RESIDENT or row.rank is Rank.CASE
