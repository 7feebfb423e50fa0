"""Keeps what is shown to everyone: from the cache at once, and from the platform whenever there is a line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.contract import Links, PlatformFault
from kiosk.domain.offline import OUT_OF_REACH
from kiosk.flow.events import ContentArrived, PictureLoaded
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.content_cache import Content, is_picture
from kiosk.work.link_codes import link_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import Platform
    from kiosk.flow.commands import LoadPicture
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.content_cache import ContentCache

DEADLINE = timedelta(seconds=5)
INTERVAL_S = 300.0
AFTER_FAULT_S = 20.0
YOUNGER_S = 3600.0
WITHOUT_LINE_S = 60.0  # the line that comes back rings


@dataclass(frozen=True, slots=True)
class ContentTools:
    """What the content is kept with."""

    platform: Platform
    cache: ContentCache
    line_is_up: Callable[[], bool]
    post: Callable[[Event], None]
    log: Log


class ContentKeeper:
    """Fetches notices, organisations, links and pictures, and tells the flow what there is to show."""

    name = "content"

    def __init__(self, tools: ContentTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._due = 0.0
        self._wanted = ""  # the picture that the flow shows, while it has not got it
        self._told: Content | None = None
        self._keep_due = 0.0
        self._fault = ""
        self._refused: set[str] = set()

    def nudge(self) -> None:
        """The line is back: ask at once."""
        self._due = 0.0
        self._bell.ring()

    def order(self, order: LoadPicture) -> None:
        """Bring this picture, as soon as there is one. Any thread; the last one asked for counts."""
        self._wanted = order.name
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Keep the content until closed."""
        self.begin()
        while True:
            self._bell.sleep(self.round())

    def begin(self) -> None:
        """Show what was kept, with its age, before anybody asks the platform."""
        content = self._tools.cache.load()
        if content:
            self._tell(content)

    def round(self) -> float:
        """Do what is due; the seconds until something is due again."""
        self._bring()
        wait = self._due - time.monotonic()
        if wait > 0:
            return wait
        if not self._tools.line_is_up():
            return WITHOUT_LINE_S
        pause = INTERVAL_S if self._refresh() else AFTER_FAULT_S
        self._due = time.monotonic() + pause
        return pause

    def _refresh(self) -> bool:
        """Ask for everything; False where something did not come. What is shown stays then, with its age."""
        platform = self._tools.platform
        notices = platform.notices(DEADLINE)
        if isinstance(notices, PlatformFault):
            return self._note_fault(notices.code)
        organisations = platform.organisations(DEADLINE)
        if isinstance(organisations, PlatformFault):
            return self._note_fault(organisations.code)
        links = platform.links(DEADLINE)
        has_links = not isinstance(links, PlatformFault)
        if isinstance(links, PlatformFault):
            self._note_fault(links.code)  # an older platform has none, and news do not wait for them
            links = self._told.links if self._told else Links(items=(), as_of=notices.as_of)
        content = Content(notices, organisations, links)
        self._keep(content)
        self._tell(content)
        if not self._fetch_pictures(content):
            return False
        if has_links:
            self._fault = ""
        return True

    def _keep(self, content: Content) -> None:
        """Content that only became younger is written once in a while: disks wear out."""
        now = time.monotonic()
        if self._told and _items(self._told) == _items(content) and now < self._keep_due:
            return
        try:
            self._tools.cache.keep(content)
            self._keep_due = now + YOUNGER_S
        except OSError as error:
            self._keep_due = 0.0
            self._tools.log.warning(LogEvent.CONTENT_NOT_KEPT, detail=type(error).__name__)

    def _tell(self, content: Content) -> None:
        self._told = content
        self._tools.post(
            ContentArrived(content.notices, content.organisations, link_codes(content.links.items))
        )
        self._tools.log.info(
            LogEvent.CONTENT_ARRIVED,
            notices=len(content.notices.items),
            organisations=len(content.organisations.items),
        )

    def _fetch_pictures(self, content: Content) -> bool:
        """Bring the pictures that the notices name, the newest first; those named no longer go."""
        cache = self._tools.cache
        names = [notice.picture for notice in content.notices.items if notice.picture]
        try:
            cache.keep_only(names)
            for name in dict.fromkeys(names):
                self._bell.check_open()
                self._bring()
                if not cache.has_picture(name) and not self._fetch_picture(name):
                    return False
        except OSError as error:
            self._tools.log.warning(LogEvent.CONTENT_NOT_KEPT, detail=type(error).__name__)
        self._bring()
        return True

    def _fetch_picture(self, name: str) -> bool:
        """False where the platform is out of reach: then the others need not be asked for."""
        raster = self._tools.platform.picture(name, DEADLINE)
        if isinstance(raster, PlatformFault):
            if raster.code in OUT_OF_REACH:
                return self._note_fault(raster.code)
            self._refuse(name, raster.code)
        elif not is_picture(name, raster):
            self._refuse(name, "picture")
        elif not self._tools.cache.keep_picture(name, raster):
            self._refuse(name, "room")
        return True

    def _bring(self) -> None:
        """Bring the picture that the flow waits for, if it is here."""
        name = self._wanted
        raster = self._tools.cache.picture(name) if name else b""
        if raster:
            self._tools.post(PictureLoaded(name, raster))
            if self._wanted == name:
                self._wanted = ""

    def _refuse(self, name: str, why: str) -> None:
        """It is asked for again with the next round, and told once."""
        if name not in self._refused:
            self._refused.add(name)
            self._tools.log.warning(LogEvent.CONTENT_FAILED, code=why)

    def _note_fault(self, code: str) -> bool:
        if code != self._fault:  # told once
            self._fault = code
            self._tools.log.warning(LogEvent.CONTENT_FAILED, code=code)
        return False


def _items(content: Content) -> tuple[object, ...]:
    """All that is shown, without its age."""
    return content.notices.items, content.organisations.items, content.links.items
