"""POST /v1/number-blocks: a number belongs to one kiosk, for ever."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

from backend_client.contract import NumberBlockRequest, NumbersReserved, PlatformCode, PlatformFault
from tests.backend.platform_calls import DEADLINE, call, new_block
from tests.backend.platform_fixtures import SECOND_KIOSK

if TYPE_CHECKING:
    from backend_client.contract import NumberBlock
    from tests.backend.platform_fixtures import Town


def serials(block: NumberBlock) -> set[tuple[str, str, int, int]]:
    return {
        (block.community, block.kind, block.year, serial)
        for serial in range(block.first, block.first + block.count)
    }


def test_a_request_sent_again_gives_the_same_block(town: Town) -> None:
    request_id = uuid.uuid4().hex

    first = new_block(town.client(), 7, request_id)
    again = new_block(town.client(), 7, request_id)

    assert again == first


def test_a_request_id_used_for_another_request_is_refused(town: Town) -> None:
    request_id = uuid.uuid4().hex
    new_block(town.client(), 7, request_id)

    request = NumberBlockRequest(request_id=request_id, kind="JZ", count=8)
    outcome = town.client().reserve_numbers(request, DEADLINE)

    assert outcome == PlatformFault(PlatformCode.REFUSED, "409 PLT-07")


def test_the_same_request_id_of_another_kiosk_is_another_request(town: Town) -> None:
    request_id = uuid.uuid4().hex

    first = new_block(town.client(), 5, request_id)
    second = new_block(town.client(SECOND_KIOSK), 5, request_id)

    assert not serials(first) & serials(second)


def test_blocks_taken_at_the_same_time_never_overlap(town: Town) -> None:
    blocks: list[NumberBlock] = []
    start = threading.Barrier(4)

    def take(kiosk: str) -> None:
        client = town.client(kiosk)
        start.wait()
        blocks.extend(new_block(client, count) for count in (1, 3, 50, 2, 10))

    threads = [threading.Thread(target=take, args=(kiosk,)) for kiosk in list(town.keys) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    taken = [serials(block) for block in blocks]
    assert len(taken) == 20
    assert len(set().union(*taken)) == sum(map(len, taken))


def test_one_request_sent_by_many_threads_at_once_takes_one_block(town: Town) -> None:
    request = NumberBlockRequest(request_id=uuid.uuid4().hex, kind="JZ", count=9)
    outcomes: list[object] = []

    def take() -> None:
        outcomes.append(town.client().reserve_numbers(request, DEADLINE))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    blocks = [outcome.block for outcome in outcomes if isinstance(outcome, NumbersReserved)]
    assert len(blocks) == 6
    assert all(block == blocks[0] for block in blocks)


def test_kinds_have_numbers_of_their_own(town: Town) -> None:
    body = {"request_id": uuid.uuid4().hex, "kind": "ZZ", "count": 5}
    request = NumberBlockRequest.model_validate(body).model_dump_json().encode()

    reply = call(town.url, "POST", "/v1/number-blocks", request, town.credential())

    assert (reply.status, reply.json()["kind"], reply.json()["first"]) == (200, "ZZ", 1)


def test_a_block_is_of_the_kiosks_community_and_ends_in_30_days(town: Town) -> None:
    block = new_block(town.client())

    household_day = town.client().notices(DEADLINE)
    assert not isinstance(household_day, PlatformFault)
    assert (block.expires_on - household_day.as_of.date()).days in {29, 30}
    assert block.community == "610525001003"
