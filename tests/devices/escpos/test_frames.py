"""The bytes of a slip: those of python-escpos itself, in blocks that a small printer holds."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from devices.contract import DeviceCode
from devices.errors import DeviceError
from devices.escpos.frames import BLOCK_BYTES, fresh_start, holds_question, slip
from devices.escpos.profiles import profile_of
from tests.devices.escpos.rigs import picture, png

if TYPE_CHECKING:
    from pathlib import Path

# In a process of its own: its loader sets up the log of the whole program and leaves a folder behind.
_ITSELF = """
import sys
from PIL import Image
from escpos.printer import Dummy
for name, place, rows, cuts in zip(*[iter(sys.argv[1:])] * 4):
    printer = Dummy(profile=name)
    printer.hw("INIT")
    printer.image(Image.open(place), fragment_height=int(rows))
    printer.cut() if int(cuts) else printer.print_and_feed(4)
    open(place + ".bytes", "wb").write(printer.output)
"""
_MODELS = (("TM-T20II", 80, 576), ("POS-5890", 58, 384))


def test_the_bytes_are_those_of_python_escpos(tmp_path: Path) -> None:
    words: list[str] = []
    for name, paper, dots in _MODELS:
        profile = profile_of(name, paper)
        place = tmp_path / name
        place.write_bytes(picture(dots, 150))
        assert profile.roll.width_dots == dots
        words += [name, str(place), str((BLOCK_BYTES - 10) // (dots // 8)), str(int(bool(profile.cut)))]
    environment = {**os.environ, "ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", _ITSELF, *words], env=environment, check=True)

    for name, paper, dots in _MODELS:
        blocks = slip([picture(dots, 150)], dots, profile_of(name, paper).cut)
        assert b"".join(blocks) == (tmp_path / f"{name}.bytes").read_bytes()


@pytest.mark.parametrize("dots", [384, 512, 576, 640])
def test_each_block_fits_a_small_printer(dots: int) -> None:
    blocks = slip([picture(dots, 700), picture(dots, 1)], dots, "full")

    assert max(map(len, blocks)) <= BLOCK_BYTES
    assert sum(block.count(b"\x1dv0\0") for block in blocks) >= 2
    assert blocks[-1].endswith(b"\x1dV\0")


def test_white_costs_next_to_nothing() -> None:
    page = Image.new("1", (576, 900), 1)
    page.paste(Image.open(io.BytesIO(picture(160, 100))), (0, 400))

    assert sum(map(len, slip([png(page)], 576, "full"))) < 100 * 20 + 800 + 60


def test_a_printer_without_a_cutter_gets_no_cut() -> None:
    assert slip([picture(384, 10)], 384, "")[-1] == b"\x1bd\x04"
    assert fresh_start(384, "").endswith(b"\x1b@\x1bd\x04")


def test_a_fresh_start_fills_up_the_largest_picture_that_may_be_unfinished() -> None:
    zeros, _, _ = fresh_start(576, "full").partition(b"\x1b@")

    assert len(zeros) >= max(map(len, slip([picture(576, 700)], 576, "full")))
    assert not zeros.strip(b"\0")


@pytest.mark.parametrize(
    "bitmaps",
    [
        (),
        (picture(575),),
        (picture(), picture(384)),
        (b"",),
        (b"\x89PNG\r\n\x1a\n" + bytes(40),),
        (picture()[:120],),
    ],
)
def test_a_missing_wrong_or_damaged_picture_makes_no_slip(bitmaps: tuple[bytes, ...]) -> None:
    with pytest.raises(DeviceError) as told:
        slip(bitmaps, 576, "full")

    assert told.value.code is DeviceCode.RECEIPT_NO_BITMAP


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_other_pictures_become_black_and_white_at_the_middle(mode: str) -> None:
    shades = Image.linear_gradient("L").resize((576, 40))
    expected = shades.point(lambda shade: 255 * (shade >= 128)).convert("1", dither=Image.Dither.NONE)

    assert slip([png(shades.convert(mode))], 576, "") == slip([png(expected)], 576, "")


def test_dots_that_look_like_a_question_are_noticed() -> None:
    assert holds_question(b"\x1dv0\0\x03\0\x01\0\x10\x04\x02")
    assert not holds_question(b"\x10\x04\x05\x10\x05\x01")
    assert not holds_question(b"".join(slip([picture()], 576, "full")))


def test_loading_the_bytes_loads_no_more_of_python_escpos() -> None:
    """Its printers and profiles cost 180 ms and 8 MB at each start, and add a handler to the root log."""
    code = (
        "import sys, logging, devices.escpos.driver as d; d.EscposPrinter('file:///dev/usb/lp0');"
        "print('escpos.escpos' in sys.modules, 'yaml' in sys.modules, len(logging.getLogger().handlers))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert out.split() == ["False", "False", "0"]


def test_pictures_are_taken_as_they_lie_in_the_file() -> None:
    original = Image.open(io.BytesIO(picture()))

    rows = b"".join(slip([picture()], 576, ""))
    black = bytes(byte ^ 0xFF for byte in original.tobytes())
    assert black[:72] in rows
    assert black[-72:] in rows
