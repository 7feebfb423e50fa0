"""The service that comes and goes: five different outcomes, and recovery without a restart of ours."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from devices.contract import CardRejected, DeviceCode, DeviceFault, NoNewCard, ReaderReady
from devices.pcsc.driver import PcscCardReader
from devices.pcsc.session import SOCKET
from devices.simulators.pcsc.faults import FaultName, Moment
from tests.devices.idcard.use import AMPLE, in_time, poll
from tests.devices.pcsc.cards import BANK, HOLDER
from tests.devices.pcsc.use import PATIENCE_S, assert_reads, until_empty, until_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from devices.simulators.pcsc.slot import Slot
    from tests.devices.pcsc.daemon import PcscDaemon

pytestmark = pytest.mark.xdist_group("pcscd")

NOBODY = 65534
# Loads everything while it may, then becomes nobody.
STATUS_AS_NOBODY = f"""
import os, datetime
from devices.pcsc.driver import PcscCardReader
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
print(PcscCardReader("pcsc:///").status(datetime.timedelta(seconds=8)))
"""


@pytest.fixture
def restored(pcscd: PcscDaemon) -> Iterator[PcscDaemon]:
    """The service, which a test may stop; it runs again afterwards."""
    yield pcscd
    pcscd.stop()
    pcscd.start()


def code_of(outcome: object) -> DeviceCode | None:
    return outcome.code if isinstance(outcome, DeviceFault | CardRejected) else None


def test_no_service_no_reader_no_card_and_another_card_are_different_outcomes(
    reader: PcscCardReader, slot: Slot, restored: PcscDaemon, tmp_path: Path
) -> None:
    """The fifth, no permission, is shown below."""
    no_card = poll(reader)
    slot.lay(BANK)
    other_card = until_outcome(reader)
    restored.stop()
    no_service = poll(reader)
    restored.start(tmp_path)  # a folder of readers in which there is none
    no_reader = poll(reader)

    assert no_card == NoNewCard()
    assert code_of(other_card) is DeviceCode.SOCIAL_NOT_THIS_CARD
    assert code_of(no_service) is DeviceCode.SOCIAL_SERVICE_DOWN
    assert code_of(no_reader) is DeviceCode.SOCIAL_NO_READER


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody")
def test_a_user_whom_the_service_does_not_let_in_is_told_so(pcscd: PcscDaemon) -> None:
    """Pcscd of Debian 12 is built without polkit: its socket decides."""

    def status() -> str:
        command = [sys.executable, "-c", STATUS_AS_NOBODY]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
        return done.stdout

    let_in = status()
    os.chmod(SOCKET, 0o600)  # noqa: PTH101 - a socket, not a file of ours
    kept_out = status()
    os.chmod(SOCKET, 0o666)  # noqa: PTH101, S103 - as pcscd makes it

    assert "ReaderReady" in let_in
    assert DeviceCode.SOCIAL_NO_PERMISSION in kept_out


def test_a_reader_that_is_not_meant_is_no_reader(pcscd: PcscDaemon) -> None:
    reader = PcscCardReader("pcsc:///?reader=ACR39U")

    status = in_time(reader.status, AMPLE)

    reader.close()
    assert code_of(status) is DeviceCode.SOCIAL_NO_READER


def test_after_a_restart_of_the_service_the_old_context_is_dead_and_the_first_call_works(
    reader: PcscCardReader, slot: Slot, pcscd: PcscDaemon
) -> None:
    slot.lift()  # a card swapped under a service that has just come back may be met half out
    until_empty(reader)
    slot.lay(HOLDER)
    assert_reads(reader, HOLDER)
    pcscd.kill()
    down = [in_time(reader.find, AMPLE) for _ in range(2)]
    pcscd.start()

    status = in_time(reader.status, AMPLE)

    assert [code_of(one) for one in down] == [DeviceCode.SOCIAL_SERVICE_DOWN] * 2
    assert isinstance(status, ReaderReady)
    assert_reads(reader, HOLDER)


def test_a_service_restarted_between_two_calls_is_not_noticed(
    reader: PcscCardReader, pcscd: PcscDaemon
) -> None:
    reader.status(AMPLE)
    pcscd.kill()
    pcscd.start()

    assert isinstance(in_time(reader.status, AMPLE), ReaderReady)


def test_a_service_that_dies_in_mid_exchange_is_told_at_once(
    reader: PcscCardReader, slot: Slot, pcscd: PcscDaemon
) -> None:
    slot.lift()
    until_empty(reader)
    slot.fault(FaultName.SILENT, moment=Moment.READ)
    slot.lay(HOLDER)
    asked = len(slot.log)
    killer = threading.Thread(target=kill_once_asked, args=(pcscd, slot, asked))
    killer.start()

    outcome = until_outcome(reader)

    killer.join()
    slot.clear()
    pcscd.start()
    assert code_of(outcome) is DeviceCode.SOCIAL_SERVICE_DOWN
    assert_reads(reader, HOLDER)


def kill_once_asked(pcscd: PcscDaemon, slot: Slot, asked: int) -> None:
    """Let the service die while the card is thinking about its first record."""
    limit = time.monotonic() + PATIENCE_S
    while not any(command.startswith("00b2") for command in slot.log[asked:]) and time.monotonic() < limit:
        time.sleep(0.005)
    pcscd.kill()
