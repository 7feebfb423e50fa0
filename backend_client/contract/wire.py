from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterable


class Wire(BaseModel):
    """A message on the wire: frozen, strict, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PersonalWire(Wire):
    """A message about a person: what it is may be printed in a trace, what it holds may not."""

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        return ()


class Problem(Wire):
    """Every error reply of the platform (after RFC 9457): a stable code and one clear sentence."""

    code: str
    title: str
    detail: str = ""
