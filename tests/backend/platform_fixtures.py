"""One platform with 50 households for a whole test run, and two kiosks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.backend.platform_calls import client_for, deliver, read_card
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backend_client.client import PlatformClient
    from backend_client.contract import RecordItem, Verdict

FIRST_KIOSK, SECOND_KIOSK = "CG-KSK-03", "CG-KSK-04"


@dataclass(frozen=True, slots=True)
class Town:
    """A running platform, the keys of its kiosks, and its residents' cards."""

    process: PlatformProcess
    keys: dict[str, Path]
    cards: Path

    @property
    def url(self) -> str:
        """The platform's address."""
        return self.process.url

    def client(self, kiosk: str = FIRST_KIOSK) -> PlatformClient:
        """A fresh client of one kiosk."""
        return client_for(self.url, self.keys[kiosk])

    def credential(self, kiosk: str = FIRST_KIOSK) -> str:
        """What the kiosk sends as its credential."""
        return (self.keys[kiosk] / "credential").read_text(encoding="ascii").strip()

    def deliver(self, *items: RecordItem, kiosk: str = FIRST_KIOSK) -> list[tuple[Verdict, str]]:
        """Verdict and reason for each item of one batch."""
        return deliver(self.client(kiosk), *items)

    def card(self, stem: str) -> dict[str, Any]:
        """What stands on the card of a story."""
        return read_card(self.cards, stem)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Shared by all tests of a worker: nobody may stop it or count what others add."""
    state = tmp_path_factory.mktemp("platform")
    process = PlatformProcess(state)
    process.fill(50, state / "cards")
    keys = {kiosk: process.enrol(kiosk) for kiosk in (FIRST_KIOSK, SECOND_KIOSK)}
    with process:
        yield Town(process, keys, state / "cards")
