"""What a code under the scanner leads to: nothing is asked about it, and no more than its number is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend_client.contract import PICKUP_FORM, is_certificate_number
from kiosk.flow import states as s
from kiosk.flow.moves import go, stay
from kiosk.flow.technician_states import Trial
from kiosk.flow.trial_steps import see_code

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk

_ENDS_OF_NUMBER = re.compile(r"[?#/]")


def tell_code(kiosk: Kiosk, text: str) -> Step:
    """A code counts where nobody is in the middle of anything, and in the scanner's own test."""
    if isinstance(kiosk.page, Trial):
        return see_code(kiosk, kiosk.page, text)
    if kiosk.session or not isinstance(kiosk.page, s.Attract | s.Dark | s.Home | s.CodeShown):
        return stay(kiosk)
    return go(kiosk, read_code(text, kiosk.plan.verify_url))


def read_code(text: str, verify_url: str) -> s.CodeShown:
    """What the code is for. Whatever is no number of ours stays unread."""
    if re.fullmatch(PICKUP_FORM, text):
        return s.CodeShown(s.CodeKind.PICKUP, text)
    beginning = verify_url.rstrip("/") + "/"
    if verify_url and text.startswith(beginning):
        number = _ENDS_OF_NUMBER.split(text.removeprefix(beginning), maxsplit=1)[0]
        if is_certificate_number(number):
            return s.CodeShown(s.CodeKind.CERTIFICATE, number)
    return s.CodeShown(s.CodeKind.OTHER)
