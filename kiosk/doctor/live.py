"""What the running core says of itself: its board, over its office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.doctor.lines import Line
from kiosk.domain.health import Health
from kiosk.domain.health_rules import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiosk.domain.health import FindingCode


def read_rows(
    rows: Iterable[Mapping[str, Any]], code_of: Callable[[str], FindingCode | None]
) -> tuple[Line, ...]:
    """The lines in the rows that the office gives for `board`."""
    return tuple(
        Line(
            str(row["component"]),
            Told(
                Health(row["health"]),
                code_of(str(row["code"])),
                tuple(row["warnings"]),
                str(row["detail"]),
            ),
        )
        for row in rows
    )
