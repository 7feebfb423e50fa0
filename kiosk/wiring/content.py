"""Who keeps what is shown to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.log import LogEvent
from kiosk.work.content_cache import ContentCache
from kiosk.work.content_keeper import ContentKeeper, ContentTools

if TYPE_CHECKING:
    from kiosk.wiring.inside import Inside


def hire_content_keeper(inside: Inside) -> ContentKeeper:
    """Its cache lies beside the store."""
    cache = ContentCache(
        inside.settings.kiosk.state_dir / "content",
        lambda why: inside.log.warning(LogEvent.CONTENT_SET_ASIDE, detail=why),
    )
    return ContentKeeper(ContentTools(inside.platform, cache, inside.line_is_up, inside.post, inside.log))
