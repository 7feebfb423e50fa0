"""What a kiosk asks of its store in a day, in any order, with every promise noted. Everybody is invented."""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from backend_client.contract import CertificateRecord, NumberBlock, RegisterEntry, RegisterPage
from devices.contract import JobRef
from kiosk.domain.issuance import (
    Applicant,
    IssuanceState,
    Reprint,
    Reservation,
    ReservedNumber,
    Settlement,
    SlipRequest,
)
from kiosk.domain.journal import Leave, Park, StoreError
from tests.torture.promises import Acknowledged, Reached, Requested

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from kiosk.store.store import Store

    Way = Iterator[None]

AT_ONCE = 4
_SETTLED = (IssuanceState.PRINTED, IssuanceState.VOIDED, IssuanceState.UNCERTAIN)
_LAST_DAY = date(2027, 1, 22)
_REGISTER_KEY = bytes(32)


@dataclass
class Workload:
    """Takes steps of several papers in turn; `promise` is told whatever the store says is durable.

    A StoreError is what it is for the product: nothing is promised, the paper is left or tried once more.
    """

    open_store: Callable[[], Store]
    promise: Callable[[object], None]
    dice: random.Random
    restarts: bool = True
    failures: int = 0
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = self.open_store()
        self._ways: list[Way] = []
        self._blocks = 0
        self._pages = 0

    def run(self, steps: int) -> None:
        """Take so many steps."""
        for _ in range(steps):
            self._take_step()

    def close(self) -> None:
        """Let go of the store, as at a proper end."""
        self.store.close()

    def _take_step(self) -> None:
        if len(self._ways) < AT_ONCE:
            self._ways.append(self._begin())
        way = self.dice.choice(self._ways)
        try:
            next(way)
        except StopIteration:
            self._ways.remove(way)
        except StoreError:
            self.failures += 1
            self._ways.remove(way)

    def _begin(self) -> Way:
        kinds = (self._paper, self._paper, self._paper, self._slip, self._drain, self._page, self._restart)
        return self.dice.choice(kinds)()

    def _paper(self) -> Way:
        issuance, session = str(uuid.uuid4()), str(uuid.uuid4())
        applicant = Applicant("HH000001", "HH000001-01", _key(session), 1)
        reserved = self.store.issuances.reserve(
            Reservation(issuance, session, session, applicant, "school", 1)
        )
        if not isinstance(reserved, ReservedNumber):
            yield from self._block()
            return
        self.promise(Reached(issuance, IssuanceState.PREPARED))
        yield
        yield from self._print(issuance, session, reserved, applicant.citizen_key)

    def _print(self, issuance: str, session: str, reserved: ReservedNumber, citizen_key: str) -> Way:
        journal = self.store.issuances
        if self.dice.random() < 0.2:
            journal.revise(issuance, "bank", 2)
            yield
        fingerprint = hashlib.sha256(issuance.encode()).hexdigest()
        self.store.issuances.note_document(issuance, fingerprint, _LAST_DAY)
        yield
        if self.dice.random() < 0.1:
            yield from self._settle(issuance, IssuanceState.VOIDED)
            return
        name = f"{reserved.number}.{reserved.attempt}.{session}"
        self.store.issuances.begin_print(issuance, fingerprint, name)
        self.promise(Reached(issuance, IssuanceState.CREATING))
        yield
        self.store.issuances.note_created(issuance, JobRef(name, f"urn:uuid:{uuid.uuid4()}", 7))
        self.promise(Reached(issuance, IssuanceState.CREATED))
        yield
        self.store.issuances.note_sending(issuance)
        self.promise(Reached(issuance, IssuanceState.SENDING))
        yield
        self.store.issuances.note_accepted(issuance)
        self.promise(Reached(issuance, IssuanceState.ACCEPTED))
        yield
        state = self.dice.choice(_SETTLED)
        yield from self._settle(issuance, state)
        if state is IssuanceState.UNCERTAIN and self.dice.random() < 0.8:
            came_out = self.dice.random() < 0.5
            state = IssuanceState.PRINTED if came_out else IssuanceState.VOIDED
            self.store.issuances.settle_by_word(issuance, came_out=came_out, settled_by="resident")
            yield
        if state is IssuanceState.VOIDED and self.dice.random() < 0.6:
            yield from self._again(issuance, session, citizen_key)

    def _again(self, previous: str, session: str, citizen_key: str) -> Way:
        issuance = str(uuid.uuid4())
        reserved = self.store.issuances.reprint(Reprint(previous, issuance, session, session, citizen_key))
        if reserved is not None:
            self.promise(Reached(issuance, IssuanceState.PREPARED))
            yield
            yield from self._print(issuance, session, reserved, citizen_key)

    def _settle(self, issuance: str, state: IssuanceState) -> Way:
        """As the kiosk does it: what cannot be written is tried again until it is."""
        while True:
            try:
                self.store.issuances.settle(issuance, Settlement(state, "PRN-01"))
            except StoreError:
                self.failures += 1
                yield
            else:
                self.promise(Reached(issuance, state))
                yield
                return

    def _slip(self) -> Way:
        issuance, session = str(uuid.uuid4()), str(uuid.uuid4())
        request = SlipRequest(issuance, session, session, _key(session), "school", 1, "OFF-02")
        reserved = self.store.issuances.reserve_slip(request)
        self.promise(Requested(issuance))
        yield
        yield from self._print(issuance, session, reserved, request.citizen_key)

    def _drain(self) -> Way:
        """As the platform might answer: most items are taken, some are not."""
        for owed in self.store.outbox.due(50):
            item = owed.item
            verdict = Leave(item.id) if self.dice.random() < 0.8 else Park(item.id, "refused: test")
            self.store.outbox.apply((verdict,))
            if isinstance(verdict, Leave) and isinstance(item.body, CertificateRecord):
                self.promise(Acknowledged(item.body.number, item.body.attempt))
            yield
        self.store.outbox.retry_parked()
        yield

    def _block(self) -> Way:
        self._blocks += 1
        self.store.numbers.add_block(
            NumberBlock(
                request_id=f"request-{self._blocks}",
                kiosk="CG-KSK-03",
                block_id=f"block-{self._blocks}",
                community="610525001003",
                kind="JZ",
                year=2026,
                first=1 + (self._blocks - 1) * 20,
                count=20,
                code_key=base64.b64encode(bytes(32)).decode(),
                expires_on=date(2099, 12, 31),
            )
        )
        yield

    def _page(self) -> Way:
        self._pages += 1
        entries = tuple(
            RegisterEntry(entry=_key(f"{self._pages % 3}-{at}")[:32], tag=_key(str(at))[:32], sealed="AAAA")
            for at in range(20)
        )
        page = RegisterPage(
            kiosk="CG-KSK-03",
            epoch="epoch-1",
            salt="00" * 16,
            cost=14,
            entries=entries,
            cursor=str(self._pages),
            complete=False,
            as_of=datetime(2026, 11, 23, 9, 41, tzinfo=UTC),
        )
        register = self.store.register(_REGISTER_KEY)
        register.take(page, register.cursor())
        yield

    def _restart(self) -> Way:
        if self.restarts and self.dice.random() < 0.3:
            self.store.close()
            self.store = self.open_store()
        yield


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
