"""Who else reads the pages: the voice, assistive technology, and the desk behind the keys of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.screen.keys import Key

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene
    from kiosk.screen.entry.desk import EntryDesk
    from kiosk.screen.headset import Headset
    from kiosk.screen.page import Page
    from kiosk.screen.speech import Speech


class Tree(Protocol):
    """Who tells assistive technology what the page holds; see kiosk.screen.accessibility."""

    @property
    def fd(self) -> int:
        """Can be read when `take` has something."""
        ...

    def show(self, page: Page) -> None:
        """This page stands on the screen now."""
        ...

    def take(self) -> list[str]:
        """The nodes that are to be touched."""
        ...


@dataclass(frozen=True, slots=True)
class Companions:
    """A screen can do without each of them."""

    speech: Speech | None = None
    tree: Tree | None = None
    entry: EntryDesk | None = None
    headset: Headset | None = None

    @property
    def fds(self) -> tuple[int, ...]:
        """What wakes the loop for one of them."""
        fds = (self.tree.fd if self.tree else -1, self.headset.fd if self.headset else -1)
        return tuple(fd for fd in fds if fd >= 0)

    def show(self, scene: Scene, with_keys: Scene | None, page: Page) -> None:
        """The core's scene stands on the screen, as this page."""
        if self.speech is not None:
            self.speech.show(scene)
        self.show_keys(with_keys, page)

    def show_keys(self, with_keys: Scene | None, page: Page) -> None:
        """The same scene, after a key of its entry."""
        if self.speech is not None and with_keys is not None:
            self.speech.add_keys(with_keys)
        if self.tree is not None:
            self.tree.show(page)

    def hear_jack(self) -> str:
        """The jack said something: the wish that follows from it, "" for none."""
        if self.headset is None or not self.headset.read():
            return ""
        self.plug()
        return "speech:on" if self.headset.is_plugged else "speech:off"

    def plug(self) -> None:
        """Tell the voice how the jack stands."""
        if self.speech is not None and self.headset is not None:
            self.speech.plug(headset=self.headset.is_plugged)

    def interrupt(self) -> None:
        """The person did something."""
        if self.speech is not None:
            self.speech.interrupt()

    def tell(self, node: str) -> None:
        """The focus came to this node."""
        if self.speech is not None:
            self.speech.tell(node)

    def answer(self, key: Key, focused: str) -> None:
        """A key that asks the voice for something."""
        if self.speech is None:
            return
        if key is Key.REPEAT:
            self.speech.repeat()
        elif key is Key.WHERE:
            self.speech.where(focused)
        else:
            self.speech.louder()
