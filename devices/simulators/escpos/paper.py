"""The paper in a simulated receipt printer: rows of dots, and a PNG for each slip that comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

LINE_ROWS = 24
_HALF, _FULL = 12, 24  # how wide the printer's own letters are
_QR_ROWS = 160
_ASCII = range(0x20, 0x7F)


class Paper:
    """What was printed since the last slip came out, and the spool with the slips."""

    def __init__(self, spool: Path, width_dots: int, *, has_cutter: bool) -> None:
        """Without a cutter, a feed of several lines is where somebody tears the slip off."""
        spool.mkdir(parents=True, exist_ok=True)
        self._spool = spool
        self.width_dots = width_dots
        self._has_cutter = has_cutter
        self._stride = (width_dots + 7) // 8
        self._rows: list[bytes] = []
        self._text = bytearray()
        self._is_blank = True
        self.cuts = 0

    @property
    def slips(self) -> tuple[Path, ...]:
        """What came out, oldest first."""
        return tuple(sorted(self._spool.glob("slip-*.png")))

    def print_row(self, row: bytes) -> None:
        """One row of dots; what is wider than the paper is lost."""
        self._rows.append(row[: self._stride].ljust(self._stride, b"\0"))
        self._is_blank = False

    def write(self, characters: bytes) -> None:
        """Characters of the line that is being written."""
        self._text += characters

    def end_line(self) -> None:
        """Print the line; characters that are no ASCII are boxes."""
        picture = Image.new("1", (self._stride * 8, LINE_ROWS))
        draw, at = ImageDraw.Draw(picture), 0
        text, self._text = self._text.decode("gb18030", "replace"), bytearray()
        for character in text:
            if ord(character) in _ASCII:
                draw.text((at, 4), character, fill=1)
                at += _HALF
            else:
                draw.rectangle((at + 2, 2, at + _FULL - 3, LINE_ROWS - 3), outline=1)
                at += _FULL
        self._paste(picture)
        self._is_blank = self._is_blank and not text

    def draw_code(self, text: bytes) -> None:
        """Where the printer itself would draw a QR code: a marked box."""
        picture = Image.new("1", (self._stride * 8, _QR_ROWS))
        draw = ImageDraw.Draw(picture)
        draw.rectangle((8, 8, _QR_ROWS - 8, _QR_ROWS - 8), outline=1, width=4)
        draw.text((24, _QR_ROWS // 2 - 8), f"QR, {len(text)} bytes", fill=1)
        self._paste(picture)
        self._is_blank = False

    def feed(self, lines: int) -> None:
        """Print what was begun, and move on."""
        if self._text:
            self.end_line()
        self._rows += [bytes(self._stride)] * (lines * LINE_ROWS)
        if not self._has_cutter and lines > 1:
            self._come_out()

    def cut(self) -> None:
        """The slip comes out."""
        if self._has_cutter:
            self._come_out()

    def lose(self) -> None:
        """What was printed since the last slip was never printed."""
        self._rows.clear()
        self._text.clear()
        self._is_blank = True

    def _paste(self, picture: Image.Image) -> None:
        dots = picture.tobytes()
        self._rows += [dots[at : at + self._stride] for at in range(0, len(dots), self._stride)]

    def _come_out(self) -> None:
        """A PNG of what was printed; a blank piece of paper is only counted."""
        rows, is_blank, self._rows, self._is_blank = self._rows, self._is_blank, [], True
        self.cuts += 1
        if is_blank:
            return
        white = bytes(byte ^ 0xFF for byte in b"".join(rows))
        picture = Image.frombytes("1", (self._stride * 8, len(rows)), white)
        picture = picture.crop((0, 0, self.width_dots, len(rows)))
        place = self._spool / f"slip-{len(self.slips) + 1:04d}.png"
        new = place.with_name(f".{place.name}.new")
        picture.save(new, "PNG")
        new.replace(place)
