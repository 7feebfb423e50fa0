"""The client against the real platform over a socket."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend.demo.pictures import picture_rows
from backend_client.client import PlatformClient
from backend_client.contract import (
    Accepted,
    Delivered,
    Found,
    Links,
    Notices,
    Organisations,
    PlatformCode,
    PlatformFault,
    certificate_number,
)
from backend_client.keys import load_keys
from tests.backend.platform_calls import DEADLINE, client_for, new_block, record_of
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backend.platform_fixtures import Town


def test_notices_come_newest_first_and_the_tree_parents_first(town: Town) -> None:
    client = town.client()

    notices, tree = client.notices(DEADLINE), client.organisations(DEADLINE)

    assert isinstance(notices, Notices)
    assert isinstance(tree, Organisations)
    days = [notice.published_on for notice in notices.items]
    assert days == sorted(days, reverse=True)
    assert len(tree.items) == 65
    assert tree.items[0].parent == ""


def test_links_and_pictures_come_as_they_were_stored(town: Town) -> None:
    client = town.client()

    links, notices = client.links(DEADLINE), client.notices(DEADLINE)

    assert isinstance(links, Links)
    assert isinstance(notices, Notices)
    assert [link.id for link in links.items] == ["app", "wechat", "account"]
    names = {notice.picture for notice in notices.items} - {""}
    pictures = {name: client.picture(name, DEADLINE) for name in names}
    assert pictures == {row["name"]: row["content"] for row in picture_rows()}


@pytest.mark.parametrize(
    ("name", "fault"),
    [("0" * 64, "404 PLT-01"), ("../links", "404 PLT-01"), ("A" * 64, "422 PLT-04"), ("", "404 PLT-01")],
)
def test_a_picture_that_there_is_not_is_refused(town: Town, name: str, fault: str) -> None:
    assert town.client().picture(name, DEADLINE) == PlatformFault(PlatformCode.REFUSED, fault)


def test_a_platform_that_answers_is_accepted(town: Town) -> None:
    assert town.client().health(DEADLINE) == Accepted("0.1.0")


def test_a_kiosk_that_is_not_enrolled_is_told_so(town: Town) -> None:
    keys = load_keys(town.keys["CG-KSK-03"])
    stranger = PlatformClient(town.url, "CG-KSK-99", keys.secret, keys.lookup_key, keys.receipt_public_key)

    assert stranger.notices(DEADLINE) == PlatformFault(PlatformCode.CREDENTIAL, "401 PLT-03")


def test_a_receipt_of_a_platform_with_another_key_is_not_believed(town: Town) -> None:
    keys = load_keys(town.keys["CG-KSK-03"])
    client = PlatformClient(town.url, keys.kiosk, keys.secret, keys.lookup_key, bytes(32))
    block = new_block(town.client(), 1)

    item = record_of(certificate_number(block, block.first))
    outcome = client.deliver(item.id, (item,), DEADLINE)

    assert outcome == PlatformFault(PlatformCode.BAD_SIGNATURE)


def test_many_threads_share_one_client_and_each_gets_its_own_answers(town: Town) -> None:
    client = town.client()
    cards = [town.card(stem) for stem in ("tenant", "owner", "minor", "rare_name")]
    mixed_up: list[object] = []

    def ask(card: dict[str, str]) -> None:
        for _ in range(10):
            outcome = client.look_up(card["number"], card["name"], DEADLINE)
            if not isinstance(outcome, Found) or not outcome.name_matches:
                mixed_up.append(outcome)

    threads = [threading.Thread(target=ask, args=(card,)) for card in cards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert mixed_up == []


def test_a_batch_of_200_is_delivered_with_200_verdicts(town: Town) -> None:
    client = town.client()
    block = new_block(client, 200)
    items = tuple(record_of(certificate_number(block, block.first + place)) for place in range(200))

    outcome = client.deliver(str(uuid.uuid4()), items, DEADLINE)

    assert isinstance(outcome, Delivered)
    assert {item.verdict for item in outcome.receipt.items} == {"stored"}


def test_the_platform_may_die_and_come_back_between_two_calls(tmp_path: Path) -> None:
    with PlatformProcess(tmp_path) as process:
        client = client_for(process.url, process.enrol("CG-KSK-03"))
        before = client.health(DEADLINE)
        process.kill()
        dead = client.health(DEADLINE)
        process.start()
        after = client.health(DEADLINE)

    assert before == after == Accepted("0.1.0")
    assert isinstance(dead, PlatformFault)
    assert dead.code == PlatformCode.UNREACHABLE


def test_a_frozen_platform_is_too_slow_and_usable_afterwards(town: Town) -> None:
    client = town.client()
    client.health(DEADLINE)
    started = time.monotonic()

    with town.process.frozen():
        outcome = client.health(timedelta(milliseconds=300))
    seconds = time.monotonic() - started

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.TOO_SLOW
    assert seconds < 0.6
    assert client.health(DEADLINE) == Accepted("0.1.0")


def test_no_reply_waits_for_a_delayed_acknowledgement(town: Town) -> None:
    client, card = town.client(), town.card("tenant")
    seconds = []

    for _ in range(20):
        started = time.monotonic()
        client.look_up(card["number"], card["name"], DEADLINE)
        seconds.append(time.monotonic() - started)

    assert min(seconds) < 0.035  # Nagle's algorithm would cost 0.04 s each time
