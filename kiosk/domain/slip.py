"""From card, wish and pick-up number to what stands on the slip. A pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.offline import OfflineCode
from kiosk.domain.purposes import find_purpose
from printer_templates.contract import PickupSlip

if TYPE_CHECKING:
    from devices.contract import Identity
    from kiosk.domain.certificate import Issue

SERVICE = "居住证明"
_REASONS: dict[str, str] = {
    OfflineCode.NOT_HELD: "到平台的线路中断，本机没有可以离线使用的登记资料。",
    OfflineCode.NOT_FRESH: "到平台的线路中断，本机的登记资料太久没有更新。",
    OfflineCode.NOT_CHECKED: "到平台的线路中断，离上次入户核实的时间太久。",
    OfflineCode.NO_REGISTER: "到平台的线路中断，本机还没有登记资料。",
    OfflineCode.CLOCK: "到平台的线路中断，本机的时间需要校准。",
}
_OTHERWISE = "现在暂时不能出具证明。"


@dataclass(frozen=True, slots=True)
class Postponed:
    """What the resident asked for, and the stable code of why it cannot be had now."""

    purpose: str
    reason: str


def build_slip(identity: Identity, postponed: Postponed, issue: Issue) -> PickupSlip:
    """All that is printed; the person stands on it masked, because a slip may lie about anywhere."""
    place = issue.place
    reason = _REASONS.get(postponed.reason, _OTHERWISE)
    return PickupSlip(
        number=issue.reserved.number,
        issuer=place.issuer,
        issuer_phone=place.phone,
        kiosk=place.kiosk,
        masked_name=mask_name(identity.name),
        masked_number=mask_number(identity.number),
        service=SERVICE,
        purpose=find_purpose(postponed.purpose).on_paper,
        reason=f"{reason}（{postponed.reason}）" if postponed.reason else reason,
        requested_at=issue.issued_at,
        session=issue.session,
        attempt=issue.reserved.attempt,
    )
