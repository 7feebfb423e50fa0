"""The ledger of everything that concerns a paper: its growth is shown to the platform, which countersigns.

A database has a ledger of its own, with a random name: where a store was lost, nobody can pretend that its
successor is the same log.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import LedgerGrowth, LedgerVerdict
from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    Checkpoint,
    NoteError,
    consistency_proof,
    kiosk_key_name,
    ledger_origin,
    read_countersignature,
    root,
    sign_checkpoint,
    write_ledger,
)
from kiosk.domain.ledger import LedgerHead, LedgerTrust
from kiosk.store.ledger_check import LedgerSelfCheck
from kiosk.store.ledger_pen import read_entries, read_node, size_of
from kiosk.store.meta_values import forget_values, read_value, write_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from backend_client.contract import LedgerAnswer
    from kiosk.store.database import Database
    from kiosk.store.session import Session

_ID_BYTES = 8
_PAGE = 2000  # entries that are read at once, so that nobody waits for it
_ID = "ledger_id"
_ANCHOR = "ledger_anchor"  # the longest countersigned note
_PROVE_FROM = "ledger_prove_from"  # the size that the platform is known to hold


@dataclass(frozen=True, slots=True)
class LedgerIdentity:
    """Who signs checkpoints here (Ed25519 seed), and whose countersignature counts."""

    kiosk: str
    seed: bytes = field(repr=False)
    platform_public_key: bytes


class LedgerBook:
    """See kiosk.domain.ledger.Ledger."""

    def __init__(self, database: Database, identity: LedgerIdentity) -> None:
        self._database = database
        self._identity = identity
        self._check = LedgerSelfCheck(database)

    def size(self) -> int:
        """How many entries there are."""
        return self._database.run_urgent(size_of)

    def anchored_size(self) -> int:
        """How many of them the platform has countersigned."""
        return self._database.run_urgent(anchored_size)

    def head(self) -> LedgerHead:
        """How it stands now."""

        def work(session: Session) -> LedgerHead:
            size = size_of(session)
            return LedgerHead(size, root(size, partial(read_node, session)).hex())

        return self._database.run_urgent(work)

    def growth(self) -> LedgerGrowth | None:
        """A signed checkpoint with its proof, where the ledger grew since the last countersigned one."""

        def work(session: Session) -> LedgerGrowth | None:
            size = size_of(session)
            start = int(read_value(session, _PROVE_FROM) or 0)
            if size == start:
                return None
            proof = consistency_proof(start, size, partial(read_node, session))
            return LedgerGrowth(
                checkpoint=self._sign(session, size),
                from_size=start,
                proof=tuple(base64.b64encode(node).decode() for node in proof),
            )

        return self._database.run_urgent(work)

    def take_answer(self, answer: LedgerAnswer) -> LedgerTrust:
        """Keep a countersigned checkpoint, or learn where the next proof must start."""
        match answer.verdict:
            case LedgerVerdict.COUNTERSIGNED:
                return self._database.run_urgent(lambda session: self._anchor(session, answer))
            case LedgerVerdict.PROVE_FROM:
                return self._database.run_urgent(lambda session: self._start_again(session, answer))
            case LedgerVerdict.SHORTER | LedgerVerdict.FORK | LedgerVerdict.UNREADABLE:
                return LedgerTrust.ALARM
            case other:
                assert_never(other)

    def export(self, file: TextIO) -> int:
        """Write the whole ledger with a fresh signed checkpoint; return the number of entries."""
        size, note, anchor = self._database.run_urgent(self._sign_all)
        write_ledger(file, note, self._entries(size), anchor)
        return size

    def _entries(self, size: int) -> Iterator[str]:
        for start in range(0, size, _PAGE):
            page = partial(read_entries, begin=start, end=min(size, start + _PAGE))
            yield from self._database.run_urgent(page)

    def _sign_all(self, session: Session) -> tuple[int, str, str]:
        size = size_of(session)
        return size, self._sign(session, size), read_value(session, _ANCHOR)

    def check(self) -> bool:
        """True where entries and hashes agree, and still lead to what the platform countersigned last."""
        return self._check.check() and self._database.run_urgent(self._holds_anchor)

    def _holds_anchor(self, session: Session) -> bool:
        note = read_value(session, _ANCHOR)
        return not note or self._ours(session, note) is not None

    def _anchor(self, session: Session, answer: LedgerAnswer) -> LedgerTrust:
        known = self._ours_from(session, answer)
        if known is None:
            return LedgerTrust.PLATFORM_DIFFERS
        _keep(session, known, answer.checkpoint)
        return LedgerTrust.ANCHORED

    def _start_again(self, session: Session, answer: LedgerAnswer) -> LedgerTrust:
        if not answer.checkpoint:  # it lost what it had, or never had any
            write_value(session, _PROVE_FROM, "0")
            return LedgerTrust.AGAIN
        known = self._ours_from(session, answer)
        if known is None:
            return LedgerTrust.PLATFORM_DIFFERS
        _keep(session, known, answer.checkpoint)
        return LedgerTrust.AGAIN

    def _ours_from(self, session: Session, answer: LedgerAnswer) -> Checkpoint | None:
        is_for_us = answer.kiosk == self._identity.kiosk
        return self._ours(session, answer.checkpoint) if is_for_us else None

    def _ours(self, session: Session, note: str) -> Checkpoint | None:
        """The checkpoint, where the platform signed it and our own entries lead to the very same root."""
        known = self._read(note)
        if known is None or known.origin != self._origin(session) or known.size > size_of(session):
            return None
        return known if known.root == root(known.size, partial(read_node, session)) else None

    def _read(self, note: str) -> Checkpoint | None:
        """What the platform countersigned. Which of our keys signed it is no matter: keys are renewed."""
        try:
            read_countersignature(note, PLATFORM_KEY_NAME, self._identity.platform_public_key)
        except NoteError:
            return None
        origin, size, top, _ = note.split("\n", 3)
        return Checkpoint(origin, int(size), base64.b64decode(top))

    def _sign(self, session: Session, size: int) -> str:
        checkpoint = Checkpoint(self._origin(session), size, root(size, partial(read_node, session)))
        return sign_checkpoint(checkpoint, kiosk_key_name(self._identity.kiosk), self._identity.seed)

    def _origin(self, session: Session) -> str:
        return origin_of(session, self._identity.kiosk)


def origin_of(session: Session, kiosk: str) -> str:
    """The name of this database's ledger; it is drawn when it is asked for first."""
    ledger_id = read_value(session, _ID)
    if not ledger_id:
        ledger_id = secrets.token_hex(_ID_BYTES)
        write_value(session, _ID, ledger_id)
    return ledger_origin(kiosk, ledger_id)


def begin_anew(session: Session, kiosk: str) -> str:
    """End the ledger that a restored copy brought along; return its origin, "" where it had no name yet.

    The entries stay, under a new name: what the old one had after them is lost, so that going on under its
    name would be a fork.
    """
    ledger_id = read_value(session, _ID)
    forget_values(session, _ID, _ANCHOR, _PROVE_FROM)
    return ledger_origin(kiosk, ledger_id) if ledger_id else ""


def anchored_size(session: Session) -> int:
    """How many entries the platform has countersigned."""
    return size_in(read_value(session, _ANCHOR))


def size_in(note: str) -> int:
    """What a note that was verified before says."""
    return int(note.split("\n", 2)[1]) if note else 0


def _keep(session: Session, known: Checkpoint, note: str) -> None:
    write_value(session, _PROVE_FROM, str(known.size))
    if known.size >= anchored_size(session):  # a platform that was set back takes away no proof
        write_value(session, _ANCHOR, note)
