"""Certificate numbers: 610525001003-JZ-2026-000123-7.

Community code, kind, year, serial, and one check digit over all of them (ISO 7064 MOD 11,10). The check
code on the paper (8F2K-71QD) comes from a secret of the number's block, so it cannot be guessed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import date

from pydantic import Field

from backend_client.contract.wire import Wire

_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_FORM = re.compile(r"^\d{12}-[A-Z]{2}-\d{4}-\d{6}-\d$", re.ASCII)  # \d alone takes digits of other scripts
PICKUP_FORM = r"^Q-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"
PICKUP_BYTES = 5


class NumberBlockRequest(Wire):
    """POST /v1/number-blocks. The same request id gives the same block again."""

    request_id: str = Field(min_length=8, max_length=64)
    kind: str = Field(pattern=r"^[A-Z]{2}$")  # JZ = residence certificate
    count: int = Field(ge=1, le=1000)


class NumberBlock(Wire):
    """Serials `first` to `first + count - 1` belong to this kiosk alone, for ever."""

    request_id: str
    kiosk: str
    block_id: str
    community: str = Field(pattern=r"^\d{12}$")
    kind: str = Field(pattern=r"^[A-Z]{2}$")
    year: int = Field(ge=2020, le=9999)
    first: int = Field(ge=1, le=999_999)
    count: int = Field(ge=1, le=1000)
    code_key: str  # base64, 32 bytes: makes the check codes of this block
    expires_on: date


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11,10 over `body`: letters count as 10 to 35, hyphens do not count."""
    remainder = 10
    for digit in "".join(str(int(character, 36)) for character in body.replace("-", "")):
        remainder = (remainder + int(digit)) % 10 or 10
        remainder = remainder * 2 % 11
    return str((11 - remainder) % 10)


def certificate_number(block: NumberBlock, serial: int) -> str:
    """The number of one serial of the block. ValueError where the serial is not the block's."""
    if not block.first <= serial < block.first + block.count:
        raise ValueError("this serial does not belong to the block")
    body = f"{block.community}-{block.kind}-{block.year:04d}-{serial:06d}"
    return f"{body}-{check_digit(body)}"


def is_certificate_number(text: str) -> bool:
    """True where the form and the check digit are right."""
    return bool(_FORM.match(text)) and check_digit(text[:-2]) == text[-1]


def is_pickup_number(text: str) -> bool:
    """True where the form is right."""
    return bool(re.match(PICKUP_FORM, text))


def check_code(code_key: str, number: str, attempt: int = 1) -> str:
    """Eight readable characters in two groups: the first 40 bits of HMAC-SHA-256(code key, number).

    Each attempt has a code of its own, so that a paper that was printed again can be told from the first.
    """
    text = number if attempt == 1 else f"{number}#{attempt}"
    digest = hmac.new(base64.b64decode(code_key), text.encode(), hashlib.sha256).digest()
    return _readable(digest[:5])


def pickup_number(chance: bytes) -> str:
    """Q-8F2K-71QD from PICKUP_BYTES random bytes: short enough to be read out, and no counter to lose."""
    if len(chance) != PICKUP_BYTES:
        raise ValueError("a pick-up number is made of five random bytes")
    return f"Q-{_readable(chance)}"


def _readable(forty_bits: bytes) -> str:
    bits = int.from_bytes(forty_bits, "big")
    text = "".join(_READABLE[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"
