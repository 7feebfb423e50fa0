"""What the worker of one card reader works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.health import Component
from kiosk.work.card_turn import CardTurn
from kiosk.work.health_board import note_nothing, tell_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import CardReader
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.gate import Gate
    from kiosk.work.health_board import Tell


@dataclass(frozen=True, slots=True)
class ReaderTools:
    """What the worker of one reader works with. `may_begin` opens when no session can meet unfinished papers.

    Readers that share a kiosk share one `turn`, so that the cards of two persons never meet.
    """

    reader: CardReader
    post: Callable[[Event], None]
    log: Log
    may_begin: Gate
    component: Component = Component.ID_READER
    turn: CardTurn = field(default_factory=CardTurn)
    tell: Tell = tell_nobody
    on_laid: Callable[[], None] = note_nothing
    on_read: Callable[[], None] = note_nothing
