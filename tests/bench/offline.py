"""How long a look-up in the kiosk's own register takes beyond the derivation that opens a record at all."""

from __future__ import annotations

import base64
import random
import secrets
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from backend_client.contract import RegisterEntry
from backend_client.contract.sealed import Hardness, bind, harden
from kiosk.store.store import Store
from kiosk.work.clock import SystemClock
from tests.bench.figures import Figure, percentiles
from tests.store.builders import IDENTITY
from tests.store.register_pages import REGISTER_KEY, Card, entry, page
from tools.desk.program import ROOT

if TYPE_CHECKING:
    from kiosk.store.register import Register

_COST = 14  # what a platform asks for unless it is told otherwise
_HARDNESS = Hardness(secrets.token_bytes(16), _COST)
_PAGE = 500


def measure_offline(persons: int, n: int) -> list[Figure]:
    """A register of `persons`; `n` of them lay their cards. Each waits for one bare derivation as well."""
    cards = [Card(f"6105901990030{at:05}", f"样本{at}") for at in range(n)]
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as name:
        store = Store(Path(name), SystemClock().moment, lambda: None, ledger=IDENTITY)
        with closing(store):
            register = store.register(REGISTER_KEY)
            _fill(register, cards, persons)
            times = [_look_up(register, card, derives_first=at % 2 == 0) for at, card in enumerate(cards)]
        megabytes = (Path(name) / "kiosk.db").stat().st_size / 1e6
    bare, beyond = [one for one, _ in times], [whole - one for one, whole in times]
    return [
        *percentiles("bare derivation of a card", "ms", bare, {50: ""}),
        *percentiles("offline look-up beyond the derivation", "ms", beyond, {50: "<= 5", 95: ""}),
        Figure(f"register of {persons} persons on disk", megabytes, "MB", 1),
    ]


def _fill(register: Register, cards: list[Card], persons: int) -> None:
    """The cards' own records, somewhere between those of everybody else."""
    own = [entry(card, secret=card.secret(_HARDNESS)) for card in cards]
    length = len(base64.b64decode(own[0].sealed))
    entries = own + [_of_somebody(length) for _ in range(persons - len(own))]
    random.SystemRandom().shuffle(entries)
    for start in range(0, len(entries), _PAGE):
        part, end = entries[start : start + _PAGE], start + _PAGE
        new = page(*part, cursor=str(end), complete=end >= len(entries), hardness=_HARDNESS)
        register.take(new, register.cursor())


def _of_somebody(length: int) -> RegisterEntry:
    """As every record looks to whoever does not have its card."""
    sealed = base64.b64encode(secrets.token_bytes(length)).decode()
    return RegisterEntry(entry=secrets.token_hex(16), tag=secrets.token_hex(16), sealed=sealed)


def _look_up(register: Register, card: Card, *, derives_first: bool) -> tuple[float, float]:
    """How many milliseconds the bare derivation took, and the whole look-up."""
    keys = card.keys
    before = _derive(*keys) if derives_first else 0.0
    begun = time.perf_counter()
    held = register.find(*keys)
    whole = (time.perf_counter() - begun) * 1000
    if held is None:
        raise RuntimeError("the register does not hold a person that was put in")
    return before or _derive(*keys), whole


def _derive(citizen_key: str, name_key: str) -> float:
    begun = time.perf_counter()
    bind(harden(citizen_key, name_key, _HARDNESS), REGISTER_KEY)
    return (time.perf_counter() - begun) * 1000
