"""How long the driver is patient, in seconds; tests are less so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timings:
    """Every wait of a conversation with a receipt printer."""

    connect_s: float = 2.0
    answer_s: float = 0.3  # for one byte, once the line has carried the question
    quiet_s: float = 0.3  # without a byte, then no answer to an earlier question is on its way any more
    look_s: float = 0.2  # between two looks while something is waited for
    stuck_s: float = 5.0  # no byte taken, or no answer, and no reason told
    proof_s: float = 10.0  # printing what the printer holds already takes a while
    paper_patience_s: float = 600.0  # for somebody to put paper in, or to close the cover
    closing_s: float = 1.0  # of a deadline, kept back for the last questions

    @property
    def status_s(self) -> float:
        """All four questions, and the quiet before them."""
        return self.connect_s + self.quiet_s + 4 * self.answer_s
