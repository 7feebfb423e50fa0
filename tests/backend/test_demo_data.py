"""The invented register: the same for the same day, complete, and nobody's."""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from sqlalchemy import insert

from backend.__main__ import main
from backend.db.content import list_notices
from backend.db.register import count_rows
from backend.db.tables import notices
from backend.demo.cards import card_toml
from backend.demo.households import invent_households
from backend.demo.notices import notice_rows
from backend.demo.organisations import organisation_rows, staff_rows
from backend.demo.persons import citizen_number
from backend.demo.pictures import picture_rows
from backend.demo.pinyin import pinyin_of
from backend.demo.places import COUNTY, communities, grids
from backend.demo.story_register import story_cases
from backend.wiring import open_database
from backend_client.contract import MAX_PICTURE_BYTES, HukouType, MemberStatus, ResidenceMode

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
REGISTER = (
    *("communities", "grids", "households", "links", "members", "notices", "organisations", "pictures"),
    "staff",
)


def load(state: Path, households: int, today: date = TODAY) -> dict[str, list[Any]]:
    """All rows of the register after a fresh load under an always equal key."""
    (state / "keys").mkdir(parents=True)
    (state / "keys" / "lookup.key").write_text("0f" * 32, encoding="ascii")
    main(["demo-data", "--state", str(state), "--households", str(households), "--today", today.isoformat()])
    with closing(sqlite3.connect(state / "platform.sqlite")) as database:
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in REGISTER}  # noqa: S608 - names of our own


def test_the_same_day_and_key_give_the_same_database(tmp_path: Path) -> None:
    assert load(tmp_path / "first", 300) == load(tmp_path / "second", 300)


def test_another_day_gives_other_dates(tmp_path: Path) -> None:
    first, second = load(tmp_path / "first", 50), load(tmp_path / "second", 50, TODAY + timedelta(days=1))

    assert first["members"] != second["members"]


def test_a_small_register_is_the_beginning_of_a_large_one() -> None:
    small = list(invent_households(18, 40, TODAY))
    large = list(invent_households(18, 400, TODAY))

    assert large[:40] == small


def test_the_whole_register_has_the_numbers_of_the_street_and_is_made_in_time(tmp_path: Path) -> None:
    started = time.monotonic()
    main(["demo-data", "--state", str(tmp_path)])
    seconds = time.monotonic() - started

    with closing(sqlite3.connect(tmp_path / "platform.sqlite")) as database:
        of_street = "FROM households WHERE community LIKE '610525001%'"
        homes = database.execute("SELECT community, grid " + of_street).fetchall()
        citizens = database.execute("SELECT count(*), count(DISTINCT citizen_key) FROM members").fetchone()
        modes = {mode for (mode,) in database.execute("SELECT DISTINCT mode FROM households")}
        hukou_types = {mode for (mode,) in database.execute("SELECT DISTINCT hukou_type FROM households")}
    assert len(homes) == 23_480
    assert len({grid for _, grid in homes}) == 43
    assert len({community for community, _ in homes}) == 10
    assert citizens[0] == citizens[1]
    assert modes == set(ResidenceMode)
    assert hukou_types == set(HukouType)
    assert seconds < 60


def test_loading_again_replaces_the_register_and_keeps_kiosks(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "keys-of-kiosk"), "CG-KSK-03", "--community", "610525001003"]
    main(["enrol", "--state", str(tmp_path), *out])
    for households in (60, 50):
        main(["demo-data", "--state", str(tmp_path), "--households", str(households)])

    database = open_database(tmp_path, "")
    counts = database.read(count_rows)
    database.close()
    with closing(sqlite3.connect(tmp_path / "platform.sqlite")) as plain:
        kiosks = plain.execute("SELECT kiosk FROM kiosks").fetchall()
    assert counts["households"] == 51
    assert kiosks == [("CG-KSK-03",)]


def test_the_map_has_10_communities_and_43_grids() -> None:
    codes = {community.code: community.name for community in communities()}

    assert list(codes) == [f"610525001{number:03d}" for number in range(1, 11)]
    assert codes["610525001003"] == "乐楼社区"
    assert "公园社区" in codes.values()
    assert [grid.number for grid in grids()] == list(range(1, 44))
    assert set(Counter(grid.community.code for grid in grids()).values()) == {4, 5}
    assert all(len(set(grid.compounds)) == 3 for grid in grids())


