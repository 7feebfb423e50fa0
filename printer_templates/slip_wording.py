"""What a slip with a pick-up number says, word for word. No place, no size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from printer_templates.wording import day, local, printed_again, split_issuer

if TYPE_CHECKING:
    from printer_templates.contract import PickupSlip

TITLE = "取件单"
NO_PROOF = "本单不是证明，只用于领取证明"
NUMBER_LABEL = "取件号"
HOW = (
    "请带本人身份证，",
    "到任何一台屏幕上方显示“在线”的社区自助机，",
    "刷身份证后即可打印领取。",
)
REMARK = (
    "说明：您的申请已经登记，不用重新申请。",
    "领取时只认本人身份证，本单丢失不影响领取，别人也不能凭本单代领。",
)


@dataclass(frozen=True, slots=True)
class SlipWording:
    """Every text of a slip that differs from slip to slip; a tuple is one text in parts, as in `Wording`."""

    number: str
    person: tuple[str, ...] = field(repr=False)
    wish: tuple[str, ...]
    reason: tuple[str, ...]
    how: tuple[str, ...]
    ask: tuple[str, ...]
    issuer: tuple[str, ...]
    requested: str
    kiosk: str
    again: str

    def texts(self) -> tuple[str, ...]:
        """All of them, for the check of glyphs."""
        values = (getattr(self, name) for name in self.__slots__)
        return tuple("".join(value) for value in values)


def word_slip(slip: PickupSlip) -> SlipWording:
    """Put a slip into words."""
    requested = local(slip.requested_at)
    return SlipWording(
        number=slip.number,
        person=(slip.masked_name, f"（{slip.masked_number}）"),
        wish=(slip.service, f"（用途：{slip.purpose}）"),
        reason=(slip.reason,),
        how=HOW,
        ask=("领取前可以致电 ", f"{slip.issuer_phone} 询问，", "请报取件号。"),
        issuer=split_issuer(slip.issuer),
        requested=f"{day(requested)} {requested:%H:%M}",
        kiosk=f"设备 {slip.kiosk}",
        again=printed_again(slip.attempt) if slip.attempt > 1 else "",
    )
