"""The steps of one social security card: its application, then the records of issuer and holder.

Nothing that needs a PIN is touched, and no application but this one, least of all the bank's.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, Identity
from devices.pcsc.apdu import FileForm, RecordForm, Verdict, read_record, select_application, select_file
from devices.pcsc.records import HEAD_BYTES, NEEDED, Record, Values, identity_of, may_continue, value_in
from devices.pcsc.status import CardError

if TYPE_CHECKING:
    from devices.pcsc.conversation import Conversation

SELECTED = frozenset({Verdict.DONE, Verdict.FETCH})  # what 61 would fetch is of no use here


def select_card(talk: Conversation) -> bool:
    """True for a social security card; False for any other chip card."""
    answer = talk.ask_once(select_application())
    if answer.verdict is Verdict.SENSELESS:  # a card that was still sliding in
        answer = talk.ask_once(select_application())
    if answer.verdict is Verdict.SENSELESS:
        raise CardError(DeviceCode.SOCIAL_CARD_UNREADABLE, "no answer to SELECT makes sense")
    return answer.verdict in SELECTED


def read_card(talk: Conversation) -> Identity | DeviceCode:
    """What the selected card says of its holder, or why it gives no identity."""
    values: dict[Record, bytes] = {}
    form = RecordForm.BY_NUMBER
    for file, records in groupby(Record, key=lambda record: record.value.file):
        if not _select_file(talk, file):
            return DeviceCode.SOCIAL_CARD_UNREADABLE
        for record in records:
            if record is Record.NAME_MORE and not may_continue(values[Record.NAME]):
                continue
            outcome, form = _read_value(talk, record, form)
            if not isinstance(outcome, DeviceCode):
                values[record] = outcome
            elif record in NEEDED:
                return outcome
    return identity_of(Values(values)) or DeviceCode.SOCIAL_CARD_DAMAGED_TEXT


def _select_file(talk: Conversation, file: int) -> bool:
    """True once one of the two forms is accepted."""
    return any(talk.ask_once(select_file(file, form)).verdict in SELECTED for form in FileForm)


def _read_value(
    talk: Conversation, record: Record, form: RecordForm
) -> tuple[bytes | DeviceCode, RecordForm]:
    """The value, or why there is none; and the form that this card understands, tried first next time."""
    place = record.value
    code = DeviceCode.SOCIAL_CARD_UNREADABLE
    for each in (form, *(other for other in RecordForm if other is not form)):
        named = place.number if each is RecordForm.BY_NUMBER else place.tag
        answer = talk.ask(read_record(named, each, HEAD_BYTES + place.length))
        if answer.verdict is not Verdict.DONE:
            continue
        value = value_in(answer.data, place.tag)
        if value is not None:
            return value, each
        code = DeviceCode.SOCIAL_CARD_DAMAGED_TEXT
    return code, form
