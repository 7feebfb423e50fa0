"""Who keeps what is shown to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract import PlatformCode, PlatformFault
from kiosk.log import LogEvent
from kiosk.work.content_cache import ContentCache
from kiosk.work.content_keeper import ContentKeeper, ContentTools

if TYPE_CHECKING:
    from datetime import timedelta

    from backend_client.contract import Notices, Organisations, Platform
    from kiosk.wiring.inside import Inside


def hire_content_keeper(inside: Inside) -> ContentKeeper:
    """Its cache lies beside the store."""
    cache = ContentCache(
        inside.settings.kiosk.state_dir / "content",
        lambda why: inside.log.warning(LogEvent.CONTENT_SET_ASIDE, detail=why),
    )
    return ContentKeeper(
        ContentTools(_TextsOnly(inside.platform), cache, inside.line_is_up, inside.post, inside.log)
    )


class _TextsOnly:
    """A platform that has notices and organisations, and neither links nor pictures."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def notices(self, deadline: timedelta) -> Notices | PlatformFault:
        return self._platform.notices(deadline)

    def organisations(self, deadline: timedelta) -> Organisations | PlatformFault:
        return self._platform.organisations(deadline)

    def links(self, _deadline: timedelta) -> PlatformFault:
        return PlatformFault(PlatformCode.REFUSED, "links")

    def picture(self, _name: str, _deadline: timedelta) -> PlatformFault:
        return PlatformFault(PlatformCode.REFUSED, "picture")
