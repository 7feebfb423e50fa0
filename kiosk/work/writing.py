from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.certificate import Issue, Wish, build_certificate
from kiosk.domain.slip import Postponed, build_slip
from kiosk.flow.commands import PreparePaper, PrepareSlip

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.certificate import IssuingPlace
    from kiosk.domain.issuance import ReservedNumber
    from kiosk.work.preparing import PaperWish
    from printer_templates.contract import Document


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns what was wished for at this place into what stands on the paper."""

    place: IssuingPlace

    def write(self, wish: PaperWish, reserved: ReservedNumber, now: datetime) -> Document:
        """The document; `now` is local time. ValueError where the residence cannot be certified."""
        match wish:
            case PreparePaper():
                issue = Issue(reserved, now, self.place, wish.session, wish.offline_as_of)
                chosen = Wish(wish.purpose, wish.copies)
                return build_certificate(wish.identity, wish.household.residence, chosen, issue)
            case PrepareSlip():
                issue = Issue(reserved, now, self.place, wish.session)
                return build_slip(wish.identity, Postponed(wish.purpose, wish.reason), issue)
            case _:
                assert_never(wish)
