"""A platform that answers nothing but what a test teaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend_client.contract import PlatformCode, PlatformFault

if TYPE_CHECKING:
    from datetime import timedelta

    from backend_client.contract import (
        Accepted,
        Delivered,
        KnownPapers,
        LedgerAnswer,
        LedgerGrowth,
        Links,
        LookupOutcome,
        Notices,
        NumberBlockRequest,
        NumbersReserved,
        Organisations,
        RecordItem,
        RegisterPage,
    )

DOWN = PlatformFault(PlatformCode.UNREACHABLE)


@dataclass
class SilentPlatform:
    """The port with nobody behind it; keeps the deadlines it was given."""

    deadlines: list[timedelta] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def look_up(self, citizen_number: str, name: str, deadline: timedelta) -> LookupOutcome:
        return self._down(deadline, f"look_up {len(citizen_number)} {len(name)}")

    def citizen_key(self, citizen_number: str) -> str:
        return citizen_number[:0] + "c1" * 32

    def reserve_numbers(
        self, request: NumberBlockRequest, deadline: timedelta
    ) -> NumbersReserved | PlatformFault:
        return self._down(deadline, f"reserve_numbers {request.count}")

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        return self._down(deadline, f"deliver {batch_id} {len(items)}")

    def name_key(self, name: str) -> str:
        return name[:0] + "d2" * 32

    def witness(self, growth: LedgerGrowth, deadline: timedelta) -> LedgerAnswer | PlatformFault:
        return self._down(deadline, f"witness {growth.from_size}")

    def register_page(self, cursor: str, limit: int, deadline: timedelta) -> RegisterPage | PlatformFault:
        return self._down(deadline, f"register_page {cursor} {limit}")

    def known_papers(self, after: str, deadline: timedelta) -> KnownPapers | PlatformFault:
        return self._down(deadline, f"known_papers {after}")

    def notices(self, deadline: timedelta) -> Notices | PlatformFault:
        return self._down(deadline, "notices")

    def organisations(self, deadline: timedelta) -> Organisations | PlatformFault:
        return self._down(deadline, "organisations")

    def links(self, deadline: timedelta) -> Links | PlatformFault:
        return self._down(deadline, "links")

    def picture(self, name: str, deadline: timedelta) -> bytes | PlatformFault:
        return self._down(deadline, f"picture {name}")

    def health(self, deadline: timedelta) -> Accepted | PlatformFault:
        return self._down(deadline, "health")

    def _down(self, deadline: timedelta, asked: str) -> PlatformFault:
        self.deadlines.append(deadline)
        self.asked.append(asked)
        return DOWN
