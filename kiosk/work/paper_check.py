"""Nothing is shown or printed before the finished bytes were read back and compared with the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.contract import Identity
    from printer_templates.contract import PaperFacts, ResidenceCertificate


def says_what_it_should(
    pages: tuple[PaperFacts, ...], certificate: ResidenceCertificate, identity: Identity
) -> bool:
    """True where every page names this session's person and number, and its code reads as it was written.

    `identity` comes from the live session, not from the certificate: a mixed-up certificate is found too.
    """
    expected = [_solid(text) for text in (identity.name, identity.number, certificate.number)]
    return len(pages) == certificate.copies and all(
        page.qr == certificate.qr and all(text in page.text for text in expected) for page in pages
    )


def _solid(text: str) -> str:
    return "".join(text.split())
