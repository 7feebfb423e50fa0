"""The office's socket: whatever comes in there, the core goes on, and nobody else gets in."""

from __future__ import annotations

import json
import socket
import stat
import struct
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.office.asking import AskError, ask, ask_for_file
from kiosk.work.crew import Crew
from kiosk.work.office import Office
from kiosk.work.office_requests import RequestError, SettlePaper, read_request
from tests.core.stand import PATIENCE_S, LogBook
from tests.office.hall import Hall, await_listener

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.work.office_requests import Request

NOT_UNDERSTOOD = {"error": "the core does not understand what was asked"}
RIGHT = {"ask": "papers.settle", "number": "JZ1", "attempt": 1, "came_out": True, "staff": "1042"}


def say(path: Path, data: bytes, *, end: bool = True) -> list[dict[str, Any]]:
    """All lines that come back."""
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(PATIENCE_S)
        visitor.connect(str(path))
        visitor.sendall(data)
        if end:
            visitor.shutdown(socket.SHUT_WR)
        heard = b"".join(iter(lambda: visitor.recv(65536), b""))
    return [json.loads(line) for line in heard.splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"\n", b"{}\n", b"[]\n", b"null\n", b"hello\n", b'{"ask":"status"}', b'{"ask":"shut down"}\n'),
        *(b'{"ask":"status","more":1}\n', b'{"ask":["status"]}\n', b'{"ask":"status"}\n{"ask":"status"}\n'),
        *(b"\xff\xfe\n", b"[" * 4000 + b"\n", b" " * 5000 + b"\n"),
    ],
)
def test_what_is_not_understood_is_refused_and_the_next_one_is_served(hall: Hall, line: bytes) -> None:
    refused = say(hall.path, line)

    assert refused == [NOT_UNDERSTOOD]
    assert ask(hall.path, "status").done["waiting"] == 0


@pytest.mark.parametrize(
    "change",
    [
        *({"attempt": "1"}, {"attempt": 0}, {"attempt": True}, {"attempt": 1.0}, {"came_out": 1}),
        *({"came_out": "yes"}, {"staff": 1042}, {"number": None}, {"more": ""}),
    ],
)
def test_a_word_is_taken_only_where_every_field_is_as_it_must_be(change: dict[str, object]) -> None:
    with pytest.raises(RequestError):
        read_request(json.dumps(RIGHT | change).encode())

    assert read_request(json.dumps(RIGHT).encode()) == SettlePaper("JZ1", 1, came_out=True, staff="1042")


@pytest.mark.parametrize("left_out", RIGHT)
def test_a_word_is_taken_only_where_no_field_is_missing(left_out: str) -> None:
    with pytest.raises(RequestError):
        read_request(json.dumps({name: RIGHT[name] for name in RIGHT if name != left_out}).encode())


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(line: bytes) -> None:
    with pytest.raises(RequestError):
        read_request(line)


def test_the_socket_is_the_owners_alone_from_the_first_moment(hall: Hall) -> None:
    assert stat.S_IMODE(hall.path.stat().st_mode) == 0o600
    assert stat.S_ISSOCK(hall.path.stat().st_mode)


def test_a_question_in_pieces_is_understood(hall: Hall) -> None:
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(PATIENCE_S)
        visitor.connect(str(hall.path))
        for piece in (b'{"ask"', b':"sta', b'tus"}', b"\n"):
            visitor.sendall(piece)
        heard = visitor.recv(65536)

    assert b'"done"' in heard


def test_whoever_hangs_up_hinders_nobody(hall: Hall) -> None:
    for _ in range(20):
        with socket.socket(socket.AF_UNIX) as visitor:
            visitor.connect(str(hall.path))
            visitor.sendall(b'{"ask":"ledger.export"}\n')
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    assert ask(hall.path, "status").done["waiting"] == 0


def test_a_socket_that_a_killed_core_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(hall.path))

    hall.open()

    assert ask(hall.path, "papers.uncertain").done == {"papers": 0}
    assert hall.close()
    assert not hall.path.exists()


class Desk:
    """Answers as it is told."""

    def __init__(self, answer: Callable[[Callable[[Mapping[str, Any]], None]], None]) -> None:
        self._answer = answer

    def answer(self, request: Request, say: Callable[[Mapping[str, Any]], None]) -> None:
        del request
        self._answer(say)


def serve(path: Path, answer: Callable[[Callable[[Mapping[str, Any]], None]], None]) -> Crew:
    crew = Crew(LogBook().log, lambda: None)
    crew.start(Office(path, Desk(answer), LogBook().log))
    await_listener(path)
    return crew


@pytest.mark.parametrize(
    "answer",
    [
        lambda say: say({"row": {}}),
        lambda say: say({"part": "AAAA"}),
        lambda say: (say({"part": "AAAA"}), say({"error": "the disk is full"})),
        lambda say: (say({"part": "AAAA"}), say({"part": "%"}), say({"done": {}})),
        lambda say: (say({"part": "AAAA"}), say({"what": 1}), say({"done": {}})),
    ],
)
def test_a_file_comes_whole_or_not_at_all(
    tmp_path: Path, answer: Callable[[Callable[[Mapping[str, Any]], None]], None]
) -> None:
    path, target = tmp_path / "office.sock", tmp_path / "file"
    target.write_bytes(b"as before")
    crew = serve(path, answer)

    with pytest.raises(AskError):
        ask_for_file(path, "ledger.export", target)

    assert target.read_bytes() == b"as before"
    assert crew.stop(PATIENCE_S)
    assert [left.name for left in tmp_path.iterdir()] == ["file"]


def test_the_core_ends_in_the_middle_of_an_answer_that_nobody_reads(tmp_path: Path) -> None:
    path = tmp_path / "office.sock"
    begun = threading.Event()

    def endless(say: Callable[[Mapping[str, Any]], None]) -> None:
        begun.set()
        while True:
            say({"part": "A" * 60_000})

    crew = serve(path, endless)
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(path))
        visitor.sendall(b'{"ask":"ledger.export"}\n')
        assert begun.wait(PATIENCE_S)

        assert crew.stop(PATIENCE_S)


def test_whoever_reads_ever_so_slowly_is_sent_away_and_the_next_one_served(tmp_path: Path) -> None:
    """Every part finds room in time, but all of them together do not."""
    path, book = tmp_path / "office.sock", LogBook()
    later = threading.Event()

    def answer(say: Callable[[Mapping[str, Any]], None]) -> None:
        for _ in range(0 if later.is_set() else 300_000):  # takes seconds
            say({"part": "AAAA"})
        say({"done": {}})

    crew = Crew(book.log, lambda: None)
    crew.start(Office(path, Desk(answer), book.log, answer_patience_s=0.2))
    await_listener(path)

    heard = say(path, b'{"ask":"ledger.export"}\n')
    later.set()

    assert {"part": "AAAA"} in heard
    assert {"done": {}} not in heard
    assert say(path, b'{"ask":"status"}\n') == [{"done": {}}]
    assert book.lines("office_broken_off")
    assert crew.stop(PATIENCE_S)


def test_a_store_that_fails_is_told_in_one_sentence(hall: Hall) -> None:
    hall.bench.store.close()
    (hall.directory / "state" / "kiosk.db").unlink()
    (hall.directory / "state" / "kiosk.db").mkdir()

    with pytest.raises(AskError, match="the store cannot do it now"):
        ask(hall.path, "outbox.list")

    assert hall.events.all
