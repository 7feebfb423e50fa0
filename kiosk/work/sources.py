"""Where the figures of heartbeats and /metrics come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.condition import Condition, Signs
from kiosk.work.vitals import Vital

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from devices.contract import MachineReading, Supply, UpsReading
    from kiosk.domain.condition import StoreFigures
    from kiosk.domain.issuance import Moment
    from kiosk.work.frames import Frames
    from kiosk.work.health_board import HealthBoard
    from kiosk.work.vitals import Vitals


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them; none of these calls waits for a device or for the store."""

    board: HealthBoard
    vitals: Vitals
    frames: Frames
    moment: Callable[[], Moment]
    clock_offset: Callable[[], timedelta | None]
    store: Callable[[], StoreFigures | None]
    machine: Callable[[], MachineReading | None]
    ups: Callable[[], UpsReading | None]
    supplies: Callable[[], tuple[Supply, ...]]

    def condition(self) -> Condition:
        """How the kiosk is now."""
        self.board.expire()
        age_s = self.vitals.age_s
        return Condition(
            moment=self.moment(),
            up_s=self.vitals.up_s(),
            board=self.board.board(),
            offset=self.clock_offset(),
            signs=Signs(
                card_s=age_s(Vital.CARD_READ),
                print_s=age_s(Vital.PRINT),
                delivery_s=age_s(Vital.DELIVERY),
                register_s=age_s(Vital.REGISTER_SYNC),
                frame_s=self.frames.painted_age_s(),
                heartbeat_s=age_s(Vital.HEARTBEAT),
            ),
            counts={vital.value: self.vitals.count(vital) for vital in Vital},
            store=self.store(),
            machine=self.machine(),
            ups=self.ups(),
            supplies=self.supplies(),
        )
