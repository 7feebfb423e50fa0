"""Published frames and synthetic blocks of the protocol description; no recording of a real card."""

from __future__ import annotations

from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
FOUND = bytes.fromhex("AAAAAA9669000800009F0000000097")
NO_NEW_CARD = bytes.fromhex("AAAAAA9669000400008084")
SELECTED = bytes.fromhex("AAAAAA9669000C00009000000000000000009C")
NOT_SELECTED = bytes.fromhex("AAAAAA9669000400008185")
NOT_READ = bytes.fromhex("AAAAAA9669000400004145")
WELL = bytes.fromhex("AAAAAA9669000400009094")
NONE_APPENDED = bytes.fromhex("AAAAAA9669000400009195")
SAM_ID = bytes.fromhex("AAAAAA9669001400009005000100F5FD340187D61200146A0ACE44")
APPENDED = bytes.fromhex(
    "AAAAAA9669004A0000901753AC4E025E1C4ECE573A53B0654F4F40573300F753" + "2000" * 24 + "D7"
)
PHOTO = bytes.fromhex("574C66007E00320000FF85").ljust(1024, b"\x00")


def blanks(count: int) -> str:
    """So many UTF-16 blanks, in hex."""
    return "2000" * count


RESIDENT = bytes.fromhex(
    "205F094E"
    + blanks(13)
    + "310030003100"
    + "31003900300030003000310030003100"
    + "1753AC4E025E1C4ECE573A534B6DD58B578853903100F753"
    + blanks(23)
    + "310031003000310030003100310039003000300030003100300031003000300031003400"
    + "1753AC4E025E6C51895B405C1C4ECE570652405C"
    + blanks(5)
    + "32003000320030003000310030003100"
    + "7F951F67"
    + blanks(6)
    + blanks(18)
)
PERMIT = bytes.fromhex(
    "48964B6DD58B"
    + blanks(12)
    + "3200"
    + blanks(2)
    + "31003900300030003000310030003100"
    + "7F5E1C4E0177F16D3357025E5753715C3A534B6DD58BEF8D3200F753"
    + blanks(21)
    + "380031003000300030003000310039003000300030003100300031003000300032003600"
    + "F16D3357025E6C51895B405C"
    + blanks(9)
    + "32003000310039003000310030003100"
    + "32003000320034003000310030003100"
    + "480030003000300030003000300030003000"
    + "30003100"
    + blanks(3)
    + "4A00"
    + blanks(3)
)


def frame(sw3: int, data: bytes = b"", sw1: int = 0, sw2: int = 0) -> bytes:
    """A whole answer, computed here and not by the code under test."""
    content = bytes((sw1, sw2, sw3)) + data
    body = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + body + bytes((reduce(xor, body),))


def read_answer(text: bytes = RESIDENT, photo: bytes = PHOTO) -> bytes:
    """A whole answer to 30 01."""
    return frame(0x90, len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo)


def with_field(block: bytes, offset: int, text: str, units: int) -> bytes:
    """The block with another text, padded, at a place."""
    encoded = text.encode("utf-16-le", "surrogatepass").ljust(2 * units, b"\xff")
    return block[:offset] + encoded.replace(b"\xff\xff", b"\x20\x00") + block[offset + 2 * units :]
