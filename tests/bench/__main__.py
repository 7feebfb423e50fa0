"""`python -m tests.bench`: measure the figures on the real programs, print a table, write var/bench.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import touch_latency
from tests.bench.doctor import measure_doctor
from tests.bench.drain import measure_drain
from tests.bench.enqueue import measure_enqueue
from tests.bench.figures import Figure, percentiles, table
from tests.bench.health import measure_health
from tests.bench.new_scene import measure_new_scene
from tests.bench.offline import measure_offline
from tests.bench.papers import measure_papers
from tests.bench.parsers import measure_parsers
from tests.bench.receipts import measure_receipts
from tests.bench.recovery import measure_recovery
from tests.bench.rig import running_rig
from tests.bench.sessions import run_sessions
from tests.bench.side_by_side import measure_side_by_side
from tests.bench.social_card import measure_social_card
from tests.bench.standing import measure_idle, measure_memory, measure_start
from tests.bench.typing import KEYS, measure_typing
from tests.bench.verification import measure_verification
from tools.desk.dataset import Dataset
from tools.desk.program import ROOT

TOUCHES = 250
NEW_SCENES = 200
PAPERS = 200
RECEIPTS = 60
SOCIAL_CARDS = 33
SETTLED_PAPERS = 2000
OWED_RECORDS = 45_000
LEDGER_ENTRIES = 1_000_000
REGISTERED_PERSONS = 70_000
OFFLINE_LOOKUPS = 60
SCREEN_STARTS = 7
DOCTORS = 5
BUSY_LOAD = 1.0


def main() -> int:
    """Measure everything; exit status 0 whether or not the goals are met, for machines differ."""
    arguments = _parser().parse_args()
    _warn_if_busy()
    figures = [figure for part in arguments.only or PARTS for figure in PARTS[part](arguments)]
    _tell(table(figures))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=1)
    arguments.out.write_text(content + "\n", encoding="utf-8")
    _tell(f"\nwritten to {arguments.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given again")
    parser.add_argument("--sessions", type=int, default=30, help="whole sessions, from card to paper")
    parser.add_argument("--idle-seconds", type=float, default=20.0, help="how long to watch the idle kiosk")
    parser.add_argument("--starts", type=int, default=5, help="how often core and screen are started")
    parser.add_argument("--kills", type=int, default=30, help="how often the core is killed")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "bench.json")
    return parser


def _warn_if_busy() -> None:
    load = os.getloadavg()[0]
    if load > BUSY_LOAD:
        _tell(f"this machine is busy (load {load:.1f}): the figures will be worse than they are")


def _measure_screen(_arguments: argparse.Namespace) -> list[Figure]:
    """The screen alone, with a core that the measurement plays; then beside its rivals."""
    _tell("measuring touches and starts of the screen ...")
    touches = touch_latency.measure(TOUCHES)
    starts = touch_latency.measure_start(SCREEN_STARTS)
    return [
        *percentiles("touch to first changed pixel", "ms", touches, {50: "<= 2", 95: "", 99: "<= 5"}),
        *percentiles("start of the screen to its first page", "ms", starts, {50: "<= 400"}),
        *measure_typing(KEYS),
        *measure_side_by_side(),
    ]


def _measure_devices(_arguments: argparse.Namespace) -> list[Figure]:
    """Papers and parsers, without a kiosk around them."""
    _tell("measuring papers, a social security card and the parsers ...")
    return [
        *measure_papers(PAPERS),
        *measure_receipts(RECEIPTS),
        *measure_social_card(SOCIAL_CARDS),
        *measure_parsers(),
    ]


def _measure_store(_arguments: argparse.Namespace) -> list[Figure]:
    """The store alone, and the store with a platform that was out of reach for 30 days."""
    _tell("measuring the store, and the delivery of what 30 days without a line left ...")
    return [
        *measure_enqueue(SETTLED_PAPERS),
        *measure_drain(OWED_RECORDS),
        *measure_offline(REGISTERED_PERSONS, OFFLINE_LOOKUPS),
        *measure_verification(LEDGER_ENTRIES),
    ]


def _measure_appliance(arguments: argparse.Namespace) -> list[Figure]:
    """Core and screen together, with the platform of all households and the simulators."""
    dataset = Dataset(ROOT / "var" / "platform")
    dataset.prepare()
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        directory = Path(name)
        own = dataset.copy_to(directory / "platform")  # a desk may be using the other
        with running_rig(directory / "rig", own) as rig:
            # First, so that all else is measured on a kiosk that has its database already.
            starts = measure_start(rig, arguments.starts)
            _tell(f"watching the idle kiosk for {arguments.idle_seconds:g} s ...")
            idle = measure_idle(rig, arguments.idle_seconds)
            _tell(f"{NEW_SCENES} touches that bring another page ...")
            scenes = measure_new_scene(rig, NEW_SCENES)
            _tell(f"{arguments.sessions} sessions from card to paper ...")
            account = run_sessions(rig, arguments.sessions)
            memory = measure_memory(rig)
            _tell("breaking printer and reader, and waiting for board and platform ...")
            health = measure_health(rig.appliance)
            _tell(f"killing the core {arguments.kills} times ...")
            recoveries = measure_recovery(rig, arguments.kills)
        _tell(f"{3 * DOCTORS} calls of the doctor ...")
        doctor = measure_doctor(directory / "doctor", dataset.copy_to(directory / "another"), DOCTORS)
    return [*account.figures(), *idle, *scenes, *memory, *starts, *health, *recoveries, *doctor]


PARTS = {
    "screen": _measure_screen,
    "devices": _measure_devices,
    "store": _measure_store,
    "appliance": _measure_appliance,
}


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
