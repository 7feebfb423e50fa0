"""What callers may know about papers: what goes in, what comes out, what can go wrong."""

from printer_templates.contract.codes import (
    DoesNotFitError,
    MissingGlyphError,
    PaperCode,
    PaperError,
    ReadBackError,
)
from printer_templates.contract.documents import (
    Document,
    PaperAddress,
    PickupSlip,
    ResidenceCertificate,
    Residing,
)
from printer_templates.contract.port import (
    PaperFacts,
    Papers,
    RenderedPaper,
)
from printer_templates.contract.sheets import (
    AcceptanceReceipt,
    Format,
    GuideSlip,
    ReadinessReport,
    ReadinessRow,
    ReadinessSection,
    Sheet,
    TrialPage,
)

__all__ = [
    "AcceptanceReceipt",
    "Document",
    "DoesNotFitError",
    "Format",
    "GuideSlip",
    "MissingGlyphError",
    "PaperAddress",
    "PaperCode",
    "PaperError",
    "PaperFacts",
    "Papers",
    "PickupSlip",
    "ReadBackError",
    "ReadinessReport",
    "ReadinessRow",
    "ReadinessSection",
    "RenderedPaper",
    "ResidenceCertificate",
    "Residing",
    "Sheet",
    "TrialPage",
]
