"""True replies of the platform, cut at every byte, repeated or late: nothing of them counts."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.client import PlatformClient
from backend_client.contract import (
    Delivered,
    Found,
    LedgerAnswer,
    LedgerGrowth,
    LedgerVerdict,
    NumberBlockRequest,
    NumbersReserved,
    PlatformFault,
    RegisterPage,
)
from backend_client.contract.ledger import (
    Checkpoint,
    kiosk_key_name,
    leaf_hash,
    ledger_origin,
    sign_checkpoint,
)
from backend_client.keys import load_keys
from tests.backend.platform_calls import fresh_number, record_of
from tests.backend_client.raw_server import RawServer
from tests.torture.figures import Figures
from tests.torture.unruly_line import exchange

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from datetime import datetime

    from tests.backend.platform_fixtures import Town
    from tests.backend_client.raw_server import Answer, Request

    Ask = Callable[[PlatformClient], object]

DEADLINE = timedelta(seconds=10)
_ENTRIES = re.compile(rb'("entries":\[\{[^}]*\}).*(\],"cursor")')
_LENGTH = re.compile(rb"(\r\ncontent-length: *)\d+", re.IGNORECASE)
_REQUEST_ID = re.compile(rb'"request_id":"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True)
class Question:
    """What the kiosk asks; `is_answered` says whether something counted."""

    name: str
    ask: Ask
    is_answered: Callable[[object], bool]


@dataclass
class CutReplies:
    """A kiosk of the town, and a server that repeats what the platform said once, up to some byte."""

    town: Town
    client_class: type[PlatformClient] = PlatformClient
    figures: Figures = field(default_factory=lambda: Figures("cut replies"))
    times_told: list[datetime] = field(default_factory=list)

    def run(self, question: Question) -> Figures:
        """Cut the true reply at every byte."""
        keys = load_keys(self.town.keys["CG-KSK-03"])
        with RawServer(self._forward) as server:
            client = self.client_class(
                server.url,
                keys.kiosk,
                keys.secret,
                keys.lookup_key,
                keys.receipt_public_key,
                on_server_time=self.times_told.append,
            )
            first = question.ask(client)
            if not question.is_answered(first):
                self.figures.faults.append(
                    f"lost: the whole reply to {question.name} does not count: {first}"
                )
            whole = _short(self._heard)
            server.answer = _until(whole, len(whole))
            if not question.is_answered(question.ask(client)):
                self.figures.faults.append(f"lost: the repeated reply to {question.name} does not count")
            self.times_told.clear()
            for at in range(len(whole)):
                server.answer = _until(whole, at)
                outcome = question.ask(client)
                if not isinstance(outcome, PlatformFault):
                    self.figures.faults.append(f"half: {question.name} counts when cut at {at}")
        self.figures.faults += ["half: the time of a cut reply was believed"] * len(self.times_told)
        self.figures.counts += Counter({f"cuts of {question.name}": len(whole)})
        return self.figures

    def _forward(self, connection: socket.socket, request: Request) -> None:
        self._heard = exchange(self.town.url, f"{request.head}\r\n\r\n".encode() + request.body)
        connection.sendall(self._heard)


def questions(town: Town) -> tuple[Question, ...]:
    """One of each kind that must not be believed by half."""
    item = record_of(fresh_number(town.client()))
    batch, request = str(uuid.uuid4()), NumberBlockRequest(request_id=uuid.uuid4().hex, kind="JZ", count=5)
    card, growth = town.card("tenant"), _growth(town)
    return (
        Question("deliver", lambda client: client.deliver(batch, (item,), DEADLINE), _is(Delivered)),
        Question("witness", lambda client: client.witness(growth, DEADLINE), _is_countersigned),
        Question("register_page", lambda client: client.register_page("", 20, DEADLINE), _is(RegisterPage)),
        Question(
            "reserve_numbers", lambda client: client.reserve_numbers(request, DEADLINE), _is(NumbersReserved)
        ),
        Question(
            "look_up", lambda client: client.look_up(card["number"], card["name"], DEADLINE), _is(Found)
        ),
    )


def _growth(town: Town) -> LedgerGrowth:
    """The first entry of a new ledger."""
    keys = load_keys(town.keys["CG-KSK-03"])
    origin = ledger_origin(keys.kiosk, uuid.uuid4().hex[:16])
    checkpoint = Checkpoint(origin, 1, leaf_hash(b"{}"))
    return LedgerGrowth(
        checkpoint=sign_checkpoint(checkpoint, kiosk_key_name(keys.kiosk), keys.signing_key), from_size=0
    )


def _is(kind: type[object]) -> Callable[[object], bool]:
    return lambda outcome: isinstance(outcome, kind)


def _is_countersigned(outcome: object) -> bool:
    return isinstance(outcome, LedgerAnswer) and outcome.verdict is LedgerVerdict.COUNTERSIGNED


def _short(reply: bytes) -> bytes:
    """The same reply, but of a page only the first entry: one more adds bytes and no kind of byte."""
    head, end, body = reply.partition(b"\r\n\r\n")
    body = _ENTRIES.sub(rb"\1\2", body)
    return _LENGTH.sub(rb"\g<1>%d" % len(body), head) + end + body


def _until(whole: bytes, at: int) -> Answer:
    """Answers with the first `at` bytes, as if they had been said to this very request."""

    def answer(connection: socket.socket, request: Request) -> None:
        asked, said = _REQUEST_ID.search(request.body), _REQUEST_ID.search(whole)
        ours = whole.replace(said[1], asked[1]) if asked and said else whole
        connection.sendall(ours[:at])

    return answer
