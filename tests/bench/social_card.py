"""How long a social security card takes from the moment it is laid in to the identity it gives.

The card is a program of ours in vpcd and answers at the speed of a chip at 9,600 bit/s; the service is the
real pcscd, which looks for cards each 0.44 s; the caller looks each 0.3 s, as the kiosk does.
"""

from __future__ import annotations

import time
from datetime import timedelta

from devices.contract import CardFound, CardRead, NoNewCard
from devices.pcsc.driver import PcscCardReader
from devices.simulators.pcsc.slot import Manners, Slot
from tests.bench.figures import Figure, percentiles
from tests.devices.pcsc.cards import HOLDER
from tests.devices.pcsc.daemon import the_only_daemon
from tests.devices.pcsc.use import until_empty

BAUD = 9600
LOOK_EVERY_S = 0.3
CALL = timedelta(seconds=5)
PHASES = 11  # the card is laid in at so many points between two looks


def measure_social_card(n: int) -> list[Figure]:
    """Lay a card in `n` times and read it; also the share that neither service nor card had in it."""
    whole, reading, ours = [], [], []
    with the_only_daemon():
        slot, reader = Slot(Manners(baud=BAUD)), PcscCardReader("pcsc:///")
        for turn in range(n):
            until_empty(reader)
            taps = time.perf_counter() + LOOK_EVERY_S * (turn % PHASES) / PHASES
            laid, read_s, ours_s = _tap(slot, reader, taps)
            whole.append(laid * 1000)
            reading.append(read_s * 1000)
            ours.append(ours_s * 1000)
            slot.lift()
        reader.close()
    return [
        *percentiles("social card tapped to identity", "ms", whole, {50: "<= 900", 95: ""}),
        *percentiles("social card, of which finding and reading", "ms", reading, {50: ""}),
        *percentiles("social card, of which outside the service", "ms", ours, {50: "<= 50", 95: ""}),
    ]


def _tap(slot: Slot, reader: PcscCardReader, tap_at: float) -> tuple[float, float, float]:
    """Seconds from tap to identity, in calls that met the card, and of all calls outside the service."""
    in_service_s, in_calls_s, laid = reader.service_s, 0.0, 0.0
    while True:
        looked = time.perf_counter()
        found = reader.find(CALL)
        outcome = reader.read(CALL) if isinstance(found, CardFound) else found
        done = time.perf_counter()
        in_calls_s += done - looked
        if isinstance(outcome, CardRead):
            ours_s = in_calls_s - (reader.service_s - in_service_s)
            return done - laid, done - looked, ours_s
        assert isinstance(outcome, NoNewCard), outcome
        next_look = looked + LOOK_EVERY_S
        if not laid and next_look > tap_at:
            time.sleep(max(0.0, tap_at - time.perf_counter()))
            laid = time.perf_counter()
            slot.lay(HOLDER)
        time.sleep(max(0.0, next_look - time.perf_counter()))
