"""How many good inputs a second each parser takes, without the fuzzer's eyes on it."""

from __future__ import annotations

import time

from tests.bench.figures import Figure
from tests.fuzz.targets import TARGETS

ROUND_S = 0.5
GOAL = ">= 50000"


def measure_parsers() -> list[Figure]:
    """One figure for each parser: inputs a second, over the good inputs that its fuzzing begins from."""
    return [_measure(name) for name in TARGETS]


def _measure(name: str) -> Figure:
    target, done = TARGETS[name], 0
    began = time.perf_counter()
    while time.perf_counter() - began < ROUND_S:
        for data in target.seeds:
            target.feed(data)
        done += len(target.seeds) * target.parts
    elapsed = time.perf_counter() - began
    return Figure(f"parser of {name}", done / elapsed, "1/s", done, GOAL)
