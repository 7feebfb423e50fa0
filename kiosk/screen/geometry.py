from __future__ import annotations

from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle in pixels; x and y are its top left corner, counted from that of the page."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row beyond it."""
        return self.y + self.h

    def inset(self, dx: int, dy: int) -> Rect:
        """The same rectangle, smaller by dx and dy on each side (larger where negative)."""
        return Rect(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def holds_point(self, x: int, y: int) -> bool:
        """True where the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def holds(self, other: Rect) -> bool:
        """True where `other` lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: Rect) -> bool:
        """True where both share at least one pixel."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def gap_to(self, other: Rect) -> int:
        """The clear distance in pixels along the nearer axis, 0 where they touch or overlap."""
        across = max(other.x - self.right, self.x - other.right)
        down = max(other.y - self.bottom, self.y - other.bottom)
        return max(across, down, 0)


def columns(area: Rect, count: int, gap: int) -> tuple[Rect, ...]:
    """Cut the area into `count` columns of equal width (to the pixel) with gaps between them."""
    usable = area.w - gap * (count - 1)
    edges = [usable * index // count for index in range(count + 1)]
    return tuple(
        Rect(area.x + edges[index] + gap * index, area.y, edges[index + 1] - edges[index], area.h)
        for index in range(count)
    )
