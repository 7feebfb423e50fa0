"""A kiosk follows the real platform's register, and answers its residents from it when the line is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import Household, PlatformCode
from backend_client.keys import load_keys
from kiosk.domain.offline import OfflineCode, OfflinePolicy
from kiosk.flow.commands import LookUp
from kiosk.flow.events import HouseholdFound, HouseholdOutOfReach
from kiosk.work.lookup_worker import LookupTools, LookupWorker
from kiosk.work.register_sync import AFTER_PASS_S, RegisterSync, SyncTools
from kiosk.work.store_state import StoreState
from tests.backend.platform_calls import look_up
from tests.core.stand import LogBook
from tests.store.builders import Bench
from tests.work.builders import Events, identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.flow.events import Event
    from tests.backend.platform_fixtures import Town

KIOSK = "CG-KSK-03"
MOST_PAGES = 500


class Follower:
    """A kiosk of the town with everything that it needs to follow the register."""

    def __init__(self, state_dir: Path, town: Town) -> None:
        self.bench, self.book, self.events = Bench(state_dir), LogBook(), Events()
        self.client = town.client(KIOSK)
        self.register = self.bench.store.register(load_keys(town.keys[KIOSK]).register_key)
        self.state = StoreState(self.events.post, self.book.log)

    def follow(self) -> int:
        """Take pages until nothing changed any more; their number."""
        sync = RegisterSync(
            SyncTools(
                register=self.register,
                platform=self.client,
                policy=OfflinePolicy(),
                least_cost=10,
                store_state=self.state,
                moment=self.bench.clock.moment,
                post=self.events.post,
                log=self.book.log,
            )
        )
        for taken in range(1, MOST_PAGES):
            if sync.take_page() == AFTER_PASS_S:
                return taken
        raise AssertionError("the pass never ended")

    def look_up_alone(self, name: str, number: str) -> Event:
        """What is posted for this card while the line is down."""
        worker = LookupWorker(
            LookupTools(
                platform=self.client,
                deadline=timedelta(seconds=5),
                register=self.register,
                policy=OfflinePolicy(),
                moment=self.bench.clock.moment,
                line_is_down=lambda: True,
                store_state=self.state,
                post=self.events.post,
                log=self.book.log,
                on_fault=lambda: None,
            )
        )
        worker.order(LookUp("session-1", identity(name, number)))
        worker._look_up_next()
        return self.events.all[-1]


@pytest.fixture
def follower(tmp_path: Path, town: Town) -> Iterator[Follower]:
    made = Follower(tmp_path / "state", town)
    yield made
    made.bench.store.close()


@pytest.mark.parametrize("stem", ["tenant", "owner", "rare_name", "collective"])
def test_without_a_line_a_resident_finds_what_the_platform_would_say(
    follower: Follower,
    town: Town,
    stem: str,
) -> None:
    card = town.card(stem)
    online = look_up(follower.client, card)
    follower.follow()

    event = follower.look_up_alone(card["name"], card["number"])

    assert isinstance(event, HouseholdFound)
    assert event.offline is not None
    assert event.name_matches
    assert event.applicant == online.applicant
    assert event.household.members == (online.applicant,)
    assert place_of(event.household) == place_of(online.household)


def test_whoever_has_another_name_on_the_card_finds_nothing(follower: Follower, town: Town) -> None:
    card = town.card("tenant")
    follower.follow()

    event = follower.look_up_alone("王别人", card["number"])

    assert event == HouseholdOutOfReach("session-1", PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)


def test_a_second_pass_is_one_page(follower: Follower) -> None:
    follower.follow()

    assert follower.follow() == 1


def place_of(household: Household) -> tuple[object, ...]:
    """Everything but the members and when it was read."""
    return household.household_id, household.hukou_type, household.residence, household.record_version
