"""The platform's time is told with every whole reply, and with nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend_client.client import PlatformClient
from backend_client.contract import Accepted
from tests.backend_client.forged_platform import DEADLINE, KIOSK, LOOKUP_KEY, SECRET
from tests.backend_client.raw_server import RawServer, always, reply_bytes

HEALTHY = b'{"version":"1"}'
DATE = "Date: Mon, 23 Nov 2026 01:41:00 GMT"


def told(reply: bytes) -> list[datetime]:
    """The times that the client tells when this is the reply."""
    times: list[datetime] = []
    with RawServer(always(reply)) as server:
        client = PlatformClient(server.url, KIOSK, SECRET, LOOKUP_KEY, bytes(32), on_server_time=times.append)
        assert (client.health(DEADLINE) == Accepted("1")) == reply.endswith(HEALTHY)
    return times


def test_a_whole_reply_tells_the_time() -> None:
    assert told(reply_bytes(HEALTHY, "200 OK", DATE)) == [datetime(2026, 11, 23, 1, 41, tzinfo=UTC)]


@pytest.mark.parametrize(
    "reply",
    [
        reply_bytes(HEALTHY),
        reply_bytes(HEALTHY, "200 OK", "Date: yesterday"),
        reply_bytes(HEALTHY, "200 OK", "Date: "),
        reply_bytes(HEALTHY, "200 OK", "Date: Mon, 23 Nov 2026 01:41:00 +" + "9" * 30),
        reply_bytes(HEALTHY, "200 OK", f"Date: Mon, 23 Nov 2026 {'9' * 30}:41:00 GMT"),
        reply_bytes(HEALTHY, "200 OK", "Date: Mon, 23 Nov 99999 01:41:00 GMT"),
        reply_bytes(HEALTHY, "200 OK", "Date: Mon, 23 Nov 2026 01:41:00 -0000"),
        reply_bytes(HEALTHY, "200 OK", DATE)[:-1],
        reply_bytes(b"", "502 Bad Gateway", DATE),
    ],
    ids=[
        "no date",
        "no time",
        "empty",
        "far zone",
        "far hour",
        "no year",
        "no zone",
        "half a reply",
        "not the platform",
    ],
)
def test_nothing_else_tells_the_time_and_no_bad_date_costs_the_answer(reply: bytes) -> None:
    assert told(reply) == []
