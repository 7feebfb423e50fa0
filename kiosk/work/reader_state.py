"""Whether a reader works: told to the board at once, to the flow once, and to nobody in the wrong moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.device_health import judge_reader
from kiosk.domain.health import Component
from kiosk.domain.health_rules import GOOD
from kiosk.flow.events import ReaderFailed, ReaderRecovered
from kiosk.log import LogEvent

if TYPE_CHECKING:
    from devices.contract import DeviceCode, DeviceFault, ReaderReady
    from kiosk.work.reader_tools import ReaderTools


class ReaderState:
    """What one reader's worker knows of its reader."""

    def __init__(self, tools: ReaderTools) -> None:
        self._tools = tools
        self._good = GOOD
        self._failure: DeviceCode | None = None
        self._flow_knows = False

    @property
    def is_principal(self) -> bool:
        """Whether the kiosk rests on this reader; the flow hears of no other's faults."""
        return self._tools.component is Component.ID_READER

    @property
    def has_failed(self) -> bool:
        """Whether it is at fault now."""
        return self._failure is not None

    def opened(self, ready: ReaderReady) -> None:
        """It answered, with its serial number."""
        self._good = judge_reader(ready)
        self._tools.log.info(LogEvent.READER_READY, serial=ready.serial, baud=ready.baud)
        self._failure = None
        self.worked()
        self.pass_on()

    def worked(self) -> None:
        """It did as it should."""
        self._tools.tell(self._tools.component, self._good)

    def failed(self, fault: DeviceFault) -> None:
        """It is at fault."""
        self._tools.tell(self._tools.component, judge_reader(fault))
        if self._failure is None:
            self._failure = fault.code
            self._tools.log.error(LogEvent.READER_FAILED, code=fault.code, detail=fault.detail)
        self.pass_on()

    def pass_on(self) -> None:
        """Tell the flow what it does not know yet, but not into the session of the other reader's card."""
        is_news = self._flow_knows != self.has_failed
        if not is_news or not self.is_principal or self._tools.turn.is_with_other(self._tools.component):
            return
        self._flow_knows = self.has_failed
        self._tools.post(ReaderFailed(self._failure) if self._failure else ReaderRecovered())
