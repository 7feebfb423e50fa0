"""What a paper says of itself: printed again, issued offline, and of which transaction it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from printer_templates.contract import PaperAddress
from printer_templates.specimen import slip_specimen, specimen
from printer_templates.wording import word
from tests.printer_templates.papers import RARE

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker

SESSION = "6f1c2b9e-0000-4000-8000-000000000001"
ISSUED_AT = specimen().issued_at
AGAIN = "第2次打印，之前打印的同号证明作废"


def test_a_first_print_of_the_day_says_nothing_unusual(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(specimen()).pdf)

    assert "次打印" not in facts.text
    assert "离线" not in facts.text


def test_a_reprint_says_on_every_copy_that_earlier_prints_are_void(maker: PaperMaker) -> None:
    pages = maker.read_back(maker.render(replace(specimen(copies=2), attempt=2)).pdf)

    assert [AGAIN in page.text for page in pages] == [True, True]
    assert word(replace(specimen(), attempt=3)).notices == ("第3次打印，之前打印的同号证明作废",)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(minutes=59), "（打印前不到 1 小时）"),
        (timedelta(hours=1), "（打印前 1 小时）"),
        (timedelta(hours=23, minutes=59), "（打印前 23 小时）"),
        (timedelta(hours=72), "（打印前 72 小时）"),
        (timedelta(days=20), "（打印前 20 天）"),
        (timedelta(minutes=-30), ""),  # the clocks contradict each other: only the moment is said
    ],
)
def test_an_offline_paper_says_so_and_how_old_its_record_is(age: timedelta, said: str) -> None:
    as_of = ISSUED_AT - age

    [notice] = word(replace(specimen(), offline_as_of=as_of)).notices

    moment = f"{as_of.year}年{as_of.month}月{as_of.day}日 {as_of:%H:%M}"
    assert notice == f"本证明于线路中断时离线出具，所依据的登记资料截至 {moment}{said}"


def test_the_age_is_right_whatever_zone_a_clock_speaks() -> None:
    as_of = datetime(2026, 11, 21, 18, 15, tzinfo=UTC)  # 02:15 of the next day in China
    local = ISSUED_AT.replace(tzinfo=None)

    [notice] = word(replace(specimen(), offline_as_of=as_of, issued_at=local)).notices

    assert notice.endswith("截至 2026年11月22日 02:15（打印前 7 小时）")


def test_all_notices_fit_on_the_fullest_paper(maker: PaperMaker) -> None:
    """What made a first print possible makes a second one possible: notices take no room from the table."""
    address = PaperAddress(
        "澄城县", "城关街道办事处", "乐楼社区", "万泉街与古徵大道交汇处东南侧" * 2, "3号楼"
    )
    full = replace(
        specimen(copies=2),
        name="阿卜杜热合曼·买买提·吐尔逊江·阿卜杜克热木·艾合买提江·依明",
        address=address,
        purpose="子女入学及办理城乡居民基本医疗保险参保登记、居住证申领等手续",
        attempt=99,
        offline_as_of=ISSUED_AT - timedelta(days=99),
        session=SESSION,
    )

    pages = maker.read_back(maker.render(full).pdf)

    assert all("第99次打印" in page.text and "（打印前99天）" in page.text for page in pages)
    assert all(page.qr == full.qr for page in pages)


def test_the_transaction_stands_in_the_file_and_not_on_the_paper(maker: PaperMaker) -> None:
    pdf = maker.render(replace(specimen(copies=2), session=SESSION)).pdf

    pages = maker.read_back(pdf)
    document = pypdfium2.PdfDocument(pdf)
    keywords = document.get_metadata_value("Keywords")
    document.close()

    assert [page.session for page in pages] == [SESSION, SESSION]
    assert not any(SESSION in page.text for page in pages)
    assert keywords == f"kiosk-session {SESSION}"


def test_a_paper_of_no_transaction_names_none(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(specimen()).pdf)

    assert facts.session == ""


def test_the_same_transaction_gives_the_same_bytes(maker: PaperMaker) -> None:
    certificate = replace(specimen(), session=SESSION, attempt=2, offline_as_of=ISSUED_AT)

    assert maker.render(certificate).sha256 == maker.render(certificate).sha256
    assert maker.render(certificate).sha256 != maker.render(replace(certificate, session="other")).sha256


def test_a_slip_of_a_rare_name_is_read_back(maker: PaperMaker) -> None:
    for character in RARE:
        slip = replace(slip_specimen(), masked_name=character + "××")

        (facts,) = maker.read_back(maker.render(slip).pdf)

        assert character + "××" in facts.text
