"""Whether the paper is right and the platform knows it: told from the paper alone, as anybody could."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from printer_templates.maker import PaperMaker

PATIENCE_S = 15.0
LOOK_INTERVAL_S = 0.25  # the platform limits how often one address may ask
_FONTS = Path("/usr/share/fonts/truetype/lxgw-wenkai")
_PREVIEW_DPI = 110


class ProofError(Exception):
    """Something is not as promised; the text says what."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What the QR code of a paper says, and how many pages the paper has."""

    number: str
    check_code: str
    pages: int


def read_slip(pdf: Path) -> Slip:
    """Read a printed paper back. Raises ProofError where its QR code cannot be read."""
    maker = PaperMaker(_FONTS / "LXGWWenKai-Regular.ttf", _FONTS / "LXGWWenKai-Bold.ttf")
    pages = maker.read_back(pdf.read_bytes())
    address = urlsplit(pages[0].qr if pages else "")
    codes = parse_qs(address.query).get("c", [])
    number = address.path.rpartition("/")[2]
    if not (number and codes):
        raise ProofError(f"{pdf.name}: its QR code holds no number and check code")
    return Slip(number, codes[0], len(pages))


def await_acknowledgement(platform_url: str, slip: Slip) -> dict[str, Any]:
    """Ask the platform (GET /v1/verify) until it calls the paper valid. Raises ProofError."""
    end = time.monotonic() + PATIENCE_S
    while True:
        verdict = _verify(platform_url, slip)
        if verdict.get("state") == "valid":
            return verdict
        if time.monotonic() > end:
            raise ProofError(f"after {PATIENCE_S:g} s the platform still says {verdict.get('state')}")
        time.sleep(LOOK_INTERVAL_S)  # the kiosk delivers in its own time; the platform has no other sign


def save_picture(pdf: Path, picture: Path, dpi: int = _PREVIEW_DPI) -> None:
    """The first page as PNG, made by another program than the one that made the paper."""
    words = ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", str(pdf), str(picture.with_suffix(""))]
    subprocess.run(words, check=True, capture_output=True)


def _verify(platform_url: str, slip: Slip) -> dict[str, Any]:
    address = urlsplit(platform_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    try:
        connection.request("GET", f"/v1/verify/{slip.number}?code={slip.check_code}")
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise ProofError(f"the platform answers {answer.status} to the number on the paper")
    verdict: dict[str, Any] = json.loads(content)
    return verdict
