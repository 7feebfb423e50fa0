"""How long the driver waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

PAPER_PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Timings:
    """Waiting times of the page printer's driver; every one of them also ends at the call's deadline."""

    connect: timedelta = timedelta(seconds=2)
    answer: timedelta = timedelta(seconds=5)  # to a query
    document: timedelta = timedelta(seconds=30)  # small printers read a document as slowly as they draw it
    link: timedelta = timedelta(seconds=20)  # without any answer while a job runs
    fault: timedelta = timedelta(seconds=30)  # a jam, an open cover and the like, before the job is cancelled
    closing: timedelta = timedelta(seconds=5)  # for a cancelled job to come to its end
