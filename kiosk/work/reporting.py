from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.bench import Bench
from kiosk.domain.sheets import readiness_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.domain.bench import BenchBook
    from kiosk.domain.health import Board
    from kiosk.domain.sheets import SheetPlace
    from kiosk.work.serials import Serials
    from printer_templates.contract import Papers, ReadinessReport, ReadinessRow

MOST_TESTS, MOST_REFILLS = 50, 10


@dataclass(frozen=True, slots=True)
class Reporter:
    """What a technician sees and leaves behind, put together from board, bench, serials and versions.

    Any thread may call it. `versions` are pairs of a program's name and its version.
    """

    place: SheetPlace
    papers: Papers
    board: Callable[[], Board]
    book: BenchBook
    serials: Serials
    versions: tuple[tuple[str, str], ...]
    now: Callable[[], datetime]

    def bench(self) -> Bench:
        """Tests, refills, counters, serials, versions. Raises StoreError."""
        self.serials.hear_board(self.board())
        return Bench(
            tests=self.book.tests(MOST_TESTS),
            refills=self.book.refills(MOST_REFILLS),
            count=self.book.count(),
            serials=self.serials.told(),
            versions=self.versions,
        )

    def report(self, made_by: str) -> ReadinessReport:
        """The readiness report. Raises StoreError."""
        report = readiness_report(self.place, self.board(), self.bench(), made_by, self.now())
        sections = tuple(
            replace(section, rows=tuple(self._printable(row) for row in section.rows))
            for section in report.sections
        )
        return replace(report, sections=sections)

    def pdf(self, made_by: str) -> bytes:
        """The same as A4. Raises StoreError, PaperError."""
        return self.papers.render(self.report(made_by)).pdf

    def _printable(self, row: ReadinessRow) -> ReadinessRow:
        """A device may say anything of itself: what no font has is shown as the code of the character."""
        missing = {chr(int(each.removeprefix("U+"), 16)) for each in self.papers.missing_glyphs(row.facts)}
        if not missing:
            return row
        facts = "".join(f"<{ord(each):04X}>" if each in missing else each for each in row.facts)
        return replace(row, facts=facts)
