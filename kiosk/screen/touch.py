"""From presses, moves and releases of one finger to activations, without windows or clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.screen.page import Page, Placed

DEBOUNCE_S = 0.25  # a trembling finger means one activation of a target
SETTLE_S = 0.15  # a new page takes no press that was meant for the one before


class Touch:
    """What one finger does on the present page. Times are seconds of any steady clock."""

    def __init__(self, slack_px: int) -> None:
        self._slack_px = slack_px
        self._targets: tuple[Placed, ...] = ()
        self._anywhere = ""
        self._held: Placed | None = None
        self._is_inside = False
        self._settled_at = 0.0
        self._activated_at: dict[str, float] = {}

    @property
    def pressed(self) -> str:
        """Id of the target to show as pressed, "" for none."""
        return self._held.id if self._held and self._is_inside else ""

    def show(self, page: Page, now: float) -> None:
        """Another page stands on the screen. What was held is let go, unless nothing touchable changed."""
        self._anywhere = page.anywhere
        if _same_targets(self._targets, page.targets):
            self._targets = page.targets
            return
        self._targets = page.targets
        self.cancel()
        self._settled_at = now + SETTLE_S
        self._activated_at = {}

    def replace(self, page: Page) -> None:
        """The screen changed its own page, as for the next key: no press is kept waiting."""
        self._targets, self._anywhere = page.targets, page.anywhere
        self.cancel()

    def cancel(self) -> None:
        """What was pressed was not meant."""
        self._held = None
        self._is_inside = False

    def press(self, place: tuple[int, int], now: float) -> None:
        """A finger came down."""
        target = self._find(place)
        if target is None or now < self._settled_at or now < self._ready_again(target):
            return
        self._held = target
        self._is_inside = True

    def move(self, place: tuple[int, int]) -> None:
        """The finger moved; off its target it no longer presses it."""
        if self._held:
            self._is_inside = self._means(self._held, place)

    def release(self, place: tuple[int, int], now: float) -> str:
        """The finger went up: the id of the target that it activated, "" for none."""
        held, self._held, self._is_inside = self._held, None, False
        if held is None or not self._means(held, place):
            return ""
        self._activated_at[held.id] = now
        return held.id

    def _ready_again(self, target: Placed) -> float:
        return self._activated_at.get(target.id, -DEBOUNCE_S) + DEBOUNCE_S

    def _find(self, place: tuple[int, int]) -> Placed | None:
        exact = (target for target in self._targets if target.rect.holds_point(*place))
        near = (target for target in self._targets if self._is_on(target, place))
        elsewhere = (target for target in self._targets if target.id == self._anywhere)
        return next(exact, None) or next(near, None) or next(elsewhere, None)

    def _means(self, held: Placed, place: tuple[int, int]) -> bool:
        return held.id == self._anywhere or self._is_on(held, place)

    def _is_on(self, target: Placed, place: tuple[int, int]) -> bool:
        return target.rect.inset(-self._slack_px, -self._slack_px).holds_point(*place)


def _same_targets(old: tuple[Placed, ...], new: tuple[Placed, ...]) -> bool:
    """True where only what cannot be touched changed, such as the clock in the band."""
    return [(target.id, target.action, target.rect) for target in old] == [
        (target.id, target.action, target.rect) for target in new
    ]
