"""Each rule of the catalogue can fail: it is broken here, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.faults import FAULTS, Fault, Words, fault_of
from tests.catalogue import rules
from tests.structure.sources import parse

ENUM = '''
class DoorCode(StrEnum):
    """Codes of a door."""

    OPEN = "DOR-01"
    STUCK = "DOR-02"  # with a comment
    WORD = "no code"
'''
MEMBERS = (rules.Member("DoorCode", "OPEN", "DOR-01"), rules.Member("DoorCode", "STUCK", "DOR-02"))
ROW = fault_of("PRN-03")
GOOD_ZH = {"code.PRN-03.say": "打印机缺纸。（PRN-03）"}
GOOD_EN = {"code.PRN-03.say": "Out of paper. (PRN-03)"}


def raised_in(text: str, path: str = "devices/door.py") -> list[str]:
    """What is missing where this is all the code there is."""
    return list(rules.check_raised(MEMBERS, [parse(path, text)]))


def test_members_are_found_by_their_values() -> None:
    assert rules.find_members([parse("devices/door.py", ENUM)]) == MEMBERS


def test_a_code_of_two_members_is_told() -> None:
    twice = (*MEMBERS, rules.Member("GateCode", "OPEN", "DOR-01"))

    told = list(rules.check_members(twice))

    assert told == ["DOR-01 belongs to 2 members", "DOR is shared by DoorCode, GateCode"]


def test_a_code_that_nobody_gives_is_told() -> None:
    assert raised_in("answer = DoorCode.OPEN") == ["DOR-02: nothing gives DoorCode.STUCK"]
    assert raised_in("answer = (codes.DoorCode.OPEN, {1: DoorCode.STUCK})") == []
    assert raised_in("SIGNS = {DoorCode.OPEN: {'open'}, DoorCode.STUCK: {'stuck'}}") == []
    assert raised_in("OPEN = 'DOR-01'\nSTUCK = 'DOR-02'\ntell(OPEN, STUCK)") == []
    assert len(raised_in("OPEN = 'DOR-01'\nSTUCK = 'DOR-02'")) == len(MEMBERS)
    assert len(raised_in("LID = 'DOR-01'\ncall('DOR-02')")) == len(MEMBERS)


@pytest.mark.parametrize(
    "text",
    [
        "if code is DoorCode.STUCK: ring()",
        "if code in (DoorCode.STUCK, other): ring()",
        "LOUD = frozenset({DoorCode.STUCK})",
        "WORDS = {DoorCode.STUCK: 'it is stuck'}",
        "match code:\n    case DoorCode.STUCK:\n        ring()",
        ENUM,
    ],
)
def test_to_ask_for_a_code_is_not_to_give_it(text: str) -> None:
    assert raised_in(f"{text}\nanswer = DoorCode.OPEN") == ["DOR-02: nothing gives DoorCode.STUCK"]


@pytest.mark.parametrize(
    "path",
    [
        "tests/door.py",
        "devices/simulators/door.py",
        "devices/contract/faults_box.py",
        "kiosk/domain/faults/x.py",
    ],
)
def test_what_only_tests_simulators_or_the_table_name_is_not_given(path: str) -> None:
    assert len(raised_in("answer = (DoorCode.OPEN, DoorCode.STUCK)", path)) == 2


def test_a_code_without_row_a_row_without_code_and_two_rows_are_told() -> None:
    rows = (replace(ROW, code="DOR-01"), replace(ROW, code="DOR-01"), replace(ROW, code="DOR-09"))

    told = list(rules.check_table(MEMBERS, rows))

    assert told == ["DOR-02 is not in the table", "DOR-09 is in the table alone", "DOR-01 has 2 rows"]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (replace(ROW, cause=Words("", ROW.cause.en)), "its cause is no Chinese sentence"),
        (replace(ROW, cause=Words("没有句号", ROW.cause.en)), "its cause is no Chinese sentence"),
        (replace(ROW, remedy=Words("No Chinese。", ROW.remedy.en)), "its remedy is no Chinese sentence"),
        (replace(ROW, remedy=Words(ROW.remedy.zh, "")), "its remedy is no English sentence"),
        (replace(ROW, remedy=Words(ROW.remedy.zh, "No full stop")), "its remedy is no English sentence"),
        (replace(ROW, cause=Words(ROW.cause.zh, "缺纸.")), "its cause is no English sentence"),
        (replace(ROW, cause=Words("样" * 60 + "。", ROW.cause.en)), "its cause is too long (zh)"),
        (replace(ROW, remedy=ROW.cause), "cause and remedy are the same"),
    ],
)
def test_a_row_that_says_nothing_is_told(row: Fault, complaint: str) -> None:
    assert f"PRN-03: {complaint}" in list(rules.check_row(row))


@pytest.mark.parametrize(
    ("zh", "en", "part"),
    [
        ({}, GOOD_EN, "no Chinese sentence"),
        ({"code.PRN-03.say": "打印机缺纸（PRN-03）"}, GOOD_EN, "no Chinese sentence"),
        ({"code.PRN-03.say": "打印机缺纸。（PRN-04）"}, GOOD_EN, "no Chinese sentence"),
        ({"code.PRN-03.say": "Out of paper。（PRN-03）"}, GOOD_EN, "no Chinese sentence"),
        (GOOD_ZH, {}, "no English sentence"),
        (GOOD_ZH, {"code.PRN-03.say": "Out of paper (PRN-03)"}, "no English sentence"),
        (GOOD_ZH, {"code.PRN-03.say": "缺纸. (PRN-03)"}, "no English sentence"),
        (GOOD_ZH, {**GOOD_EN, "code.XYZ-01.say": "It is. (XYZ-01)"}, "the text of no code"),
    ],
)
def test_a_sentence_that_is_missing_or_wrong_is_told(
    zh: dict[str, str], en: dict[str, str], part: str
) -> None:
    (told,) = rules.check_sentences((ROW,), zh, en, frozenset())

    assert part in told


def test_good_sentences_and_families_that_nobody_reads_are_let_be() -> None:
    assert list(rules.check_sentences((ROW,), GOOD_ZH, GOOD_EN, frozenset())) == []
    assert list(rules.check_sentences((ROW,), {}, {}, frozenset({"PRN"}))) == []


def test_a_manual_of_another_table_is_another_manual() -> None:
    assert len({row.code for row in FAULTS}) == len(FAULTS)
