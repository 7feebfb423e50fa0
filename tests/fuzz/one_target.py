"""`python -m tests.fuzz.one_target NAME RUNS SEED`: one parser under the coverage-guided fuzzer.

The exit status is 0 where every input was parsed or refused within 10 ms of processor time.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from tests.fuzz.target import Target

SLOWEST_S = 0.010
_SECOND_LOOKS = 5  # a slow input is one that is slow each time


class TooSlowError(Exception):
    """An input took more than 10 ms."""


def main(arguments: list[str]) -> None:
    """Fuzz; the library ends the process itself."""
    name, runs, seed = arguments
    with atheris.instrument_imports(include=["devices"]):
        targets = importlib.import_module("tests.fuzz.targets")
    target: Target = targets.TARGETS[name]

    def feed(data: bytes) -> None:
        if _took_s(target, data) > SLOWEST_S:
            again = min(_took_s(target, data) for _ in range(_SECOND_LOOKS))
            if again > SLOWEST_S:
                raise TooSlowError(f"{len(data)} bytes took {again * 1000:.1f} ms")

    with tempfile.TemporaryDirectory() as corpus:
        for place, data in enumerate(target.seeds + target.hostile):
            Path(corpus, f"seed-{place}").write_bytes(data)
        words = [f"-runs={runs}", f"-seed={seed}", f"-max_len={target.longest}", "-rss_limit_mb=1024"]
        artifacts = f"-artifact_prefix={corpus}/"
        atheris.Setup(
            [sys.argv[0], *words, "-timeout=5", "-verbosity=0", "-print_final_stats=1", artifacts, corpus],
            feed,
        )
        atheris.Fuzz()


def _took_s(target: Target, data: bytes) -> float:
    began = time.thread_time()
    target.feed(data)
    return time.thread_time() - began


if __name__ == "__main__":
    main(sys.argv[1:])
