"""The codes of eligibility: nothing is broken, but this certificate cannot be issued here and now."""

from __future__ import annotations

from devices.contract import Rank, Severity, fault_row
from kiosk.domain.codes import EligibilityCode

_RESIDENT = (Severity.RESIDENT, Rank.CASE)
_STAFF = (Severity.STAFF, Rank.CASE)

CASE_FAULTS = (
    fault_row(
        EligibilityCode.CARD_EXPIRED,
        _RESIDENT,
        ("身份证已过有效期。", "The ID card has expired."),
        ("请居民先到派出所换领新证。", "The resident renews it at the police station first."),
    ),
    fault_row(
        EligibilityCode.UNKNOWN_PERSON,
        _RESIDENT,
        ("入户登记里没有这个人。", "The register does not list this person."),
        ("请居民先做入户登记。", "The resident registers first."),
    ),
    fault_row(
        EligibilityCode.NO_MEMBERS,
        _STAFF,
        (
            "这一户的登记没有家庭成员，资料有缺。",
            "The household's record lists no members: the register has a gap.",
        ),
        ("请网格员补全登记。", "The grid officer completes the record."),
    ),
    fault_row(
        EligibilityCode.NAME_DIFFERS,
        _STAFF,
        ("身份证姓名与登记姓名不一致。", "The name on the card differs from the register."),
        ("核对证件，更正登记。", "Compare with the card and correct the record."),
    ),
    fault_row(
        EligibilityCode.LEASE_ENDED,
        _RESIDENT,
        ("租住或借住期限已到。", "The registered stay has ended."),
        ("请居民带新的租房合同续登。", "The resident renews it with the new lease."),
    ),
    fault_row(
        EligibilityCode.MOVED_OUT,
        _RESIDENT,
        ("登记显示已经迁出。", "The register says that the person moved away."),
        (
            "仍住在这里的重新登记；已搬走的到新住址社区。",
            "Register again, or ask the community of the new home.",
        ),
    ),
    fault_row(
        EligibilityCode.RECORD_TOO_OLD,
        _STAFF,
        ("登记太久没有核实。", "The record was last checked too long ago."),
        ("请网格员上门或电话核实。", "The grid officer checks it at the home or by phone."),
    ),
    fault_row(
        EligibilityCode.OTHER_COMMUNITY,
        _RESIDENT,
        ("登记住址不在本机服务范围。", "The registered address is outside the kiosk's area."),
        (
            "请居民到登记住址所在的社区；范围不对就核对设置。",
            "Ask the community of that address; if the area is wrong, check the settings.",
        ),
    ),
    fault_row(
        EligibilityCode.MINOR_ALONE,
        _RESIDENT,
        ("未满 16 周岁，不能独自办理。", "The person is under 16 and cannot apply alone."),
        ("请监护人用自己的身份证办理。", "A guardian applies with their own card."),
    ),
    fault_row(
        EligibilityCode.REGISTERED_ONLY,
        _RESIDENT,
        ("户口在这里，但不住在这里。", "The person is registered here but does not live here."),
        (
            "请到实际居住地社区办理，或更新登记。",
            "Ask the community of the actual home, or update the record.",
        ),
    ),
    fault_row(
        EligibilityCode.PENDING,
        _STAFF,
        ("已登记，网格员还没有核实。", "Registered, but not yet checked by the grid officer."),
        ("请网格员核实。", "The grid officer checks it."),
    ),
    fault_row(
        EligibilityCode.DOUBTFUL_CARD,
        _STAFF,
        (
            "证件上的号码、生日、性别等互相矛盾。",
            "Number, birth, sex or dates on the card contradict each other.",
        ),
        ("当面核对证件原件，确认真伪。", "Look at the card itself and see whether it is genuine."),
    ),
    fault_row(
        EligibilityCode.CARD_NOT_YET_VALID,
        _RESIDENT,
        (
            "证件还没有到生效日期，或本机时间不对。",
            "The card is not valid yet, or the kiosk's clock is wrong.",
        ),
        (
            "核对本机日期；日期正确就请居民用有效证件。",
            "Check the kiosk's date; if it is right, another card is needed.",
        ),
    ),
    fault_row(
        EligibilityCode.RARE_CHARACTER,
        _STAFF,
        ("姓名中有本机字体没有的字。", "The name has a character that the kiosk's fonts lack."),
        ("由窗口开具，并把这个字报告升级字体。", "Issue it at the counter and report the character."),
    ),
    fault_row(
        EligibilityCode.DECEASED,
        _STAFF,
        ("登记为已故，需要当面澄清。", "The register says that the person has died."),
        ("当面核对本人，更正登记。", "See the person, then correct the record."),
    ),
    fault_row(
        EligibilityCode.NEEDS_ID_CARD,
        _RESIDENT,
        (
            "设置规定这项业务不能用社会保障卡。",
            "The settings do not let a social security card open this service.",
        ),
        (
            "请居民换成身份证；要放开就改设置。",
            "Ask for the ID card; the settings say which services take the other.",
        ),
    ),
)
