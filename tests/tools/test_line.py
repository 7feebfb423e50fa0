"""The desk's line to the platform: whole it carries everything, cut nothing, mended everything again."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tools.desk.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def echo() -> Iterator[str]:
    """A server that says everything back; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def line(echo: str) -> Iterator[Line]:
    with closing(Line(echo)) as line:
        yield line


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_say_back, args=(client,)).start()


def _say_back(client: socket.socket) -> None:
    with client:
        while data := client.recv(4096):
            client.sendall(data)


def connect(line: Line) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(line.url).port or 0), timeout=5)


def hears_nothing(end: socket.socket) -> bool:
    try:
        end.sendall(b"anybody?")
        return end.recv(16) == b""
    except ConnectionError:
        return True


def test_a_whole_line_carries_bytes_both_ways(line: Line) -> None:
    with connect(line) as end:
        end.sendall(b"hello")

        assert end.recv(16) == b"hello"


def test_cutting_breaks_a_connection_that_is_in_use(line: Line) -> None:
    with connect(line) as end:
        end.sendall(b"hello")
        end.recv(16)

        line.cut()

        assert hears_nothing(end)


def test_a_cut_line_takes_no_new_connection_until_it_is_mended(line: Line) -> None:
    line.cut()
    with connect(line) as end:
        assert hears_nothing(end)

    line.mend()

    with connect(line) as end:
        end.sendall(b"again")
        assert end.recv(16) == b"again"


def test_a_line_to_nowhere_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    with closing(Line(f"http://127.0.0.1:{port}")) as line, connect(line) as end:
        assert hears_nothing(end)
