"""Line icons on a grid of 24 by 24, all with the same stroke."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from kiosk.screen.icon_faces import FACES
from kiosk.screen.pen import Pen
from kiosk.screen.strokes import parse_path

if TYPE_CHECKING:
    from kiosk.screen.theme import Rgb

GRID = 24
_STROKE = 1.7
_OVERSAMPLING = 4

ICONS: dict[str, str] = {
    # moving about
    "back": "M14.5 5 L7.5 12 L14.5 19",
    "forward": "M9.5 5 L16.5 12 L9.5 19",
    "up": "M5 14.5 L12 7.5 L19 14.5",
    "down": "M5 9.5 L12 16.5 L19 9.5",
    "home": "M3.5 11.5 L12 4 L20.5 11.5 M5.8 9.8 V20 H18.2 V9.8 M10 20 V14.5 H14 V20",
    "exit": "M14 4.5 H5.5 V19.5 H14 M10.5 12 H20.5 M16.8 8.3 L20.5 12 L16.8 15.7",
    "check": "M4.5 12.8 L9.8 18 L19.5 6.8",
    "close": "M6 6 L18 18 M18 6 L6 18",
    "plus": "M12 5 V19 M5 12 H19",
    "minus": "M5 12 H19",
    "dot": "D12 12 4",
    "retry": "A12 12 7.6 -30 255 M18.9 4.2 V8.4 H14.7",
    "start": "M8 5 L18.5 12 L8 19 Z",
    # the three columns of the home page
    "party": "M12 3.2 L14.7 8.9 L20.9 9.7 L16.3 14 L17.5 20.2 L12 17.2 L6.5 20.2 L7.7 14 L3.1 9.7 L9.3 8.9 Z",
    "organisations": "R9 3.5 6 5 1 R2.8 15.5 5.4 5 1 R9.3 15.5 5.4 5 1 R15.8 15.5 5.4 5 1 "
    "M12 8.5 V15.5 M5.5 15.5 V12 H18.5 V15.5",
    "services": "O12 8 3.8 M4.5 20.5 C4.5 15.8 8 14 12 14 C16 14 19.5 15.8 19.5 20.5",
    "person": "O12 8 3.8 M4.5 20.5 C4.5 15.8 8 14 12 14 C16 14 19.5 15.8 19.5 20.5",
    "household": "O8.2 8.5 3 M2.5 19.5 C2.5 15.4 5 13.8 8.2 13.8 C11.4 13.8 13.9 15.4 13.9 19.5 "
    "O16.8 10 2.4 M16.4 14.6 C19.6 14.4 21.5 16 21.5 19.5",
    "notices": "M4 9.5 H7.5 L16.5 5 V18.5 L7.5 14.5 H4 Z M7.5 14.5 L9 20 H11.5 L10.4 15.8 A16.8 "
    "11.8 3.4 -50 50",
    "organisation": "M4 20.5 H20 M5.5 20.5 V7.5 L12 3.5 L18.5 7.5 V20.5 M9 11 H10.4 M13.6 11 H15 "
    "M9 15 H10.4 M13.6 15 H15",
    # papers and services
    "residence": "M6 3.5 H14.5 L18.5 7.5 V20.5 H6 Z M14.5 3.5 V7.5 H18.5 "
    "M8.8 14 L12.2 11 L15.6 14 M9.8 13.4 V17.3 H14.6 V13.4",
    "certificate": "M5.5 3.5 H18.5 V15.5 M5.5 3.5 V20.5 H12 M8.5 8 H15.5 M8.5 12 H13 "
    "O16.3 16.6 2.7 M14.8 19 V22 L16.3 21.2 L17.8 22 V19",
    "paper": "M6 3.5 H14.5 L18.5 7.5 V20.5 H6 Z M14.5 3.5 V7.5 H18.5 M9 12 H15.5 M9 16 H15.5",
    "copies": "M8.5 7.5 H19.5 V20.5 H8.5 Z M15.5 7.5 V3.5 H4.5 V16.5 H8.5",
    "school": "M2.5 9.5 L12 5 L21.5 9.5 L12 14 Z M6.5 11.6 V16.5 C9.5 19.3 14.5 19.3 17.5 16.5 "
    "V11.6 M21.5 9.5 V15",
    "employment": "R3.5 7.5 17 12 1.5 M9 7.5 V5 H15 V7.5 M3.5 12.5 C9 15.2 15 15.2 20.5 12.5",
    "housing": "O8 12 4 M12 12 H21 V15.5 M17 12 V15",
    "welfare": "M12 19.8 C3.5 14.3 3 9.8 4.6 7.4 C6.6 4.5 10.4 5 12 8.2 "
    "C13.6 5 17.4 4.5 19.4 7.4 C21 9.8 20.5 14.3 12 19.8 Z",
    "vehicle": "M3.5 16.8 V12.5 L5.8 7 H18.2 L20.5 12.5 V16.8 Z M3.5 12.5 H20.5 "
    "M6 16.8 V19 M18 16.8 V19 M7 14.7 H8 M16 14.7 H17",
    "other": "O5.5 12 1.6 O12 12 1.6 O18.5 12 1.6",
    "card": "R2.8 5.5 18.4 13 1.8 O8 10.6 1.9 M5.2 15.6 C5.4 13.6 10.6 13.6 10.8 15.6 M13.8 10 "
    "H18.4 M13.8 14 H17",
    "print": "M7 9 V3.8 H17 V9 M7 17 H4 V9 H20 V17 H17 M7 14 H17 V20.5 H7 Z",
    # help and preferences
    "staff": "O12 7.2 3.4 M5.2 16.2 C5.6 13.4 8.4 12.4 12 12.4 C15.6 12.4 18.4 13.4 18.8 16.2 M3 "
    "17 H21 M5 17 V20.5 M19 17 V20.5",
    "help": "O12 12 8.8 M9.3 9.6 C9.3 5.9 14.8 6.2 14.7 9.5 C14.6 11.8 12 11.8 12 14.2 D12 17 1",
    "language": "O12 12 8.8 M3.2 12 H20.8 M12 3.2 C7.6 8 7.6 16 12 20.8 M12 3.2 C16.4 8 16.4 16 12 20.8",
    "text_size": "M2.5 19 L8.3 5 L14.1 19 M4.6 14 H12 M14.5 19 L18.1 10.5 L21.7 19 M15.8 16 H20.4",
    "contrast": "O12 12 8.8 M12 3.2 C16.9 3.2 20.8 7.1 20.8 12 C20.8 16.9 16.9 20.8 12 20.8 K",
    "voice": "M3.5 9.5 H7 L12 5 V19 L7 14.5 H3.5 Z A12 12 4 -50 50 A12 12 8 -50 50",
    "reach": "R4.5 3.5 15 17 1.6 M4.5 13.5 H19.5 M8 17 H16 M12 5.8 V10.8 M9.6 8.5 L12 10.9 L14.4 8.5",
    "phone": "M6.5 3.8 L9.5 4.2 L10.6 8.6 L8.6 10.4 C9.6 12.8 11.2 14.4 13.6 15.4 "
    "L15.4 13.4 L19.8 14.5 L20.2 17.5 C19.8 19.6 18.6 20.4 16.8 20.2 C9.8 19.2 4.8 14.2 3.8 "
    "7.2 C3.6 5.4 4.4 4.2 6.5 3.8 Z",
    "place": "M12 21 C7 15.5 5 12.5 5 9.8 C5 5.9 8.1 3.2 12 3.2 C15.9 3.2 19 5.9 19 9.8 C19 12.5 "
    "17 15.5 12 21 Z O12 9.8 2.6",
    "calendar": "R3.8 5.2 16.4 15 1.6 M3.8 10 H20.2 M8 3.2 V6.8 M16 3.2 V6.8",
    "clock": "O12 12 8.8 M12 6.8 V12 L15.6 14.4",
    "scan": "M4 8 V4 H8 M16 4 H20 V8 M20 16 V20 H16 M8 20 H4 V16 M4 12 H20",
    "search": "O10.5 10.5 6.5 M15.3 15.3 L20.8 20.8",
    "lock": "R5 10.5 14 10 1.6 M8 10.5 V8 C8 2.6 16 2.6 16 8 V10.5",
    "eye": "M2.5 12 C7 5 17 5 21.5 12 C17 19 7 19 2.5 12 Z O12 12 3",
    # how things are
    "online": "M3.5 9.8 C8.2 5.2 15.8 5.2 20.5 9.8 M6.8 13.4 C9.8 10.6 14.2 10.6 17.2 13.4 D12 17.6 1.7",
    "offline": "M3.5 9.8 C8.2 5.2 15.8 5.2 20.5 9.8 M6.8 13.4 C9.8 10.6 14.2 10.6 17.2 13.4 D12 "
    "17.6 1.7 M4.5 20 L19.5 4",
    "notice": "O12 12 8.8 M12 11 V16.5 D12 7.7 1.05",
    "information": "O12 12 8.8 M12 11 V16.5 D12 7.7 1.05",
    "warning": "M12 3.8 L21.6 20 H2.4 Z M12 10 V14.4 D12 17.2 1",
    "danger": "M8.4 3.2 H15.6 L20.8 8.4 V15.6 L15.6 20.8 H8.4 L3.2 15.6 V8.4 Z M12 7.4 V13 D12 16.4 1.05",
    "success": "O12 12 8.8 M7.8 12.4 L10.9 15.4 L16.4 8.8",
    "wait": "M6.5 3.5 H17.5 M6.5 20.5 H17.5 M7.8 3.5 V7.5 L12 12 L16.2 7.5 V3.5 M7.8 20.5 V16.5 "
    "L12 12 L16.2 16.5 V20.5",
    **FACES,
}
UNKNOWN = "R5 5 14 14 2"  # stands for an icon that nobody drew; a test compares the names


@lru_cache(maxsize=192)
def draw_icon(name: str, side_px: int, colour: Rgb) -> pygame.Surface:
    """The icon as a square surface with transparent ground."""
    large = side_px * _OVERSAMPLING
    surface = pygame.Surface((large, large), pygame.SRCALPHA)
    surface.fill((*colour, 0))  # so that the scaled edges do not darken
    pen = Pen(surface, large / GRID)
    pen.trace(parse_path(ICONS.get(name, UNKNOWN)), colour, _STROKE)
    return pygame.transform.smoothscale(surface, (side_px, side_px))
