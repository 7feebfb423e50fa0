"""A platform with invented households, and a kiosk that is enrolled there: made once, used often."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tools.desk.program import ROOT, Command, Program
from tools.desk.settings_file import CARD_COST, COMMUNITY, KIOSK_ID

if TYPE_CHECKING:
    from pathlib import Path

ALL_HOUSEHOLDS = 23_480
# More would let the first start wait for minutes; the platform derives them while a kiosk follows.
DERIVED_AT_ONCE = 1000
PREPARE_PATIENCE = timedelta(minutes=15)  # some 160 s of one processor for a whole street's register

# Whatever changes here may change the tables or the keys, so that an older data set would not fit.
_SOURCES = ("backend", "backend_client")


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where a prepared platform lies: its state, the keys of one kiosk, the invented persons' cards."""

    directory: Path
    households: int = ALL_HOUSEHOLDS

    @property
    def state(self) -> Path:
        """The platform's own files."""
        return self.directory / "state"

    @property
    def keys(self) -> Path:
        """What the kiosk was given when it was enrolled."""
        return self.directory / "keys"

    @property
    def cards(self) -> Path:
        """One TOML file for each card of the stories."""
        return self.directory / "cards"

    @property
    def is_fresh(self) -> bool:
        """Whether it was made whole, by the present code."""
        stamp = self._stamp_path
        return stamp.is_file() and stamp.read_text(encoding="utf-8") == self._stamp()

    def prepare(self) -> None:
        """Make it anew unless it is fresh. Raises ProgramError."""
        if self.is_fresh:
            return
        shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(parents=True)
        households = ("--households", str(self.households), "--cards", str(self.cards))
        cost = ("--card-cost", str(CARD_COST)) if self.households <= DERIVED_AT_ONCE else ()
        self._run("demo-data", "--state", str(self.state), *households, *cost)
        out = ("--out", str(self.keys), KIOSK_ID, "--community", COMMUNITY)
        self._run("enrol", "--state", str(self.state), *out)
        self._stamp_path.write_text(self._stamp(), encoding="utf-8")

    def copy_to(self, directory: Path) -> Dataset:
        """A copy of its own for somebody who writes to it; no platform may be using this one."""
        shutil.copytree(self.directory, directory)
        return Dataset(directory, self.households)

    @property
    def _stamp_path(self) -> Path:
        return self.directory / "made-by"

    def _stamp(self) -> str:
        # Ages of records count from the day of making, so that every month wants a new set.
        month = f"{datetime.now(UTC):%Y-%m}"
        digest = hashlib.sha256(f"{self.households} {CARD_COST} {month}".encode())
        for source in sorted(path for folder in _SOURCES for path in (ROOT / folder).rglob("*.py")):
            digest.update(source.read_bytes())
        return digest.hexdigest()

    def _run(self, *words: str) -> None:
        log = self.directory / f"{words[0]}.log"
        Program(Command(words[0], ("backend", *words), log)).finish(PREPARE_PATIENCE)
