"""Which card lies on the reader and has been dealt with: pure bookkeeping, no person kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ABSENCES = 2  # answers in a row; one alone may be a card that was shifted
RECHECK_EVERY = 3  # polls


class LyingCard:
    """Keeps a card that was dealt with from being reported as new while it may still lie there.

    Of the card's number only a hash under a key of this process is kept.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._mark = b""
        self._is_there = False
        self._is_followed = True
        self._absences = 0
        self._polls = 0

    @property
    def is_followed(self) -> bool:
        """True while the reader, saying that it sees no new card, must mean that there is none at all.

        A find may cost the card its selection, and many readers then answer for a card that still lies
        there as they do for none.
        """
        return self._is_followed

    @property
    def is_there(self) -> bool:
        """True until it was absent often enough."""
        return self._is_there

    def lay(self, number: str) -> None:
        """A card was dealt with; "" where its number could not be read."""
        self._mark = self._marked(number) if number else b""
        self._is_there = True
        self._is_followed = True
        self._absences = 0
        self._polls = 0

    def is_same(self, number: str) -> bool:
        """True if this is the number of the card last dealt with."""
        return hmac.compare_digest(self._mark, self._marked(number))

    def lose_track(self) -> None:
        """A find was sent; from now on the card may be overlooked."""
        self._is_followed = self._is_followed and not self._is_there

    def miss(self) -> None:
        """The reader said that it sees no card."""
        self._absences += 1
        if self._absences >= ABSENCES:
            self.lift()

    def see(self) -> bool:
        """The reader sees a card; True when it is time to look whether it is still the same one."""
        self._absences = 0
        self._polls += 1
        return self._polls % RECHECK_EVERY == 0

    def lift(self) -> None:
        """The card is certainly gone."""
        self._is_there = False

    def _marked(self, number: str) -> bytes:
        return hashlib.blake2b(number.encode(), key=self._key).digest()
