"""The register for times without a line: it grows page by page, and a card opens its own record only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.domain.offline import HeldRecord
from kiosk.store.database import BALLAST
from kiosk.store.tables import register_entry
from tests.store.register_pages import (
    AS_OF,
    CARD,
    CHECKED,
    HARDNESS,
    OTHER,
    REGISTER_KEY,
    Card,
    entry,
    page,
    record,
    removed,
)

if TYPE_CHECKING:
    from backend_client.contract import RegisterEntry, RegisterPage
    from kiosk.store.register import Register
    from tests.store.builders import Bench


@pytest.fixture
def register(bench: Bench) -> Register:
    return bench.store.register(REGISTER_KEY)


def take(register: Register, *pages: RegisterPage) -> None:
    for each in pages:
        register.take(each, register.cursor())


def held(bench: Bench) -> int:
    query = select(func.count()).select_from(register_entry)
    return bench.store._database.run(lambda session: int(session.sql.execute(query).scalar_one()))


def test_a_card_opens_its_own_record(register: Register) -> None:
    take(register, page(entry(CARD), entry(OTHER)))

    found = [register.find(*card.keys) for card in (CARD, OTHER)]

    assert found == [HeldRecord(card.household(), card.member()) for card in (CARD, OTHER)]


@pytest.mark.parametrize(
    "card", [Card(name="王样板"), Card(number="610590199003070048"), OTHER], ids=["name", "number", "other"]
)
def test_another_name_or_number_opens_nothing(register: Register, card: Card) -> None:
    take(register, page(entry(CARD)))

    assert register.find(*card.keys) is None


def test_without_the_kiosks_own_key_the_card_opens_nothing(bench: Bench) -> None:
    take(bench.store.register(REGISTER_KEY), page(entry(CARD)))

    assert bench.store.register(b"s" * 32).find(*CARD.keys) is None


def test_an_empty_register_holds_nobody(register: Register) -> None:
    assert register.find(*CARD.keys) is None
    assert register.cursor() == ""


def entries_that_do_not_hold_this_card() -> dict[str, RegisterEntry]:
    of_other = record(OTHER)
    own = record(CARD)
    strange_member = own.model_copy(update={"applicant": own.applicant.model_copy(update={"person_id": "x"})})
    same_name = own.applicant.model_copy(update={"citizen_key": OTHER.keys[0]})
    namesake = own.household.model_copy(update={"members": (same_name,)})
    renumbered = own.model_copy(update={"applicant": same_name, "household": namesake})
    same_number = own.applicant.model_copy(update={"name_key": OTHER.keys[1]})
    married = own.household.model_copy(update={"members": (same_number,)})
    renamed = own.model_copy(update={"applicant": same_number, "household": married})
    right = entry(CARD)
    return {
        "changed bytes": right.model_copy(update={"sealed": right.sealed[:-8] + "AAAAAAA="}),
        "cut short": right.model_copy(update={"sealed": right.sealed[:8]}),
        "moved to another entry": right.model_copy(update={"entry": OTHER.entry}),
        "sealed with another key": right.model_copy(update={"sealed": entry(OTHER).sealed}),
        "another person": entry(CARD, of_other.model_dump_json().encode()),
        "another number": entry(CARD, renumbered.model_dump_json().encode()),
        "another name": entry(CARD, renamed.model_dump_json().encode()),
        "not of the household": entry(CARD, strange_member.model_dump_json().encode()),
        "an older form": entry(CARD, b'{"applicant":{}}'),
        "no JSON": entry(CARD, b"\xff\x00"),
    }


@pytest.mark.parametrize("flaw", entries_that_do_not_hold_this_card())
def test_what_does_not_open_to_the_cards_own_person_counts_as_not_held(register: Register, flaw: str) -> None:
    take(register, page(entries_that_do_not_hold_this_card()[flaw]))

    assert register.find(*CARD.keys) is None


def test_a_true_record_is_found_behind_one_that_does_not_open(register: Register) -> None:
    """Tags are half a hash long: whoever makes two alike must not hide a resident."""
    false = entry(OTHER).model_copy(update={"tag": entry(CARD).tag, "entry": "0" * 32})

    take(register, page(false, entry(CARD)))

    assert register.find(*CARD.keys) is not None


def test_pages_follow_one_another_also_after_a_restart(bench: Bench) -> None:
    take(bench.store.register(REGISTER_KEY), page(entry(CARD), cursor="c1", complete=False))

    register = bench.reopen().register(REGISTER_KEY)
    cursor = register.cursor()
    take(register, page(entry(OTHER), cursor="c2"))

    assert cursor == "c1"
    assert register.cursor() == "c2"
    assert None not in (register.find(*CARD.keys), register.find(*OTHER.keys))


def test_a_changed_record_takes_the_place_of_the_old_one(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD)))

    take(register, page(entry(CARD, record(CARD, None).model_dump_json().encode()), cursor="c2"))
    found = register.find(*CARD.keys)

    assert found is not None
    assert found.household.residence.verified_on is None
    assert held(bench) == 1


def test_who_has_another_name_now_is_found_by_the_new_card_only(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD)))
    renamed = Card(CARD.number, "王新名")

    take(register, page(entry(renamed), cursor="c2"))

    assert register.find(*CARD.keys) is None
    assert register.find(*renamed.keys) is not None
    assert held(bench) == 1


def test_who_left_is_forgotten(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD), entry(OTHER)), page(removed(CARD), removed(Card("x")), cursor="c2"))

    assert register.find(*CARD.keys) is None
    assert held(bench) == 1


def test_of_two_words_on_one_page_the_last_one_counts(bench: Bench, register: Register) -> None:
    take(register, page(removed(CARD), entry(CARD), entry(OTHER), removed(OTHER)))

    assert register.find(*CARD.keys) is not None
    assert held(bench) == 1


def test_a_new_epoch_drops_everything_and_begins_anew(bench: Bench, register: Register) -> None:
    """The page came for a cursor of the old epoch: what lies before it in the new one is missing."""
    take(register, page(entry(CARD), cursor="c7"))

    take(register, page(entry(OTHER), epoch="epoch-2", cursor="c8"))
    after_the_first = (held(bench), register.cursor(), register.freshness(bench.clock.moment()))
    take(register, page(entry(OTHER), epoch="epoch-2", cursor="c1"))

    assert after_the_first == (0, "", None)
    assert register.find(*CARD.keys) is None
    assert register.find(*OTHER.keys) is not None


def test_another_salt_of_another_epoch_is_used_at_once(register: Register) -> None:
    take(register, page(entry(CARD)))
    harder = type(HARDNESS)(bytes([8]) * 16, 11)
    sealed = entry(CARD, secret=CARD.secret(harder))

    again = page(sealed, epoch="epoch-2", hardness=harder)
    take(register, again, again)

    assert register.find(*CARD.keys) is not None


@pytest.mark.parametrize("epoch", ["epoch-1", "epoch-2"])
def test_a_page_that_was_asked_before_the_file_was_replaced_is_not_kept(bench: Bench, epoch: str) -> None:
    register = bench.store.register(REGISTER_KEY)
    take(register, page(entry(CARD), cursor="c7"))

    register.take(page(entry(OTHER), cursor="c9", epoch=epoch), "c8")

    assert (held(bench), register.cursor()) == (1, "c7")


def test_on_a_full_disk_a_page_is_there_as_a_whole_or_not_at_all(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD)))
    many = [entry(Card(f"61059019900307{at:04}"), b"x" * 3000) for at in range(100)]
    bench.store._database.run_urgent(
        lambda session: session.sql.exec_driver_sql("PRAGMA max_page_count = 60").close()
    )

    with pytest.raises(StoreError) as caught:
        take(register, page(*many, cursor="c2"))

    assert caught.value.code is StoreCode.DISK_FULL
    assert (bench.state_dir / BALLAST).exists()  # papers need the reserve of room more than a register
    assert (held(bench), register.cursor()) == (1, "c1")


def test_before_the_first_complete_pass_nobody_knows_how_old_it_is(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD), complete=False))

    assert register.freshness(bench.clock.moment()) is None


def test_the_age_is_that_of_the_last_complete_pass(bench: Bench, register: Register) -> None:
    take(register, page(entry(CARD)))
    bench.clock.go_on(timedelta(hours=1))

    take(register, page(entry(OTHER), cursor="c2", complete=False, as_of=AS_OF + timedelta(hours=1)))
    freshness = register.freshness(bench.clock.moment())

    assert freshness is not None
    assert (freshness.as_of, freshness.age) == (AS_OF, timedelta(hours=1))


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("passed", "stepped", "boots", "age"),
    [
        (HOUR, timedelta(), 0, HOUR),
        (HOUR, timedelta(days=9), 0, HOUR + timedelta(days=9)),
        (HOUR, -HOUR - timedelta(seconds=119), 0, HOUR),
        (HOUR, -HOUR - timedelta(seconds=121), 0, None),
        (HOUR, timedelta(), 1, HOUR),
        (timedelta(), timedelta(days=9), 1, timedelta(days=9)),
        (timedelta(), -timedelta(seconds=119), 1, timedelta()),
        (timedelta(), -timedelta(days=9), 1, None),
    ],
    ids=[
        "time",
        "forward",
        "back a little",
        "back",
        "boot",
        "boot forward",
        "boot back a little",
        "boot back",
    ],
)
def test_the_age_is_the_greater_of_both_clocks_and_unknown_when_one_went_back(
    bench: Bench, passed: timedelta, stepped: timedelta, boots: int, age: timedelta | None
) -> None:
    take(bench.store.register(REGISTER_KEY), page(entry(CARD)))
    bench.clock.go_on(passed)
    for _ in range(boots):
        bench.clock.boot()
    bench.clock.move(stepped)

    freshness = bench.reopen().register(REGISTER_KEY).freshness(bench.clock.moment())

    assert freshness is not None
    assert freshness.age == age


def test_what_a_card_opens_shows_nothing_of_itself_in_a_trace(register: Register) -> None:
    take(register, page(entry(CARD)))

    shown = repr(register.find(*CARD.keys))

    assert "HeldRecord" in shown
    assert all(secret not in shown for secret in (CARD.member().masked_name, *CARD.keys, str(CHECKED)))
