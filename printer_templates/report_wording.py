"""What a readiness report (设备检测报告) says, word for word. No place, no size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.wording import day, local

if TYPE_CHECKING:
    from printer_templates.contract import ReadinessReport

TITLE = "设备检测报告"
COLUMNS = ("项目", "", "结果", "代码", "情况")
SIGNATURES = ("检测人签字：", "社区签收：")
# A sign and a word each, so that no colour is needed.
MARKS = {"good": ("√", "正常"), "bad": ("×", "异常"), "unknown": ("？", "不明")}
_CONCLUSIONS = {
    True: ("√", "可以投入使用"),
    False: ("×", "有故障，不能投入使用"),
    None: ("？", "部分情况不明"),
}
_ADVICE = {
    True: "各项检测均正常。",
    False: "请按代码查阅维护手册，排除故障后重新检测。",
    None: "不明的项目须先查明，再投入使用。",
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line: what, how it is as sign and word, its code, and what else is known."""

    name: str
    sign: str
    word: str
    code: str
    facts: str


@dataclass(frozen=True, slots=True)
class ReportWording:
    """Every text of a report."""

    facts: tuple[tuple[str, str], ...]  # label and value
    sign: str
    conclusion: str
    advice: str
    counts: str
    sections: tuple[tuple[str, tuple[ReportRow, ...]], ...]
    kiosk: str

    def texts(self) -> tuple[str, ...]:
        """All of it, for the check of glyphs."""
        rows = (
            text
            for heading, rows in self.sections
            for text in (heading, *(t for r in rows for t in (r.name, r.sign, r.word, r.code, r.facts)))
        )
        facts = (text for pair in self.facts for text in pair)
        fixed = (TITLE, *COLUMNS, *SIGNATURES, self.sign, self.conclusion, self.advice, self.counts)
        return (*fixed, *facts, *rows, self.kiosk)


def word_report(report: ReadinessReport) -> ReportWording:
    """Put a report into words; a state that is none of the three is unknown."""
    made = local(report.made_at)
    sections = tuple(
        (
            section.heading,
            tuple(ReportRow(row.name, *_mark(row.state), row.code, row.facts) for row in section.rows),
        )
        for section in report.sections
    )
    sign, conclusion = _CONCLUSIONS[report.is_ready]
    return ReportWording(
        facts=(
            ("服务点", report.place),
            ("设备", report.kiosk),
            ("检测时间", f"{day(made)} {made:%H:%M}"),
            ("检测人", report.made_by),
        ),
        sign=sign,
        conclusion=conclusion,
        advice=_ADVICE[report.is_ready],
        counts=_counts([row.word for _, rows in sections for row in rows]),
        sections=sections,
        kiosk=f"设备 {report.kiosk}",
    )


def page_of(number: int, pages: int) -> str:
    """Which page it is; the first is 1."""
    return f"第 {number} 页 / 共 {pages} 页"


def _mark(state: str) -> tuple[str, str]:
    return MARKS.get(state, MARKS["unknown"])


def _counts(words: list[str]) -> str:
    return "，".join(f"{word} {words.count(word)} 项" for _, word in MARKS.values()) + "。"
