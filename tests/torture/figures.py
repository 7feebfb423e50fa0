"""One line of figures for each harness, and whether it found anything wrong."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """What a harness did, in numbers, and every fault that it found."""

    title: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """`power cuts: 300 cuts, ... ; 0 lost, 0 twice, 0 half, 0 corrupt`."""
        done = ", ".join(f"{count:,} {what}" for what, count in self.counts.items())
        kinds = Counter(fault.split(":", maxsplit=1)[0] for fault in self.faults)
        wrong = ", ".join(
            f"{kinds.pop(kind, 0)} {kind}" for kind in ("lost", "twice", "half", "corrupt", "mixed")
        )
        others = "".join(f", {count} {kind}" for kind, count in kinds.items())
        return f"{self.title}: {done}; {wrong}{others}"

    def say(self) -> int:
        """Print the line; the exit status of a harness: 0 = nothing wrong."""
        sys.stdout.write(f"\n{self}\n")
        for fault, count in Counter(self.faults).most_common(10):
            sys.stdout.write(f"  {count} x {fault}\n")
        sys.stdout.write(f"{self}\n" if self.faults else "")
        return 1 if self.faults else 0
