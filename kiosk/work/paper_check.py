"""Nothing is shown or printed before the finished bytes were read back and compared with the session."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend_client.contract import PICKUP_FORM
from kiosk.domain.masking import mask_name, mask_number
from printer_templates.contract import PaperError

if TYPE_CHECKING:
    from devices.contract import Identity
    from printer_templates.contract import PaperFacts, Papers, RenderedPaper


@dataclass(frozen=True, slots=True)
class Expected:
    """What every page must say. All but `qr` and `pages` comes from the live session, not from the paper."""

    session: str
    number: str
    identity: Identity = field(repr=False)
    qr: str = field(repr=False)
    pages: int

    def texts(self) -> tuple[str, ...]:
        """Number and person, as they stand on this kind of paper: a slip shows its person masked."""
        name, number = self.identity.name, self.identity.number
        if is_pickup(self.number):
            name, number = mask_name(name), mask_number(number)
        return tuple("".join(text.split()) for text in (name, number, self.number))


def is_pickup(number: str) -> bool:
    """True for the number of a slip."""
    return re.match(PICKUP_FORM, number) is not None


def says_what_it_should(pages: tuple[PaperFacts, ...], expected: Expected) -> bool:
    """True where every page names this session, its person and its number, in text and in its code."""
    texts = expected.texts()
    return (
        len(pages) == expected.pages
        and expected.number in expected.qr
        and all(
            page.session == expected.session
            and page.qr == expected.qr
            and all(text and text in page.text for text in texts)
            for page in pages
        )
    )


def is_still_its_own(papers: Papers, paper: RenderedPaper, expected: Expected) -> bool:
    """Read the kept bytes once more, right before they are sent; what cannot be read is not sent."""
    if hashlib.sha256(paper.pdf).hexdigest() != paper.sha256:
        return False
    try:
        return says_what_it_should(papers.read_back(paper.pdf), expected)
    except PaperError:
        return False
