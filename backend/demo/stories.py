"""One case for each thing that the rules speak of, as data: who, in which household, with which card."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from backend_client.contract import HukouType, MemberStatus, ResidenceMode


class Registered(Enum):
    """What the register knows of the card's holder."""

    YES = auto()
    WITHOUT_MEMBERS = auto()  # the household's first page names them, but its member pages are missing
    NO = auto()


@dataclass(frozen=True, slots=True)
class Role:
    """One person of a case; `relation` after GB/T 4761."""

    name: str = field(repr=False)
    sex: str
    age: int
    relation: str = "02"
    status: MemberStatus = MemberStatus.PRESENT


@dataclass(frozen=True, slots=True)
class Story:
    """A case. Days count back from today; a lease is (began days ago, ends in days)."""

    stem: str
    title: str
    roles: tuple[Role, ...]
    mode: ResidenceMode = ResidenceMode.OWN
    holder: int = 0
    registered_days: int = 1500
    verified_days: int | None = 40
    lease: tuple[int, int] | None = None
    landlord: str = ""
    hukou_type: HukouType = HukouType.FAMILY
    version: int = 1
    registered: Registered = Registered.YES
    is_elsewhere: bool = False  # in a street that the kiosk does not serve
    card_name: str = field(default="", repr=False)  # where it differs from the register
    card_address: str = "陕西省澄城县城关街道乐楼路18号"
    card_expired_days: int | None = None


_GONE, _DEAD = MemberStatus.MOVED_OUT, MemberStatus.DECEASED

STORIES = (
    Story(
        stem="tenant",
        title="租住乐楼社区，孩子要上学",
        roles=(Role("王秀梅", "2", 36), Role("赵建平", "1", 38, "11"), Role("赵小雨", "2", 6, "30")),
        mode=ResidenceMode.RENTED,
        registered_days=622,
        lease=(626, 282),
        landlord="李××",
        version=3,
        card_address="陕西省澄城县冯原镇样板村二组12号",
    ),
    Story(
        stem="owner",
        title="自有住房，一家四口",
        roles=(
            Role("李建国", "1", 44),
            Role("周雅琴", "2", 42, "12"),
            Role("李思远", "1", 17, "22"),
            Role("李思齐", "2", 11, "32"),
        ),
    ),
    Story(
        stem="lease_ended",
        title="租住，租期已满",
        roles=(Role("孙志强", "1", 31),),
        mode=ResidenceMode.RENTED,
        registered_days=380,
        lease=(385, -20),
        landlord="郭××",
    ),
    Story(
        stem="moved_out",
        title="已迁出本社区",
        roles=(Role("何丽娟", "2", 39, status=_GONE), Role("邓海涛", "1", 41, "11", _GONE)),
        mode=ResidenceMode.MOVED_OUT,
        version=4,
    ),
    Story(
        stem="record_too_old",
        title="登记信息超过一年未核实",
        roles=(Role("吴文斌", "1", 52), Role("郑玉霞", "2", 50, "12")),
        verified_days=500,
    ),
    Story(stem="single_person", title="单人户，自有住房", roles=(Role("冯素珍", "2", 67),)),
    Story(
        stem="head_changed",
        title="户主已变更，原户主去世",
        roles=(
            Role("陈桂芳", "2", 71),
            Role("许长林", "1", 74, "11", _DEAD),
            Role("许卫东", "1", 46, "22"),
        ),
        version=5,
    ),
    Story(
        stem="collective",
        title="集体户，住单位宿舍楼",
        roles=(Role("马晓燕", "2", 27, "99"), Role("丁宇航", "1", 25, "99"), Role("沈佳慧", "2", 24, "99")),
        mode=ResidenceMode.COLLECTIVE,
        hukou_type=HukouType.COLLECTIVE,
        registered_days=700,
    ),
    Story(
        stem="minor",
        title="未满十六周岁，须由监护人办理",
        roles=(Role("高明远", "1", 40), Role("罗静怡", "2", 38, "12"), Role("高子轩", "1", 12, "21")),
        holder=2,
    ),
    Story(
        stem="rare_name",
        title="姓名含生僻字，借住亲属家",
        roles=(Role("陈𬱖", "1", 33),),
        mode=ResidenceMode.BORROWED,
        registered_days=400,
        landlord="陈××",
    ),
    Story(
        stem="expired_card",
        title="身份证已过期",
        roles=(Role("梁文博", "1", 34), Role("宋佳宁", "2", 33, "12")),
        card_expired_days=60,
    ),
    Story(
        stem="unknown_person",
        title="没有登记过",
        roles=(Role("崔景明", "1", 29),),
        registered=Registered.NO,
        card_address="陕西省澄城县王庄镇样板村一组3号",
    ),
    Story(
        stem="no_members",
        title="户内没有成员信息",
        roles=(Role("蔡永安", "1", 57),),
        registered=Registered.WITHOUT_MEMBERS,
    ),
    Story(
        stem="other_community",
        title="登记在其他街道的社区",
        roles=(Role("叶春兰", "2", 48), Role("杜宏伟", "1", 49, "11")),
        is_elsewhere=True,
        card_address="陕西省澄城县城北街道北苑路6号",
    ),
    Story(
        stem="pending",
        title="新登记，网格员尚未核实",
        roles=(Role("苏婉清", "2", 28),),
        mode=ResidenceMode.PENDING,
        registered_days=6,
        verified_days=None,
    ),
    Story(
        stem="registered_only",
        title="空挂户，人不在此居住",
        roles=(Role("任国栋", "1", 45),),
        mode=ResidenceMode.REGISTERED_ONLY,
    ),
    Story(
        stem="name_differs",
        title="身份证姓名与登记不一致",
        roles=(Role("张晓燕", "2", 35), Role("姜立群", "1", 37, "11")),
        card_name="张小燕",
    ),
)
