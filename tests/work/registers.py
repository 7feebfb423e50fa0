"""A register for times without a line that holds what a test puts in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.journal import StoreError

if TYPE_CHECKING:
    from backend_client.contract import RegisterPage
    from kiosk.domain.codes import StoreCode
    from kiosk.domain.issuance import Moment
    from kiosk.domain.offline import Freshness, HeldRecord


@dataclass
class PlainRegister:
    """The port without a store; `fails` is what the disk says from now on."""

    fresh: Freshness | None = None
    held: HeldRecord | None = None
    fails: StoreCode | None = None
    at: str = ""
    asked: list[str] = field(default_factory=list)
    taken: list[RegisterPage] = field(default_factory=list)

    def cursor(self) -> str:
        self._note("cursor")
        return self.at

    def take(self, page: RegisterPage, after: str) -> None:
        self._note(f"take {after}")
        self.taken.append(page)
        self.at = page.cursor

    def find(self, citizen_key: str, name_key: str) -> HeldRecord | None:
        self._note(f"find {citizen_key[:2]} {name_key[:2]}")
        return self.held

    def freshness(self, now: Moment) -> Freshness | None:
        self._note(f"freshness {now.wall:%H:%M}")
        return self.fresh

    def _note(self, asked: str) -> None:
        self.asked.append(asked)
        if self.fails:
            raise StoreError(self.fails)
