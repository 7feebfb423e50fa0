"""Touches, drags, presses keys and chords at random: what a hall does in a year, within minutes."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from tests.robust.second_pointer import SecondPointer
    from tests.robust.x_display import XDisplay

    Place = tuple[int, int]

FINGER = 1
WHEEL = (4, 5, 6, 7)
OTHER_BUTTONS = (2, 3, 8, 9)
MODIFIERS = ("Control_L", "Alt_L", "Shift_L", "Super_L", "Control_R", "Alt_R")
FUNCTIONS = tuple(f"F{number}" for number in range(1, 13))
KEYS = (
    *("Escape", "Tab", "Return", "space", "BackSpace", "Delete", "Insert", "Home", "End", "Prior", "Next"),
    *("Up", "Down", "Left", "Right", "Print", "Pause", "Menu", "Super_L", "Num_Lock", "Caps_Lock"),
    *("KP_0", "KP_5", "KP_Enter", "KP_Add", "a", "q", "1", "9", "period", *FUNCTIONS),
    *("XF86AudioRaiseVolume", "XF86HomePage", "XF86WWW", "XF86Sleep", "XF86PowerOff", "XF86Back"),
)
CHORDS = (
    *(("Control_L", "Alt_L", name) for name in (*FUNCTIONS, "BackSpace", "Delete", "t", "l")),
    *(("Alt_L", name) for name in ("F1", "F2", "F4", "Tab", "Escape", "space", "Return", "Print")),
    *(("Control_L", name) for name in ("c", "q", "w", "d", "z", "m", "s", "n", "p", "Escape", "Tab")),
    *(("Super_L", name) for name in ("d", "e", "l", "r", "Tab", "Up", "Down")),
    *(("Control_L", "Shift_L", name) for name in ("i", "q", "Escape")),
    *(("Alt_L", "Print", name) for name in ("r", "e", "i", "k")),
    ("Shift_L", "F10"),
)
CLOSING = ("Alt_L", "F4")
HALF = 0.5
LONG_S = (0.15, 0.6)
WHILE_HELD = ("keys", "chords", "wheel", "other buttons")


@dataclass
class Monkey:
    """`targets` says where the present page can be touched; `window` is the one that it may ask to close."""

    display: XDisplay
    second: SecondPointer
    dice: random.Random
    targets: Callable[[], Sequence[Place]]
    window: int
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._held_until = 0.0  # a long press ends then
        self._deeds: dict[str, tuple[float, Callable[[], None]]] = {
            "touches": (44, lambda: self._touch(self._target())),
            "touches beside": (10, lambda: self._touch(self._anywhere())),
            "quick touches": (5, self._hammer),
            "drags": (6, lambda: self._drag(self._anywhere(), self._anywhere())),
            "swipes": (4, lambda: self._drag(self._edge(), self._anywhere())),
            "long presses": (0.3, self._hold),
            "two fingers": (4, self._two_fingers),
            "jumping fingers": (2, self._jump),
            "other buttons": (5, lambda: self._click(self.dice.choice(OTHER_BUTTONS))),
            "wheel": (4, self._wheel),
            "keys": (8, lambda: self._type((self.dice.choice(KEYS),))),
            "chords": (8, lambda: self._type(self.dice.choice(CHORDS))),
        }

    def act(self) -> None:
        """One action, whichever; while a finger is held, those of the other hand."""
        if self._held_until and time.monotonic() > self._held_until:
            self._let_go()
        names = WHILE_HELD if self._held_until else tuple(self._deeds)
        [name] = self.dice.choices(names, [self._deeds[each][0] for each in names])
        self._deeds[name][1]()
        self.done[name] += 1
        self.display.flush()

    def rest(self) -> None:
        """Lift every finger and every key."""
        self._let_go()
        self.second.press(down=False)
        for name in MODIFIERS:
            self.display.key(name, down=False)
        self.display.flush()

    def _touch(self, place: Place) -> None:
        self.display.move(place)
        self._click(FINGER)

    def _click(self, button: int) -> None:
        self.display.button(button, down=True)
        self.display.button(button, down=False)

    def _hammer(self) -> None:
        """The same place again and again, as impatience does."""
        place = self._target()
        for _ in range(self.dice.randint(2, 6)):
            self._touch(place)

    def _drag(self, begin: Place, end: Place) -> None:
        self._let_go()
        self.display.move(begin)
        self.display.button(FINGER, down=True)
        steps = self.dice.randint(1, 8)
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step // steps for a, b in zip(begin, end, strict=True))
            self.display.move((x, y))
        self.display.button(FINGER, down=False)

    def _hold(self) -> None:
        """A finger that stays, while other things go on."""
        self._let_go()
        self.display.move(self._target())
        self.display.button(FINGER, down=True)
        self._held_until = time.monotonic() + self.dice.uniform(*LONG_S)

    def _let_go(self) -> None:
        self.display.button(FINGER, down=False)
        self._held_until = 0.0

    def _two_fingers(self) -> None:
        """Two places pressed at once, moved and lifted in any order."""
        self._let_go()
        self.display.move(self._target())
        self.second.move(self._target())
        downs: list[Callable[[], None]] = [
            lambda: self.display.button(FINGER, down=True),
            lambda: self.second.press(down=True),
        ]
        ups: list[Callable[[], None]] = [self._let_go, lambda: self.second.press(down=False)]
        for deed in self.dice.sample(downs, 2):
            deed()
            self.display.flush()
        if self.dice.random() < HALF:
            self.display.move(self._anywhere())
            self.second.move(self._anywhere())
        for deed in self.dice.sample(ups, 2):
            deed()
            self.display.flush()

    def _jump(self) -> None:
        """As panels tell of two fingers that know one only: the pointer jumps between them."""
        first, second = self._target(), self.dice.choice((self._target(), self._anywhere()))
        self._let_go()
        self.display.move(first)
        self.display.button(FINGER, down=True)
        other = self.dice.choice((FINGER, *OTHER_BUTTONS))
        for _ in range(self.dice.randint(1, 3)):
            self.display.move(second)
            self.display.button(other, down=True)
            self.display.move(first)
        for button in self.dice.sample((FINGER, other), 2):
            self.display.button(button, down=False)

    def _wheel(self) -> None:
        button = self.dice.choice(WHEEL)
        self.display.move(self._target())
        for _ in range(self.dice.randint(1, 5)):
            self.display.button(button, down=True)
            self.display.button(button, down=False)

    def _type(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.display.key(name, down=True)
        for name in reversed(names):
            self.display.key(name, down=False)
        if names == CLOSING:
            # There is no window manager in a kiosk; should there ever be one, this is what it sends.
            self.display.ask_to_close(self.window)

    def _target(self) -> Place:
        places = self.targets()
        return self.dice.choice(places) if places else self._anywhere()

    def _anywhere(self) -> Place:
        width, height = self.display.size
        return self.dice.randrange(width), self.dice.randrange(height)

    def _edge(self) -> Place:
        x, y = self._anywhere()
        width, height = self.display.size
        return self.dice.choice(((0, y), (width - 1, y), (x, 0), (x, height - 1)))
