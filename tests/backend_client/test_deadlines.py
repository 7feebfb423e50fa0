"""Every call returns within its deadline plus 200 ms, whatever the line does."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import Accepted, PlatformCode, PlatformFault
from tests.backend_client.forged_platform import DEADLINE, client_of, record
from tests.backend_client.raw_server import RawServer, reply_bytes

if TYPE_CHECKING:
    from tests.backend_client.raw_server import Answer, Request

SHORT = timedelta(milliseconds=400)
ALLOWED_S = SHORT.total_seconds() + 0.2
HEALTHY = reply_bytes(b'{"version":"1"}')


def drip(whole: bytes, over: threading.Event) -> Answer:
    """Sends a byte now and then, until the test is over."""

    def answer(connection: socket.socket, _request: Request) -> None:
        with suppress(OSError):
            for byte in whole:
                connection.sendall(bytes([byte]))
                if over.wait(0.05):
                    return

    return answer


def timed_health(url: str) -> tuple[object, float]:
    client = client_of(url)
    started = time.monotonic()
    outcome = client.health(SHORT)
    return outcome, time.monotonic() - started


@pytest.mark.parametrize(
    "whole",
    [
        HEALTHY[:15] + b"X-Slow: yes\r\n" * 50 + HEALTHY[15:],
        reply_bytes(b'{"version":"' + b"1" * 500 + b'"}'),
    ],
    ids=["headers", "body"],
)
def test_a_dripping_reply_is_too_slow_although_every_byte_is_in_time(whole: bytes) -> None:
    over = threading.Event()

    with RawServer(drip(whole, over)) as server:
        outcome, seconds = timed_health(server.url)
        over.set()

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.TOO_SLOW
    assert seconds < ALLOWED_S


def test_the_thread_behind_a_dripping_reply_ends_with_the_deadline() -> None:
    over = threading.Event()

    with RawServer(drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 50, over)) as server:
        before = set(threading.enumerate())
        timed_health(server.url)
        own = set(threading.enumerate()) - before
        for thread in own:
            if thread.daemon:
                thread.join(2)
        left = [thread for thread in own if thread.daemon and thread.is_alive()]
        over.set()

    assert left == []


def test_a_silent_platform_is_too_slow() -> None:
    over = threading.Event()

    def say_nothing(_connection: socket.socket, _request: Request) -> None:
        over.wait(5)

    with RawServer(say_nothing) as server:
        outcome, seconds = timed_health(server.url)
        over.set()

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.TOO_SLOW
    assert seconds < ALLOWED_S


def test_a_port_where_nobody_listens_is_unreachable_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"

    outcome, seconds = timed_health(url)

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.UNREACHABLE
    assert seconds < ALLOWED_S


def test_a_queue_that_nobody_accepts_from_ends_with_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        outcome, seconds = timed_health(f"http://127.0.0.1:{address[1]}")
        for filler in fillers:
            filler.close()

    assert isinstance(outcome, PlatformFault)
    assert seconds < ALLOWED_S


def test_a_lookup_does_not_wait_behind_a_delivery() -> None:
    is_held, over = threading.Event(), threading.Event()

    def answer(connection: socket.socket, request: Request) -> None:
        if "/v1/records" in request.head:
            is_held.set()
            over.wait(5)
        else:
            connection.sendall(HEALTHY)

    with RawServer(answer) as server:
        client = client_of(server.url)
        items = (record(),)
        delivery = threading.Thread(target=client.deliver, args=(items[0].id, items, DEADLINE))
        delivery.start()
        is_held.wait(5)
        started = time.monotonic()
        outcome = client.health(DEADLINE)
        seconds = time.monotonic() - started
        over.set()
        delivery.join()

    assert outcome == Accepted("1")
    assert seconds < 1


def test_a_deadline_that_is_over_already_is_too_slow() -> None:
    outcome = client_of("http://127.0.0.1:9").health(timedelta())

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.TOO_SLOW


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    with RawServer(lambda connection, _request: connection.sendall(HEALTHY)) as server:
        outcome = client_of(server.url).health(DEADLINE)

    assert outcome == Accepted("1")
