"""The office of a running core: a real store, a real socket, and the programs that ask there."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from backend_client.contract.ledger import PLATFORM_KEY_NAME, cosigner_key, kiosk_key_name, verifier_key
from backend_client.contract.sealed import write_carrier
from kiosk.domain.health import Board
from kiosk.work.crew import Crew
from kiosk.work.office import Office
from kiosk.work.office_desk import OfficeDesk, OfficeTools
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.settings.test_settings import EXAMPLE
from tests.store.builders import IDENTITY, Bench, block, public_key
from tests.store.register_pages import REGISTER_KEY
from tests.work.builders import Events

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kiosk.domain.staff import StaffAccount

CARRIER = X25519PrivateKey.from_private_bytes(bytes(range(7, 39)))


@dataclass
class Hall:
    """A core that consists of its office; `retries` and `settlements` count what it told the others."""

    directory: Path
    staff: tuple[StaffAccount, ...] = ()
    has_register: bool = True
    book: LogBook = field(default_factory=LogBook)
    events: Events = field(default_factory=Events)
    faults: threading.Event = field(default_factory=threading.Event)
    board: Board = field(default_factory=Board)
    retries: int = 0
    settlements: int = 0

    def __post_init__(self) -> None:
        self.bench = Bench(self.directory / "state")
        self.bench.store.numbers.add_block(block(count=300))
        self.register = self.bench.store.register(REGISTER_KEY) if self.has_register else None
        self.path = self.directory / "run" / "office.sock"
        self.settings = write_settings(self.directory)
        self.office = Office(self.path, OfficeDesk(self._tools()), self.book.log)
        self._crew = Crew(self.book.log, self.faults.set)

    def open(self) -> None:
        """Begin to listen."""
        self._crew.start(self.office)
        await_listener(self.path)

    def close(self) -> bool:
        """End all; True where everything ended in peace."""
        ended = self._crew.stop(PATIENCE_S)
        self.bench.store.close()
        return ended and not self.faults.is_set()

    def _tools(self) -> OfficeTools:
        store = self.bench.store
        return OfficeTools(
            outbox=store.outbox,
            journal=store.issuances,
            numbers=store.numbers,
            ledger=store.ledger,
            register=self.register,
            health=store.health,
            staff=self.staff,
            seal=_seal,
            keys=(
                verifier_key(kiosk_key_name(IDENTITY.kiosk), public_key(IDENTITY.seed)),
                cosigner_key(PLATFORM_KEY_NAME, IDENTITY.platform_public_key),
            ),
            store_state=StoreState(self.events.post, self.book.log),
            moment=self.bench.clock.moment,
            post=self.events.post,
            log=self.book.log,
            on_retry=self._retry,
            on_settled=self._settled,
            board=lambda: self.board,
            report=lambda made_by: f"%PDF by {made_by}".encode(),
        )

    def _retry(self) -> None:
        self.retries += 1
        self.bench.store.outbox.retry_parked()

    def _settled(self) -> None:
        self.settlements += 1


def await_listener(path: Path) -> None:
    """Return as soon as somebody listens there."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_S * 100)):
        with socket.socket(socket.AF_UNIX) as visitor, contextlib.suppress(OSError):
            visitor.connect(str(path))
            return
        pause.wait(0.01)
    raise TimeoutError


def write_settings(directory: Path) -> Path:
    """The settings of a kiosk whose sockets lie in `run` below the directory."""
    path = directory / "kiosk.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('"/run/kiosk"', f'"{directory / "run"}"')
    path.write_text(text, encoding="utf-8")
    return path


def _seal(items: Iterable[bytes]) -> bytes:
    return write_carrier(items, IDENTITY.kiosk, IDENTITY.seed, CARRIER.public_key().public_bytes_raw())
