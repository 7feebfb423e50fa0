"""The ledger on the wire: a kiosk shows how its ledger grew, the platform countersigns. POST /v1/ledger."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from backend_client.contract.wire import Wire

Hash = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]  # 32 bytes in base64


class LedgerGrowth(Wire):
    """A signed checkpoint (C2SP note), and the proof (RFC 6962) that it continues the one of `from_size`."""

    checkpoint: str = Field(max_length=4096)
    from_size: int = Field(ge=0)  # 0 = the platform is not known to have any
    proof: Annotated[tuple[Hash, ...], Field(max_length=128)] = ()


class LedgerVerdict(StrEnum):
    """What the platform makes of a checkpoint."""

    COUNTERSIGNED = "countersigned"
    PROVE_FROM = "prove_from"  # it holds another one: prove growth from `checkpoint` of this answer
    SHORTER = "shorter"  # fewer entries than before: alarm
    FORK = "fork"  # not a continuation: alarm
    UNREADABLE = "unreadable"  # no note, not this kiosk's, or not its signature: alarm


class LedgerAnswer(Wire):
    """The verdict; `checkpoint` is the last one that the platform countersigned of this ledger, "" = none."""

    kiosk: str
    verdict: LedgerVerdict
    checkpoint: str
