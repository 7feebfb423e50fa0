"""The HTTP link against servers that misbehave below IPP."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.errors import AddressError
from devices.page.address import http_url, without_trace
from devices.page.deadline import Deadline
from devices.page.errors import HungUpError, IppError, LinkLostError, NeverConnectedError, NotIppError
from devices.page.transport import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REQUEST = b"request"
SECOND = timedelta(seconds=1)


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that takes one request and leaves the rest to `answer`; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):  # the client may be gone
                received = b""
                while not received.endswith(_REQUEST):
                    received += connection.recv(65_536)
                answer(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"ipp://127.0.0.1:{listener.getsockname()[1]}/ipp/print"
        thread.join()


def post(address: str, within: timedelta = SECOND) -> bytes:
    with closing(Link(address)) as link:
        return link.post(_REQUEST, SECOND, Deadline.after(within))


def say(text: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(text)


def trickle(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def trickle_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(10):
        connection.sendall(b"x")
        time.sleep(0.3)


def test_a_whole_body_is_returned() -> None:
    with serving(say(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody")) as address:
        assert post(address) == b"body"


def test_a_chunked_body_is_returned_whole() -> None:
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"

    with serving(say(chunks)) as address:
        assert post(address) == b"body"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (say(b""), HungUpError),
        (say(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), LinkLostError),
        (say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha"), LinkLostError),
        (say(b"\x00\x01\x02\r\n\r\n"), LinkLostError),
        (say(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), NotIppError),
        (say(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"), NotIppError),
        (say(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"), NotIppError),
        (say(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + bytes(5_000_000)), NotIppError),
    ],
    ids=[
        "hang-up",
        "cut-body",
        "cut-chunk",
        "no-http",
        "not-found",
        "redirect",
        "redirect-nowhere",
        "endless",
    ],
)
def test_less_than_a_whole_answer_is_an_error(
    answer: Callable[[socket.socket], None], error: type[IppError]
) -> None:
    with serving(answer) as address, pytest.raises(error):
        post(address)


def test_an_answer_that_trickles_ends_at_the_deadline() -> None:
    begun = time.monotonic()

    with serving(trickle) as address, pytest.raises(LinkLostError):
        post(address, timedelta(seconds=0.3))

    assert time.monotonic() - begun < 1.0


def test_headers_that_trickle_end_at_the_deadline() -> None:
    begun = time.monotonic()

    with serving(trickle_headers) as address:
        with pytest.raises(LinkLostError):
            post(address)
        lasted = time.monotonic() - begun

    assert lasted < 1.5


def test_a_closed_port_means_that_not_one_byte_has_left() -> None:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))

        with pytest.raises(NeverConnectedError):
            post(f"ipp://127.0.0.1:{place.getsockname()[1]}/ipp/print")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("ipp://localhost/ipp/print", "http://localhost:631/ipp/print"),
        ("ipp://127.0.0.1:8632/ipp/print", "http://127.0.0.1:8632/ipp/print"),
        ("ipp://[::1]:631/printers/a4", "http://[::1]:631/printers/a4"),
        ("ipp://printer.example", "http://printer.example:631/"),
    ],
)
def test_an_ipp_address_has_an_http_twin(address: str, url: str) -> None:
    assert http_url(address) == url


@pytest.mark.parametrize(
    "address",
    ["ipp:///ipp/print", "http://localhost/ipp", "ipp://localhost:port/x", "ipp://[::1", "ipp://h/x?y=1", ""],
)
def test_an_address_that_makes_no_sense_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        http_url(address)


def test_a_trace_is_no_part_of_the_printers_own_address() -> None:
    assert without_trace("ipp://h/x?trace=/var/t.trace") == ("ipp://h/x", "/var/t.trace")
    assert without_trace("ipp://h/x") == ("ipp://h/x", "")


@pytest.mark.parametrize("query", ["?", "?trace=", "?trace=t", "?other=1", "?trace=/t&other=1"])
def test_an_option_that_makes_no_sense_is_refused(query: str) -> None:
    with pytest.raises(AddressError):
        without_trace(f"ipp://h/x{query}")
