from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A message on the wire: frozen, strict, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Problem(Wire):
    """Every error reply of the platform (after RFC 9457): a stable code and one clear sentence."""

    code: str
    title: str
    detail: str = ""
