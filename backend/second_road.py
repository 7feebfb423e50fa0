"""The second road: records that came in a file, because the kiosk's line was down for too long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic_core import from_json

from backend.db.kiosks import find_sender
from backend.db.records import store_items
from backend.received_items import ReceivedItem, has_item_id, read_item
from backend.verdicts import Reason, refused
from backend_client.contract import Verdict
from backend_client.contract.sealed import open_carrier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from backend.db.database import Database
    from backend.db.kiosks import Kiosk
    from backend_client.contract import ItemReceipt

_BATCH = 500  # items in one transaction: a file that is cut off halfway through its import is imported again
_NAMELESS = "-"
_ABSORBED = (Verdict.STORED, Verdict.DUPLICATE)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the items of one file, in their order."""

    kiosk: str
    made_at: datetime
    receipts: tuple[ItemReceipt, ...] = field(repr=False)

    @property
    def left_over(self) -> tuple[ItemReceipt, ...]:
        """The items that the platform does not hold."""
        return tuple(receipt for receipt in self.receipts if receipt.verdict not in _ABSORBED)

    def summary(self) -> str:
        """One line of counts."""
        counts = Counter(receipt.verdict for receipt in self.receipts)
        verdicts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
        written = f"{self.made_at:%Y-%m-%d %H:%M %z}"
        return f"{len(self.receipts)} items of {self.kiosk}, written {written}: {verdicts}"


def import_file(database: Database, content: bytes, carrier_key: bytes, moment: datetime) -> ImportReport:
    """Store what a kiosk wrote into this file, as if it had come over the line: same ids, same verdicts.

    Raises CarrierError where the file is damaged, forged, or no enrolled kiosk's of this platform.
    """
    senders: dict[str, Kiosk] = {}

    def find_public_key(kiosk_id: str) -> bytes | None:
        sender = database.read(lambda connection: find_sender(connection, kiosk_id))
        if sender is None:
            return None
        senders[kiosk_id] = sender.kiosk
        return sender.public_key

    carrier = open_carrier(content, carrier_key, find_public_key)
    places = [_read(item) for item in carrier.items]
    receipts = _store(database, senders[carrier.kiosk], places, moment)
    return ImportReport(carrier.kiosk, carrier.made_at, receipts)


def _read(item: bytes) -> ReceivedItem | ItemReceipt:
    try:
        raw = from_json(item)
    except ValueError:
        raw = None
    return read_item(raw) if has_item_id(raw) else refused(_NAMELESS, Reason.MALFORMED)


def _store(
    database: Database, kiosk: Kiosk, places: Sequence[ReceivedItem | ItemReceipt], moment: datetime
) -> tuple[ItemReceipt, ...]:
    receipts = {place: found for place, found in enumerate(places) if not isinstance(found, ReceivedItem)}
    waiting = {place: found for place, found in enumerate(places) if isinstance(found, ReceivedItem)}
    while waiting:
        before = len(waiting)
        for batch in _batches(list(waiting)):
            verdicts = _store_batch(database, kiosk, tuple(waiting[place] for place in batch), moment)
            receipts |= dict(zip(batch, verdicts, strict=True))
        # What waited for an item further down in the file need not wait any longer.
        waiting = {
            place: found for place, found in waiting.items() if receipts[place].verdict is Verdict.LATER
        }
        if len(waiting) == before:
            break
    return tuple(receipts[place] for place in range(len(places)))


def _store_batch(
    database: Database, kiosk: Kiosk, items: tuple[ReceivedItem, ...], moment: datetime
) -> tuple[ItemReceipt, ...]:
    verdicts = database.write(lambda connection: store_items(connection, kiosk, items, moment))
    return tuple(verdicts[place] for place in range(len(items)))


def _batches(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), _BATCH):
        yield places[start : start + _BATCH]
