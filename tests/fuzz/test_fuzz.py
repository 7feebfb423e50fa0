"""No input makes a parser crash, hang, or think for more than 10 ms."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS
from tests.torture.sabotage import ROOT, sabotaged

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20_261_123
_DONE = re.compile(r"number_of_executed_units: (\d+)")


def fuzz(name: str, runs: int, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The fuzzer on one parser, in a process of its own."""
    command = [sys.executable, "-m", "tests.fuzz.one_target", name, str(runs), str(SEED)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def assert_clean(name: str, runs: int) -> None:
    fuzzed = fuzz(name, runs)

    assert fuzzed.returncode == 0, fuzzed.stdout[-2000:] + fuzzed.stderr[-2000:]
    done = _DONE.search(fuzzed.stderr)
    assert done is not None
    assert int(done[1]) >= runs
    sys.stdout.write(f"\nfuzz: {int(done[1]):,} inputs of {name}; 0 crashes, 0 hangs, 0 over 10 ms\n")


@pytest.mark.parametrize("name", TARGETS)
def test_a_hundred_thousand_inputs(name: str) -> None:
    assert_clean(name, 100_000)


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_ten_million_inputs(name: str) -> None:
    assert_clean(name, 10_000_000)


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A good input with a few of the faults that a line has: cut, doubled, flipped, filled with rubbish."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 40)))
        match draw(st.sampled_from(["cut", "double", "flip", "rubbish"])):
            case "cut":
                del data[at:until]
            case "double":
                data[at:at] = data[at:until]
            case "flip":
                data[at:until] = bytes(each ^ 0x81 for each in data[at:until])
            case _:
                data[at:until] = draw(st.binary(max_size=20))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_inputs(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=150, deadline=None)
    @given(damaged(target.seeds + target.hostile))
    def feed(data: bytes) -> None:
        target.feed(data)

    feed()


@pytest.mark.parametrize(
    ("edit", "name", "found"),
    [
        (("apdu.py", "if len(raw) < STATUS_BYTES:", "if not raw:"), "chip answers", "AssertionError"),
        (
            ("records.py", "length = data[1]\n", "length = data[1] + 0 * sum(range(2_000_000))\n"),
            "chip records",
            "TooSlowError",
        ),
    ],
)
def test_a_parser_without_its_protection_is_found_out(
    tmp_path: Path, edit: tuple[str, str, str], name: str, found: str
) -> None:
    file, protection, instead = edit

    fuzzed = fuzz(name, 5_000, sabotaged(tmp_path, f"devices/pcsc/{file}", protection, instead))

    assert fuzzed.returncode != 0
    assert found in fuzzed.stderr + fuzzed.stdout
