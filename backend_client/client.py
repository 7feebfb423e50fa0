from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from backend_client.contract import (
    MAX_PICTURE_BYTES,
    Accepted,
    Delivered,
    Found,
    Health,
    HeartbeatReply,
    KnownPapers,
    LedgerAnswer,
    Links,
    LookupReply,
    LookupRequest,
    MemberStatus,
    Notices,
    NumberBlock,
    NumbersReserved,
    Organisations,
    PlatformCode,
    PlatformFault,
    Receipt,
    RecordBatch,
    RegisterPage,
    UnknownPerson,
    Wire,
    citizen_key,
    heartbeat_bytes,
    name_key,
    receipt_bytes,
)
from backend_client.line import Call, Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from backend_client.contract import (
        Heartbeat,
        Household,
        LedgerGrowth,
        LookupOutcome,
        Member,
        NumberBlockRequest,
        RecordItem,
        RegisterEntry,
    )

Reply = TypeVar("Reply", bound=Wire)
Owned = TypeVar("Owned", LedgerAnswer, RegisterPage, KnownPapers)

_CODE_KEY_BYTES = 32


class PlatformClient:
    """See backend_client.contract.Platform. Nothing of a reply counts before it is whole, valid and ours."""

    def __init__(  # noqa: PLR0913 - what proves a kiosk and its platform
        self,
        url: str,
        kiosk: str,
        secret: str,
        lookup_key: bytes,
        receipt_public_key: bytes,
        *,
        on_server_time: Callable[[datetime], None] | None = None,
    ) -> None:
        """`receipt_public_key` is the raw Ed25519 key; see load_keys for all of them."""
        self._kiosk = kiosk
        self._lookup_key = lookup_key
        self._receipt_key = Ed25519PublicKey.from_public_bytes(receipt_public_key)
        self._line = Line(url, f"{kiosk}.{secret}", on_server_time)

    def look_up(self, citizen_number: str, name: str, deadline: timedelta) -> LookupOutcome:
        """The household of the person on the card; only keyed hashes leave."""
        request = LookupRequest(request_id=uuid.uuid4().hex, citizen_key=self.citizen_key(citizen_number))
        reply = self._post("/v1/households/lookup", request, LookupReply, deadline)
        if isinstance(reply, PlatformFault):
            return reply
        ours = (request.request_id, self._kiosk, request.citizen_key)
        if (reply.request_id, reply.kiosk, reply.citizen_key) != ours:
            return self._not_ours("lookup")
        if reply.household is None:
            return UnknownPerson()
        found = self._found(reply.household, request.citizen_key, name)
        return replace(found, pickups=reply.pickups) if isinstance(found, Found) else found

    def citizen_key(self, citizen_number: str) -> str:
        """The keyed hash under which records name this person."""
        return citizen_key(self._lookup_key, citizen_number)

    def name_key(self, name: str) -> str:
        """The keyed hash of a name, as the register has it."""
        return name_key(self._lookup_key, name)

    def reserve_numbers(
        self, request: NumberBlockRequest, deadline: timedelta
    ) -> NumbersReserved | PlatformFault:
        """A block of certificate numbers; the same request id gives the same block."""
        block = self._post("/v1/number-blocks", request, NumberBlock, deadline)
        if isinstance(block, PlatformFault):
            return block
        if (block.request_id, block.kiosk) != (request.request_id, self._kiosk):
            return self._not_ours("number block")
        is_as_asked = (block.kind, block.count) == (request.kind, request.count)
        if not is_as_asked or len(_decoded(block.code_key)) != _CODE_KEY_BYTES:
            return PlatformFault(PlatformCode.NOT_THE_CONTRACT, "number block")
        return NumbersReserved(block)

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        """Hand over records. Delivered only with a whole receipt for these very items, rightly signed."""
        batch = RecordBatch(batch_id=batch_id, items=items)
        # The very fields that an item was stored with: a newer program must not add any to an older item.
        content = batch.model_dump_json(exclude_unset=True).encode()
        receipt = self._exchange(Call("POST", "/v1/records", content), Receipt, deadline)
        if isinstance(receipt, PlatformFault):
            return receipt
        if not self._is_signed(receipt):
            return PlatformFault(PlatformCode.BAD_SIGNATURE)
        if (receipt.batch_id, receipt.kiosk) != (batch_id, self._kiosk):
            return self._not_ours("receipt")
        if [item.id for item in receipt.items] != [item.id for item in items]:
            return self._not_ours("items of the receipt")
        return Delivered(receipt)

    def witness(self, growth: LedgerGrowth, deadline: timedelta) -> LedgerAnswer | PlatformFault:
        """Show how the ledger grew. The answer's own checkpoint is still to be verified by the ledger."""
        answer = self._post("/v1/ledger", growth, LedgerAnswer, deadline)
        return self._if_ours(answer, "ledger")

    def register_page(self, cursor: str, limit: int, deadline: timedelta) -> RegisterPage | PlatformFault:
        """What changed in the register of the service area after `cursor`."""
        query = urlencode({"cursor": cursor, "limit": limit})
        page = self._if_ours(self._get(f"/v1/register?{query}", RegisterPage, deadline), "register")
        if isinstance(page, RegisterPage) and not all(map(_can_be_kept, page.entries)):
            return PlatformFault(PlatformCode.NOT_THE_CONTRACT, "register")
        return page

    def known_papers(self, after: str, deadline: timedelta) -> KnownPapers | PlatformFault:
        """What the platform knows of this kiosk's numbers, page by page."""
        query = urlencode({"after": after})
        return self._if_ours(self._get(f"/v1/papers?{query}", KnownPapers, deadline), "papers")

    def notices(self, deadline: timedelta) -> Notices | PlatformFault:
        """All notices, newest first."""
        return self._get("/v1/notices", Notices, deadline)

    def organisations(self, deadline: timedelta) -> Organisations | PlatformFault:
        """The organisation tree, parents before children."""
        return self._get("/v1/organisations", Organisations, deadline)

    def links(self, deadline: timedelta) -> Links | PlatformFault:
        """What people may take home on their own telephones."""
        return self._get("/v1/links", Links, deadline)

    def picture(self, name: str, deadline: timedelta) -> bytes | PlatformFault:
        """The very bytes that the name stands for: it is their SHA-256."""
        path = f"/v1/pictures/{quote(name, safe='')}"
        content = self._line.exchange(Call("GET", path, largest=MAX_PICTURE_BYTES), deadline)
        if isinstance(content, PlatformFault) or hashlib.sha256(content).hexdigest() == name:
            return content
        self._line.hang_up()
        return PlatformFault(PlatformCode.NOT_THE_CONTRACT, "picture")

    def health(self, deadline: timedelta) -> Accepted | PlatformFault:
        """Whether the platform answers at all."""
        reply = self._get("/healthz", Health, deadline)
        return reply if isinstance(reply, PlatformFault) else Accepted(reply.version)

    def beat(self, heartbeat: Heartbeat, deadline: timedelta) -> HeartbeatReply | PlatformFault:
        """Tell how this kiosk is; the reply says when the platform wants to hear again."""
        call = Call("POST", "/v1/heartbeat", heartbeat_bytes(heartbeat))
        return self._exchange(call, HeartbeatReply, deadline)

    def _found(self, household: Household, key: str, name: str) -> Found | PlatformFault:
        own = sorted((member for member in household.members if member.citizen_key == key), key=_is_past)
        if household.members and not own:
            # The echo is ours but the people are not: nobody may see them here.
            return self._not_ours("household")
        applicant = own[0] if own else None
        card_name = name_key(self._lookup_key, name)
        matches = applicant is not None and hmac.compare_digest(applicant.name_key, card_name)
        return Found(household, applicant, name_matches=matches)

    def _if_ours(self, reply: Owned | PlatformFault, what: str) -> Owned | PlatformFault:
        if not isinstance(reply, PlatformFault) and reply.kiosk != self._kiosk:
            return self._not_ours(what)
        return reply

    def _not_ours(self, what: str) -> PlatformFault:
        """A reply that was sent twice makes every later one come a question too late; a new line does not."""
        self._line.hang_up()
        return PlatformFault(PlatformCode.NOT_OURS, what)

    def _is_signed(self, receipt: Receipt) -> bool:
        try:
            self._receipt_key.verify(_decoded(receipt.signature), receipt_bytes(receipt))
        except InvalidSignature:
            return False
        return True

    def _post(
        self, path: str, message: Wire, reply: type[Reply], deadline: timedelta
    ) -> Reply | PlatformFault:
        return self._exchange(Call("POST", path, message.model_dump_json().encode()), reply, deadline)

    def _get(self, path: str, reply: type[Reply], deadline: timedelta) -> Reply | PlatformFault:
        return self._exchange(Call("GET", path), reply, deadline)

    def _exchange(self, call: Call, reply: type[Reply], deadline: timedelta) -> Reply | PlatformFault:
        body = self._line.exchange(call, deadline)
        if isinstance(body, PlatformFault):
            return body
        try:
            return reply.model_validate_json(body)
        except ValidationError:
            self._line.hang_up()
            return PlatformFault(PlatformCode.NOT_THE_CONTRACT, reply.__name__)


def _is_past(member: Member) -> bool:
    return member.status is not MemberStatus.PRESENT


def _can_be_kept(entry: RegisterEntry) -> bool:
    return entry.removed or bool(entry.tag and _decoded(entry.sealed))


def _decoded(text: str) -> bytes:
    """The bytes behind base64; none where it is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
