"""What all workers share: store, clock, log, platform, board of health."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.client import PlatformClient
from kiosk.domain.codes import StoreCode
from kiosk.domain.health import Component, Health
from kiosk.domain.offline import OfflinePolicy
from kiosk.log import LogEvent
from kiosk.store.ledger import LedgerIdentity
from kiosk.store.store import Store
from kiosk.work.gate import Gate
from kiosk.work.health_board import HealthBoard
from kiosk.work.store_state import StoreState
from kiosk.work.vitals import Vitals

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.keys import KioskKeys
    from kiosk.front import Front
    from kiosk.settings import Settings

_ALWAYS_FITTED = (
    Component.ID_READER,
    Component.PAGE_PRINTER,
    Component.STORE,
    Component.NUMBERS,
    Component.LEDGER,
    Component.OUTBOX,
    Component.LINE,
    Component.SCREEN,
    Component.CLOCK,
    Component.DISK,
    Component.MEMORY,
    Component.TEMPERATURE,
)


class Inside:
    """What all workers share."""

    def __init__(self, settings: Settings, front: Front, keys: KioskKeys) -> None:
        self.settings = settings
        self.front = front
        self.log = front.process.log
        self.post = front.process.mailbox.post
        self.clock = front.clock
        self.may_begin = Gate()
        self.health = HealthBoard(fitted(settings), self.clock.now, self.post, self.log)
        self.vitals = Vitals()
        self.store_state = StoreState(self.post, self.log, self.health.tell)
        ledger = LedgerIdentity(keys.kiosk, keys.signing_key, keys.receipt_public_key)
        self.store = Store(settings.kiosk.state_dir, self.clock.moment, self._report_damage, ledger=ledger)
        self.register = self.store.register(keys.register_key) if settings.offline.register else None
        self.policy = OfflinePolicy(
            timedelta(hours=settings.offline.synchronised_within_hours),
            timedelta(days=settings.offline.checked_within_days),
        )
        self.platform = PlatformClient(
            settings.platform.url,
            keys.kiosk,
            keys.secret,
            keys.lookup_key,
            keys.receipt_public_key,
            on_server_time=self.clock.heard,
        )
        self.chance: Callable[[], float] = random.SystemRandom().random

    def line_is_up(self) -> bool:
        """Whether the platform answered when it was asked last."""
        return self.health.health_of(Component.LINE) is Health.GOOD

    def _report_damage(self) -> None:
        self.log.error(LogEvent.STORE_MOVED_ASIDE, code=StoreCode.DAMAGED)
        self.store_state.failed(StoreCode.DAMAGED)


def fitted(settings: Settings) -> tuple[Component, ...]:
    """The components that this kiosk has."""
    optional = {
        Component.SOCIAL_READER: settings.social_reader.address,
        Component.STANDBY_PRINTER: settings.printer.standby,
        Component.RECEIPT_PRINTER: settings.receipt_printer.address,
        Component.SCANNER: settings.scanner.address,
        Component.REGISTER: settings.offline.register,
        Component.UPS: settings.box.ups,
        Component.BOARD: settings.box.board,
    }
    return (*_ALWAYS_FITTED, *(component for component, there in optional.items() if there))
