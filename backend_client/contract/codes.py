from __future__ import annotations

from enum import StrEnum


class PlatformCode(StrEnum):
    """Stable codes of the way to the platform."""

    UNREACHABLE = "NET-01"  # no connection
    TOO_SLOW = "NET-02"  # no whole answer within the deadline
    CREDENTIAL = "NET-03"  # 401, 403: the platform does not accept this kiosk
    SERVER_ERROR = "NET-04"  # 5xx
    HALF_REPLY = "NET-05"  # fewer bytes than announced
    NOT_THE_CONTRACT = "NET-06"  # not JSON, or not this contract
    NOT_OURS = "NET-07"  # another kiosk's or another person's data
    BAD_SIGNATURE = "NET-08"  # a receipt that the platform did not sign
    REFUSED = "NET-09"  # other 4xx: the platform refuses this request
