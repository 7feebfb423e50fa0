"""How long an auditor's program takes for a long ledger, from its start to its one line."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    Accumulator,
    Checkpoint,
    cosigner_key,
    countersign,
    kiosk_key_name,
    leaf_hash,
    ledger_origin,
    sign_checkpoint,
    verifier_key,
    write_ledger,
)
from tests.bench.figures import Figure
from tests.ledger.books import AT, KIOSK, PLATFORM_SEED, SEED, public_key
from tools.desk.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_GOAL_S = 8
_GOAL_ENTRIES = 1_000_000


def measure_verification(entries: int) -> list[Figure]:
    """One ledger of so many entries, of which the platform has seen nine in ten; on this checkout's disk."""
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as name:
        path = Path(name) / "ledger.txt"
        _write(path, entries)
        taken_s = _verify(path)
    goal = f"<= {_GOAL_S}" if entries == _GOAL_ENTRIES else ""
    return [Figure(f"a ledger of {entries:,} entries is verified", taken_s, "s", 1, goal)]


def _verify(path: Path) -> float:
    key = verifier_key(kiosk_key_name(KIOSK), public_key(SEED))
    platform_key = cosigner_key(PLATFORM_KEY_NAME, public_key(PLATFORM_SEED))
    command = [sys.executable, "-m", "kiosk", "ledger", "verify", str(path)]
    begun = time.perf_counter()
    subprocess.run(
        [*command, "--key", key, "--platform-key", platform_key],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def _write(path: Path, entries: int) -> None:
    tree, seen = Accumulator(), max(1, entries * 9 // 10)
    anchor = ""
    for text in _texts(entries):
        tree.append(leaf_hash(text.encode()))
        if tree.size == seen:
            anchor = countersign(_note(tree), PLATFORM_KEY_NAME, PLATFORM_SEED, AT)
    with path.open("w", encoding="utf-8") as file:
        write_ledger(file, _note(tree), _texts(entries), anchor)


def _note(tree: Accumulator) -> str:
    origin = ledger_origin(KIOSK, "0123456789abcdef")
    return sign_checkpoint(Checkpoint(origin, tree.size, tree.root()), kiosk_key_name(KIOSK), SEED)


def _texts(entries: int) -> Iterator[str]:
    """As long as the entries that a kiosk writes; JSON itself would take longer than all that is measured."""
    for seq in range(entries):
        yield (
            '{"attempt":1,"boot":"5f1c2b9e-0000-4000-8000-000000000001","clock":"synced",'
            f'"issuance":"6f1c2b9e-0000-4000-8000-{seq:012d}","kind":"settled","kiosk":"{KIOSK}",'
            f'"mono_ms":{seq},"number":"610525001003-JZ-2026-{seq:07d}-2","seq":{seq},"state":"printed",'
            '"wall":"2026-11-23T06:00:00+08:00"}'
        )
