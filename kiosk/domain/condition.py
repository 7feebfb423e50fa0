"""How the kiosk is at one moment, in figures: what heartbeats and /metrics are made of. None is a guess."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.bench import PaperCount

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from devices.contract import MachineReading, Supply, UpsReading
    from kiosk.domain.health import Board
    from kiosk.domain.issuance import Moment
    from kiosk.domain.ledger import LedgerHead


@dataclass(frozen=True, slots=True)
class Program:
    """What runs here, since when: it does not change while the core runs."""

    boot: str  # drawn anew at each start of the core
    app: str
    os: str
    sqlite: str
    config: str  # first 8 hex digits of the SHA-256 of the settings file


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What stands in the store."""

    owed: int
    oldest: datetime | None
    parked: int
    doubts: int
    numbers: int
    head: LedgerHead
    anchored: int
    backup: datetime | None
    is_sound: bool | None  # of the last night's check; None = there was none yet
    paper: PaperCount = field(default=PaperCount(0, None))


@dataclass(frozen=True, slots=True)
class Signs:
    """How long ago things last went well, in seconds; None = not since the core started."""

    card_s: float | None = None
    print_s: float | None = None
    delivery_s: float | None = None
    register_s: float | None = None
    frame_s: float | None = None
    heartbeat_s: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """All of it. None = not known."""

    moment: Moment
    up_s: float
    board: Board
    offset: timedelta | None
    signs: Signs
    counts: Mapping[str, int]
    store: StoreFigures | None
    machine: MachineReading | None = None
    ups: UpsReading | None = None
    supplies: tuple[Supply, ...] = ()
