"""Documents to print, each unlike any other."""

from __future__ import annotations

from itertools import count
from uuid import uuid4

from devices.contract import PrintDocument

_numbers = count(1)


def make_document(pages: int = 1) -> PrintDocument:
    """A small but whole PDF of `pages` empty A4 pages with a job name of its own."""
    kids = " ".join(f"{3 + page} 0 R" for page in range(pages))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    bodies += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages
    text = f"%PDF-1.4\n%{uuid4()}\n"
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    text += f"{tail}startxref\n{len(text)}\n%%EOF\n"
    return PrintDocument(f"CG-TEST-{next(_numbers)}#1-{uuid4().hex[:8]}", text.encode(), pages)
