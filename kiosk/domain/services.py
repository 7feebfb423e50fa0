"""The catalogue of services: what the kiosk issues, what it guides to, and what no community may issue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServiceKind(StrEnum):
    """What touching a service does."""

    ISSUED_HERE = "issued_here"
    GUIDE = "guide"  # where to apply, what to bring
    NOT_ISSUED = "not_issued"  # on the list of proofs that a community must not issue
    LIST = "list"  # opens a list of further services


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Texts: service.KEY.name, .meaning and, for guides, .where and .bring."""

    key: str
    kind: ServiceKind
    icon: str


RESIDENCE = Service("residence", ServiceKind.ISSUED_HERE, "residence")
NOT_ISSUED_LIST = Service("not_issued", ServiceKind.LIST, "place")

MAIN_SERVICES = (
    RESIDENCE,
    Service("allowance", ServiceKind.GUIDE, "welfare"),
    Service("elderly_care", ServiceKind.GUIDE, "household"),
    Service("medical_aid", ServiceKind.GUIDE, "plus"),
    Service("permit", ServiceKind.GUIDE, "card"),
    NOT_ISSUED_LIST,
)

# 民发〔2020〕20号: the first list of proofs that a residents' committee must not issue.
_NOT_ISSUED_KEYS = (
    "kinship",
    "identity",
    "hukou_change",
    "dog",
    "criminal_record",
    "rehabilitation",
    "missing_person",
    "marriage",
    "birth",
    "being_alive",
    "death",
    "illness",
    "disability",
    "childbearing",
    "employment_proof",
    "personal_file",
    "property",
    "inheritance",
    "business_premises",
    "lost_papers",
)
NOT_ISSUED = tuple(Service(key, ServiceKind.NOT_ISSUED, "paper") for key in _NOT_ISSUED_KEYS)

_BY_KEY = {service.key: service for service in (*MAIN_SERVICES, *NOT_ISSUED)}


def find_service(key: str) -> Service | None:
    """The service of this key, None where there is none."""
    return _BY_KEY.get(key)
