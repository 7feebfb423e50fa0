"""The check itself: a driver that breaks a rule of the matrix does not get through it."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import BoardReading, DeviceCode, DeviceFault
from tests.devices.matrix.bench import Bench
from tests.devices.matrix.check import GRACE_S, complaints, play
from tests.devices.matrix.rigs import Clock, Used
from tests.devices.matrix.rows import Cells, Moment, Row, Said
from tests.devices.matrix.table import Driver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WELL = BoardReading(door_open=False, tampered=False)
SILENT = DeviceFault(DeviceCode.BOARD_SILENT)
GARBLED = DeviceFault(DeviceCode.BOARD_GARBLED)
NO_TIME = timedelta(0)
SHORT_S = 0.05


@dataclass
class Manners:
    """How the driver behaves; as it is, it keeps every rule."""

    when_struck: object = SILENT
    lasts_s: float = 0.0  # a call that met the fault, whose deadline is at once
    is_true: bool = True
    is_well_at_first: bool = True
    recovers: bool = True
    comes_back_new: bool = True
    comes_so_far: bool = True
    meets_it: bool = True


class PretendedRig:
    """A device that is well or struck, and a driver of these manners."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._is_struck = False
        self._was_struck = False

    def make_ready(self) -> None:
        pass

    def hang_up(self) -> None:
        pass

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        if midway is not None and self._manners.comes_so_far:
            midway()
        clock = Clock()
        outcome = clock.call(self._status, NO_TIME)
        return Used(outcome, clock.late_s, self._manners.is_true)

    def fault(self, name: str, moment: Moment) -> None:
        del name, moment
        self._is_struck = self._was_struck = True

    def is_met(self) -> bool:
        return self._manners.meets_it

    def clear(self) -> None:
        self._is_struck = False

    def is_well(self, used: Used) -> bool:
        return used.outcome == WELL

    def node(self) -> str:
        return "1" if self._was_struck and self._manners.comes_back_new else "0"

    def close(self) -> None:
        pass

    def _status(self, deadline: timedelta) -> object:
        if self._is_struck:
            time.sleep(deadline.total_seconds() + self._manners.lasts_s)
            return self._manners.when_struck
        if self._was_struck:
            return WELL if self._manners.recovers else SILENT
        return WELL if self._manners.is_well_at_first else SILENT


def played(manners: Manners, moment: Moment = Moment.BEFORE) -> list[str]:
    row = Row("board", "silent", moment, (Said(DeviceFault, DeviceCode.BOARD_SILENT),), is_new_node=True)
    return complaints(row, play(PretendedRig(manners), row, SHORT_S))


@pytest.mark.parametrize("moment", Moment)
def test_a_driver_that_keeps_the_rules_is_well_spoken_of(moment: Moment) -> None:
    assert played(Manners(), moment) == []


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize(
    ("manners", "complaint"),
    [
        (Manners(when_struck=WELL), "said BoardReading, allowed: DeviceFault BRD-03"),
        (Manners(when_struck=GARBLED), "said DeviceFault BRD-04, allowed: DeviceFault BRD-03"),
        (Manners(when_struck=None), "said NoneType, allowed: DeviceFault BRD-03"),
        (Manners(recovers=False), "did not work again within 3.0 s: DeviceFault BRD-03"),
        (Manners(comes_back_new=False), "did not come back as another device node"),
        (Manners(meets_it=False), "the fault never struck"),
        (Manners(is_true=False), "told something that was never so"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_driver_that_breaks_a_rule_is_found(manners: Manners, complaint: str, moment: Moment) -> None:
    assert complaint in "; ".join(played(manners, moment))


def test_a_driver_that_ignores_its_deadline_is_found() -> None:
    (complaint,) = played(Manners(lasts_s=GRACE_S + SHORT_S))

    assert complaint.endswith("s after its deadline")


def test_a_good_call_before_the_fault_must_be_good() -> None:
    (complaint,) = played(Manners(is_well_at_first=False), Moment.AFTER)

    assert complaint == "the call before the fault said DeviceFault BRD-03"


def test_a_call_that_ends_before_its_middle_is_found() -> None:
    assert "the moment never came" in played(Manners(comes_so_far=False), Moment.DURING)


def test_an_exception_of_a_driver_comes_through(tmp_path: Path) -> None:
    class Raising(PretendedRig):
        def _status(self, deadline: timedelta) -> object:
            raise OSError(f"left a port {deadline}")

    row = Row("board", "silent", Moment.BEFORE, (Said(BoardReading),))
    driver = Driver((), {"silent": Cells((), (), ())}, lambda _folder, _lane: Raising(Manners()))
    with closing(Bench(driver, [row], tmp_path)) as bench, pytest.raises(OSError, match="left a port"):
        bench.result(row)
