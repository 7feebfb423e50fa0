"""How a kiosk is: what it tells the platform each minute, in at most 1,024 bytes of JSON."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from backend_client.contract.stamp import ClockState
from backend_client.contract.wire import Wire

MOST_HEARTBEAT_BYTES = 1024

_Short = Annotated[str, Field(max_length=64)]
_Tiny = Annotated[str, Field(max_length=24)]
_Age = Annotated[int, Field(ge=0)]
_Count = Annotated[int, Field(ge=0)]


class Health(Wire):
    """GET /healthz: the platform answers and can read its database."""

    version: str


class Machine(Wire):
    """The box itself; None = not known."""

    temp_c: int | None = None
    disk_mb: _Count | None = None
    memory_mb: _Count | None = None
    cpu: Annotated[int, Field(ge=0, le=100)] | None = None
    ups: Annotated[int, Field(ge=0, le=100)] | None = None  # charge in percent


class Vitals(Wire):
    """Seconds since something last went well; None = not since the kiosk knows, which is not "never mind"."""

    card_s: _Age | None = None
    print_s: _Age | None = None
    delivery_s: _Age | None = None
    register_s: _Age | None = None
    frame_s: _Age | None = None


class Paper(Wire):
    """What the page printer has; None = not known."""

    sheets: int | None = None  # own estimate of what is left in the tray
    pages: _Count = 0  # own counter of pages printed
    supplies: Annotated[dict[_Tiny, int | None], Field(max_length=8)] = Field(default_factory=dict)  # percent


class Heartbeat(Wire):
    """POST /v1/heartbeat: the state of one kiosk at one moment. Only `seq`, `boot` and times tell which.

    `bad` maps a component to its stable code, `unknown` lists components that nobody could ask; every other
    fitted component is good. Names of components are those of the kiosk's board.
    """

    seq: _Count  # counts up within one boot of the kiosk's core
    boot: _Tiny  # the core's own start: a new one each time
    up_s: _Age  # seconds since the core started
    wall: AwareDatetime
    clock: ClockState
    offset_ms: int | None = None  # kiosk minus platform; None = never heard
    app: _Tiny
    os: _Short
    sqlite: _Tiny
    config: _Tiny  # first 8 hex digits of the SHA-256 of the settings file
    bad: Annotated[dict[_Tiny, _Tiny], Field(max_length=24)] = Field(default_factory=dict)
    unknown: Annotated[tuple[_Tiny, ...], Field(max_length=24)] = ()
    warn: Annotated[tuple[_Tiny, ...], Field(max_length=8)] = ()  # such as "toner-low"
    owed: _Count = 0  # records not yet delivered
    oldest_s: _Age | None = None  # age of the oldest of them; None = nothing is owed
    parked: _Count = 0
    doubts: _Count = 0  # papers that wait for a person's word
    numbers: _Count = 0  # certificate numbers in stock
    size: _Count = 0  # entries of the ledger
    root: _Tiny = ""  # first 16 hex digits of the ledger's root hash
    vitals: Vitals = Vitals()
    paper: Paper = Paper()
    machine: Machine = Machine()


def heartbeat_bytes(heartbeat: Heartbeat) -> bytes:
    """As it goes over the line: what is at its default is left out."""
    return heartbeat.model_dump_json(exclude_defaults=True).encode()


class HeartbeatReply(Wire):
    """When the platform wants to hear again; it slows a fleet down by this."""

    next_s: Annotated[int, Field(ge=10, le=3600)]
