from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from printer_templates.contract import Residing
from printer_templates.specimen import specimen
from printer_templates.wording import lasting, word

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker


def test_the_paper_says_all_that_a_certificate_must_say(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(specimen()).pdf)

    assert facts.text == (
        "居住证明编号：610525001003-JZ-2026-000123-4"
        "经核对本社区入户登记信息，现将下列居民的居住情况证明如下："
        "申请人王样本性别女"
        "公民身份号码610590199003070028"
        "现住址澄城县城关街道乐楼社区九路新村12号楼2单元1501室标准地址编码610525001003000012"
        "居住方式租住（房屋所有人李××，租期2025年3月1日至2027年8月31日）"
        "居住登记日期2025年3月5日，截至出具日连续登记居住1年8个月"
        "依据本社区入户登记信息，最近核实2026年10月12日（第07网格）"
        "用途子女入学（仅限本用途）"
        "提交单位"
        "有效期自出具之日起30日（至2026年12月22日）"
        "说明：本证明只反映社区登记的居住情况，不证明身份、亲属、婚姻、产权等事项。"
        "真伪以扫码核验结果为准；需要盖章的，请到社区服务台。"
        "澄城县城关街道乐楼社区居民委员会2026年11月22日09:41（印章区）"
        "扫码或致电0913-0000103核验校验码8F2K-71QD"
        "设备CG-KSK-03第1份/共1份"
    )


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2025, 3, 5), date(2026, 11, 22), "1 年 8 个月"),
        (date(2025, 3, 5), date(2026, 3, 5), "1 年"),
        (date(2025, 3, 5), date(2026, 3, 4), "11 个月"),
        (date(2026, 10, 23), date(2026, 11, 22), "不满 1 个月"),
        (date(2026, 10, 22), date(2026, 11, 22), "1 个月"),
        (date(2024, 2, 29), date(2025, 2, 28), "11 个月"),
        (date(2026, 11, 23), date(2026, 11, 22), "不满 1 个月"),
    ],
)
def test_only_full_years_and_months_count(since: date, until: date, said: str) -> None:
    assert lasting(since, until) == said


@pytest.mark.parametrize(
    ("residing", "landlord", "period", "said"),
    [
        (Residing.OWN, "", (None, None), "自有"),
        (
            Residing.RENTED,
            "李××",
            (date(2025, 3, 1), None),
            "租住（房屋所有人 李××，租期自 2025年3月1日 起）",
        ),
        (Residing.RENTED, "", (None, date(2027, 8, 31)), "租住（租期至 2027年8月31日）"),
        (Residing.BORROWED, "李××", (None, None), "借住（房屋所有人 李××）"),
        (
            Residing.DORMITORY,
            "",
            (date(2025, 3, 1), date(2026, 8, 31)),
            "单位宿舍（居住期 2025年3月1日至2026年8月31日）",
        ),
        (Residing.COLLECTIVE, "", (None, None), "集体户"),
    ],
)
def test_the_way_of_residing_names_owner_and_period_where_they_are_known(
    residing: Residing, landlord: str, period: tuple[date | None, date | None], said: str
) -> None:
    certificate = replace(
        specimen(), residing=residing, landlord=landlord, period_from=period[0], period_until=period[1]
    )

    assert "".join(word(certificate).residing) == said


def test_the_time_of_issue_is_chinese_time() -> None:
    certificate = replace(specimen(), issued_at=datetime(2026, 11, 21, 16, 30, tzinfo=UTC))

    wording = word(certificate)

    assert wording.issued == "2026年11月22日 00:30"
    assert wording.validity == "自出具之日起 30 日（至 2026年12月22日）"


def test_a_certificate_of_one_day_says_so() -> None:
    certificate = replace(specimen(), valid_until=date(2026, 11, 22))

    assert word(certificate).validity == "仅出具当日有效（2026年11月22日）"


def test_wording_shows_no_person_in_its_repr() -> None:
    shown = repr(word(specimen()))

    assert specimen().name not in shown
    assert specimen().citizen_number not in shown
    assert specimen().address.room not in shown
