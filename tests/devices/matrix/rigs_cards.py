"""The two card readers, each at its simulator. A use finds a card and reads it."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from devices.contract import CardFound, CardRead, DeviceFault
from devices.idcard.driver import SerialIdCardReader
from devices.pcsc.driver import PcscCardReader
from devices.simulators.idcard.faults import ONLY_AT, FaultName
from devices.simulators.idcard.reader import DISCONNECTS, Manners, ReaderSimulator
from devices.simulators.pcsc.faults import FaultName as ChipFault
from devices.simulators.pcsc.faults import Moment as ChipMoment
from devices.simulators.pcsc.line import PORT
from devices.simulators.pcsc.slot import Manners as ChipManners
from devices.simulators.pcsc.slot import Slot
from tests.devices.idcard.cards import OTHER, RESIDENT
from tests.devices.matrix.rigs import LASTING, Clock, Used, has_struck
from tests.devices.matrix.rows import Moment
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.use import until_empty, until_noticed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The reader's faults of one card strike where they belong, those of the line at the last command of a read.
_LAST = "address"
_AT_READ = "read"
# Slow within what the drivers wait for, also on a busy machine; late is later than the deadline.
_MANNERS = Manners(slow_s=0.1, gone_s=0.3)
_CHIP_MANNERS = ChipManners(slow_s=0.03, late_s=1.0)


class IdCardRig:
    """Lays one of two cards down, in turn."""

    _ABSENCES = 2  # until the driver believes that the last card is gone

    def __init__(self, folder: Path, lane: int) -> None:
        del lane
        self._link = folder / "idcard"
        self._simulator = ReaderSimulator(self._link, _MANNERS)
        self._simulator.start()
        self._driver = SerialIdCardReader(self._simulator.address)
        self._cards = cycle((RESIDENT, OTHER))
        self._card = OTHER

    def make_ready(self) -> None:
        """The last card was lifted, and the next one lies there."""
        self._simulator.lift()
        for _ in range(self._ABSENCES):
            if isinstance(Clock().call(self._driver.find), DeviceFault):
                break
        self._card = next(self._cards)
        self._simulator.lay(self._card)

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """Between finding and reading is midway."""
        clock = Clock()
        found = clock.call(self._driver.find)
        if not isinstance(found, CardFound):
            return Used(found, clock.late_s)
        if midway is not None:
            midway()
        outcome = clock.call(self._driver.read)
        is_true = not isinstance(outcome, CardRead) or outcome.identity.number == self._card.number
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        fault = FaultName(name)
        at = None
        if moment is Moment.DURING:
            at = _AT_READ if fault in ONLY_AT else _LAST
        self._simulator.fault(fault, 1 if fault in DISCONNECTS else LASTING, at)

    def is_met(self) -> bool:
        return has_struck(self._simulator._faults._pending)

    def clear(self) -> None:
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return isinstance(used.outcome, CardRead)

    def node(self) -> str:
        return str(self._link.readlink())

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()


class PcscRig:
    """One card stays in the slot; to a driver that closed and opened again it is a new one."""

    def __init__(self, folder: Path, lane: int) -> None:
        """One lane for each slot of the service's virtual reader."""
        del folder
        self._slot = Slot(_CHIP_MANNERS, PORT + lane)
        self._driver = PcscCardReader(f"pcsc:///?reader=00%200{lane}")
        until_empty(self._driver)  # of the card of a rig before this one
        self._slot.lay(HOLDER)
        until_noticed(self._driver)
        self._is_pulled = False

    def make_ready(self) -> None:
        """The card lies there, and nobody has read it; so the line is opened anew at each moment."""
        self._driver.close()

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """Between finding and reading is midway."""
        clock = Clock()
        found = clock.call(self._driver.find)
        if not isinstance(found, CardFound):
            return Used(found, clock.late_s)
        if midway is not None:
            midway()
        outcome = clock.call(self._driver.read)
        is_true = not isinstance(outcome, CardRead) or outcome.identity.number == HOLDER.number
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        fault = ChipFault(name)
        self._is_pulled = fault is ChipFault.TAKEN_AWAY
        self._slot.fault(fault, LASTING, ChipMoment.READ if moment is Moment.DURING else None)

    def is_met(self) -> bool:
        return has_struck(self._slot._faults._pending)

    def clear(self) -> None:
        """The faults end, and a card that was pulled is laid in again."""
        self._slot.clear()
        if self._is_pulled:
            self._is_pulled = False
            self._slot.lay(HOLDER)

    def is_well(self, used: Used) -> bool:
        return isinstance(used.outcome, CardRead)

    def node(self) -> str:
        return ""

    def close(self) -> None:
        self._slot.clear()  # else closing would wait for a card that is silent
        self._driver.close()
        self._slot.close()
