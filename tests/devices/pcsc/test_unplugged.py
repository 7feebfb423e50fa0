"""The USB cable of the reader is pulled and put in again while the service and the kiosk go on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from devices.pcsc.session import SOCKET_VARIABLE
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.usb_cable import UsbCable
from tests.devices.pcsc.use import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from devices.simulators.pcsc.slot import Slot

pytestmark = pytest.mark.xdist_group("pcscd")

# The service's library looks once in the life of a process where its socket is.
DRIVER = """
import collections, sys, datetime, time
from devices.pcsc.driver import PcscCardReader
from tests.devices.idcard.use import poll
from tests.devices.pcsc.use import until_outcome
Answer = collections.namedtuple("Answer", "code")
reader, ample = PcscCardReader("pcsc:///"), datetime.timedelta(seconds=8)
for line in sys.stdin:
    begun = time.monotonic()
    outcome = {
        "status": lambda: reader.status(ample),
        "poll": lambda: poll(reader, ample),
        "empty": lambda: Answer(reader.presence(ample).name),
        "read": lambda: until_outcome(reader),
    }[line.strip()]()
    print(type(outcome).__name__, getattr(outcome, "code", "-"), time.monotonic() - begun, flush=True)
"""


@contextmanager
def driver_at(path: Path) -> Iterator[Callable[[str], tuple[str, str, float]]]:
    """One driver in a process of its own, which lives through all that happens to the reader."""
    words = [sys.executable, "-c", DRIVER]
    environment = {**os.environ, SOCKET_VARIABLE: str(path)}
    with subprocess.Popen(
        words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(what: str) -> tuple[str, str, float]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(what + "\n")
            process.stdin.flush()
            kind, code, seconds = process.stdout.readline().split()
            return kind, code, float(seconds)

        yield ask
        process.kill()


def await_empty(ask: Callable[[str], tuple[str, str, float]]) -> None:
    """Until the service has noticed that no card lies there."""
    limit = time.monotonic() + PATIENCE_S
    while ask("empty")[1] != "ABSENT":
        assert time.monotonic() < limit


def test_a_reader_that_is_unplugged_is_told_and_works_again_when_it_is_back(
    slot: Slot, tmp_path: Path
) -> None:
    socket = tmp_path / "pcscd.comm"
    with closing(UsbCable(socket)) as cable, driver_at(socket) as ask:
        before = ask("status")
        cable.is_in = False
        gone = [ask("status"), ask("poll")]
        cable.is_in = True
        back = ask("status")
        slot.lay(HOLDER)
        read = ask("read")
        slot.lift()

    assert before[0] == "ReaderReady"
    assert [each[:2] for each in gone] == [("DeviceFault", "SSC-03")] * 2
    assert max(each[2] for each in gone) < 3
    assert back[0] == "ReaderReady"
    assert back[2] < 3
    assert read[0] == "CardRead"


def test_a_reader_pulled_with_a_card_in_it_reads_that_card_again_when_it_is_back(
    slot: Slot, tmp_path: Path
) -> None:
    socket = tmp_path / "pcscd.comm"
    with closing(UsbCable(socket)) as cable, driver_at(socket) as ask:
        await_empty(ask)  # the card of the test before
        slot.lay(HOLDER)
        first = ask("read")
        cable.is_in = False
        gone = ask("poll")
        cable.is_in = True
        again = ask("read")

    assert (first[0], gone[0], again[0]) == ("CardRead", "DeviceFault", "CardRead")
