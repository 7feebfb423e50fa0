"""A store that was restored does not know what its copy did not know: what is done about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend_client.contract import GapRecord, KnownPapers


class GapBook(Protocol):
    """What is missing since the store was restored. See kiosk.domain.journal for what is raised."""

    def cursor(self) -> str | None:
        """From where the platform is to be asked for what it knows; None = nothing is missing."""
        ...

    def merge(self, page: KnownPapers) -> GapRecord | None:
        """Keep what the platform knows and this store does not.

        With the last page the gap is closed: what nobody knows is owed to the platform as a record, which
        is returned.
        """
        ...