def test_the_tree_has_parents_before_children_and_staff_everywhere() -> None:
    rows, staff = organisation_rows(), staff_rows()

    seen: set[str] = set()
    for row in rows:
        assert row["parent"] in seen | {""}
        seen.add(row["organisation_id"])
    kinds = Counter(row["kind"] for row in rows)
    assert kinds == {"street": 1, "party_committee": 1, "community": 10, "party_branch": 10, "grid": 43}
    assert {person["organisation_id"] for person in staff} == seen
    assert {"党支部书记", "居委会主任", "民政委员", "网格员"} <= {person["title"] for person in staff}
    assert all(re.fullmatch("[a-z0-9 ·]+", each["pinyin"]) for each in (*rows, *staff))
    phones = [person["phone"] for person in staff] + [row["phone"] for row in rows]
    street_phones = {row["phone"] for row in rows if row["kind"] in {"street", "party_committee"}}
    assert street_phones.isdisjoint(row["phone"] for row in rows if row["kind"] == "community")
    assert all(re.fullmatch(r"0913-0000\d{3}", phone) for phone in phones)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("乐楼社区", "le lou she qu"),
        ("曾丽", "zeng li"),
        ("欧阳单", "ou yang dan"),
        ("第07网格", "di 07 wang ge"),
    ],
)
def test_names_are_read_as_people_read_them(name: str, read: str) -> None:
    assert pinyin_of(name) == read


def test_posters_are_small_named_by_their_bytes_and_all_used() -> None:
    rows = {row["name"]: row["content"] for row in picture_rows()}

    for name, content in rows.items():
        assert hashlib.sha256(content).hexdigest() == name
        assert len(content) < MAX_PICTURE_BYTES / 4
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 800))
    assert {row["picture"] for row in notice_rows(TODAY)} == {*rows, ""}


def test_every_column_has_articles_and_what_interrupts_ends_by_itself() -> None:
    rows = notice_rows(TODAY)

    assert Counter(row["column"] for row in rows) == {"notice": 6, "news": 4, "party": 4}
    assert all(3 <= len(row["paragraphs"]) <= 10 for row in rows)
    urgent = [row for row in rows if row["urgent"]]
    assert [row["expires_on"] for row in urgent] == [date(2026, 11, 27)]
    assert all("11月27日（周五）" in row["paragraphs"][0] for row in urgent)


def test_a_notice_is_sent_on_its_last_day_and_not_after_it(tmp_path: Path) -> None:
    database = open_database(tmp_path, "")
    rows = notice_rows(TODAY)
    database.write(lambda connection: connection.execute(insert(notices), rows))
    late = datetime(2026, 11, 27, 15, 59, tzinfo=UTC)  # 23:59 in the county
    urgent = next(row["title"] for row in rows if row["urgent"])

    def titles(moment: datetime) -> list[str]:
        sent = database.read(lambda connection: list_notices(connection, COUNTY, moment))
        return [notice.title for notice in sent.items]

    last, after = titles(late), titles(late + timedelta(minutes=1))
    database.close()

    assert len(last) == len(rows)
    assert after == [title for title in last if title != urgent]


def test_every_citizen_number_is_of_a_county_that_does_not_exist_and_says_birth_and_sex() -> None:
    households = list(invent_households(18, 500, TODAY))

    people = [belonging.person for household in households for belonging in household.members]
    people += [case.card.person for case in story_cases(TODAY)]
    assert len({person.number for person in people}) == len(people)
    for person in people:
        assert person.number.startswith(f"610590{person.birth:%Y%m%d}")
        assert int(person.number[16]) % 2 == int(person.sex == "1")
        assert person.birth <= TODAY


def test_the_check_character_is_that_of_the_published_example() -> None:
    number = citizen_number(date(1990, 3, 7), 2)

    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    assert number[17] == "10X98765432"[total % 11]


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31)])
def test_the_cases_hold_on_any_day(today: date) -> None:
    cases = {case.card.stem: case for case in story_cases(today)}

    expired, minor = cases["expired_card"].card, cases["minor"].card
    assert expired.valid_until is not None
    assert expired.valid_until < today
    assert all(
        case.card.valid_until is None or case.card.valid_until > today
        for stem, case in cases.items()
        if stem != "expired_card"
    )
    assert today.year - minor.person.birth.year in {12, 13}
    deceased = cases["head_changed"].household
    assert deceased is not None
    assert deceased.members[1].status is MemberStatus.DECEASED
    assert cases["unknown_person"].household is None
    assert all("name = " in card_toml(case.card) for case in cases.values())


def test_no_person_shows_in_a_repr() -> None:
    case = story_cases(TODAY)[0]

    assert case.card.person.name not in repr(case)
    assert case.card.person.number not in repr(case)


def test_articles_fill_all_three_columns_and_are_worth_reading() -> None:
    articles = notice_rows(TODAY)

    assert len(articles) >= 12
    assert {article["column"] for article in articles} == {"party", "news", "notice"}
    assert all(2 <= len(article["paragraphs"]) <= 4 for article in articles)
    assert all(article["published_on"] < TODAY for article in articles)
