"""What the platform, the register and the desk hold in the tests of the flow."""

from __future__ import annotations

from datetime import UTC, date, datetime

from backend_client.contract import (
    Notice,
    Notices,
    Organisation,
    Organisations,
    Pickup,
    StaffMember,
)
from kiosk.domain.issuance import UncertainPaper
from kiosk.domain.journal import ParkedItem
from kiosk.domain.purposes import PURPOSES
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.browse_states import LinkCode
from kiosk.work.link_codes import code_png

JOB = s.Job("issuance-1", "610525001003-JZ-2026-000123-7", pages=2)
SLIP_NUMBER = "Q-8F2K-71QD"
AS_OF = datetime(2026, 11, 22, 1, 41, tzinfo=UTC)
STAFF = "CG-0107"
CODE = code_png("https://platform.example/app")
PICTURE = "c3" * 32
LONG = "从下周起，乐楼社区便民服务点延长开放时间，周一至周五开放到晚上八点，周末开放半天。"


def make_notices(count: int = 12) -> Notices:
    """Notices of every column, the first with many paragraphs."""
    items = tuple(
        Notice(
            id=f"n{at}",
            column=("party", "news", "notice")[at % 3],
            title=f"通知第{at}号",
            paragraphs=tuple(f"第{part}段。{LONG * 3}" for part in range(8 if at == 0 else 1)),
            source="城关街道",
            published_on=date(2026, 11, 20),
            urgent=at == 1,
            expires_on=date(2026, 11, 22) if at == 4 else None,
            picture=PICTURE if at == 2 else "",
        )
        for at in range(count)
    )
    return Notices(items=items, as_of=datetime(2026, 11, 23, tzinfo=UTC))


def make_organisations() -> Organisations:
    """A street, its communities, and the grids of the first one."""
    staff = tuple(
        StaffMember(
            name="李明远", title="网格员", duties="入户走访", phone="0913-0000207", pinyin="li ming yuan"
        )
        for _ in range(6)
    )
    street = Organisation(id="street", parent="", name="城关街道办事处", phone="0913-0000100", kind="street")
    communities = tuple(
        Organisation(
            id=f"c{at}",
            parent="street",
            name=f"第{at}社区",
            address="乐楼路1号",
            hours="8:30—18:00",
            phone="0913-0000103",
            staff=staff,
            kind="community" if at else "party_branch",
            pinyin="di yi she qu",
        )
        for at in range(10)
    )
    grids = tuple(Organisation(id=f"g{at}", parent="c0", name=f"第{at:02d}网格") for at in range(3))
    return Organisations(items=(street, *communities, *grids), as_of=datetime(2026, 11, 23, tzinfo=UTC))


def make_links() -> tuple[LinkCode, ...]:
    """What can be taken home, with their codes."""
    return (
        LinkCode("app", "乐楼社区应用", "在家办理社区服务。", "https://platform.example/app", CODE),
        LinkCode("wechat", "微信群", "社区通知和互助。", "https://platform.example/w/" + "a" * 60, CODE),
        LinkCode("account", "公众号", "每天看社区新闻。", "https://platform.example/account", CODE),
    )


def make_pickups(count: int = 2) -> tuple[Pickup, ...]:
    """Requests of the tenant that wait, each for another purpose."""
    return tuple(
        Pickup(
            number=f"Q-8F2K-71Q{at}",
            kind="JZ",
            purpose=PURPOSES[at % len(PURPOSES)].key,
            copies=1 + at % 2,
            requested_at=AS_OF,
        )
        for at in range(count)
    )


def make_desk(count: int = 6) -> w.Desk:
    """Staff with papers in doubt and records that the platform did not take."""
    doubts = tuple(
        UncertainPaper(
            issuance=f"doubt-{at}",
            number=SLIP_NUMBER if at == 1 else JOB.number,
            attempt=1 + at % 3,
            kind=("JZ", "QJ", "XX")[at % 3],
            copies=1,
            code="PRN-09" if at else "",
            job_id=at and 40 + at,
            prepared_at=AS_OF,
        )
        for at in range(count)
    )
    kinds = ("certificate", "settlement", "pickup", "gap", "of-tomorrow")
    reasons = ("number_not_ours", "newer_schema", "certificate_first", "", "of tomorrow")
    parked = tuple(
        ParkedItem(f"item-{at}", "" if at == 3 else JOB.number, kinds[at % 5], reasons[at % 5], AS_OF)
        for at in range(count)
    )
    return w.Desk(STAFF, doubts, parked, waiting=12, loaded=True)
