"""What slips, receipts and guides say, word for word, on whatever they are printed. No place, no size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from printer_templates import slip_wording
from printer_templates.wording import day, local, split_issuer

if TYPE_CHECKING:
    from datetime import datetime

    from printer_templates.contract import AcceptanceReceipt, GuideSlip, PickupSlip

Parts = tuple[str, ...]  # one text in parts, between which a line should break

_AFTER_COMMA = re.compile(r"(?<=，)")
_SENTENCE_END = re.compile(r"[.?!]$")  # after a Chinese one there is air enough
_BETWEEN_THINGS = re.compile(r"[、；]|[;,] ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands under it: one text in parts, or a list of things."""

    label: str
    text: Parts = field(default=(), repr=False)
    things: Parts = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A small paper: its title, what is large on it, and entries that are read one after the other."""

    title: str
    notice: Parts  # what it is not, in a frame
    headline_label: str
    headline: str
    entries: tuple[Entry, ...]
    remark: Parts
    issuer: Parts
    moment: str
    kiosk: str
    qr: str = ""
    last: str = ""  # at the very end

    def texts(self) -> tuple[str, ...]:
        """All of it, for the check of glyphs."""
        entries = (text for entry in self.entries for text in (entry.label, *entry.text, *entry.things))
        single = (self.title, *self.notice, self.headline_label, self.headline, self.moment)
        return (*single, *entries, *self.remark, *self.issuer, self.kiosk, self.last)


@dataclass(frozen=True, slots=True)
class _Labels:
    """What receipts and guides say by themselves, in one language."""

    reason: str
    next_step: str
    place: str
    phone: str
    code: str
    subject: str
    where: str
    bring: str
    why_not: str
    wish: str
    no_certificate: Parts
    show_it: Parts
    call_first: Parts
    counter_decides: Parts


_CHINESE = _Labels(
    reason="原因",
    next_step="接下来",
    place="受理地点",
    phone="咨询电话",
    code="代码",
    subject="受理事项",
    where="到哪里办",
    bring="请带上",
    why_not="不能办的原因",
    wish="要办的事",
    no_certificate=("本回执不是证明",),
    show_it=("咨询时请出示本回执，", "或说出本回执上的时间和设备号。"),
    call_first=("去之前可以先打电话", "问清楚"),
    counter_decides=("所需材料以办理窗口的答复为准。",),
)
_ENGLISH = _Labels(
    reason="Reason",
    next_step="What now",
    place="Place",
    phone="Phone",
    code="Code",
    subject="What you asked for",
    where="Where",
    bring="Bring",
    why_not="Why not here",
    wish="What you need",
    no_certificate=("This is not a certificate",),
    show_it=("When you ask, show this slip ", "or read out its time and kiosk."),
    call_first=("You can call ", "before you go"),
    counter_decides=("The counter decides ", "what papers are needed."),
)


def leaf_of_pickup(slip: PickupSlip) -> Leaf:
    """The slip with a pick-up number, in the words of its A4 page."""
    words = slip_wording.word_slip(slip)
    return Leaf(
        title=slip_wording.TITLE,
        notice=_halves(slip_wording.NO_PROOF),
        headline_label=slip_wording.NUMBER_LABEL,
        headline=words.number,
        entries=(
            Entry("申请人", (slip.masked_name,)),
            Entry("证件号码", (slip.masked_number,)),
            Entry("申请事项", words.wish),
            Entry("暂缓原因", words.reason),
            Entry("领取办法", words.how),
            Entry("咨询", words.ask),
        ),
        remark=slip_wording.REMARK,
        issuer=words.issuer,
        moment=words.requested,
        kiosk=words.kiosk,
        qr=slip.qr,
        last=words.again,
    )


def leaf_of_acceptance(receipt: AcceptanceReceipt) -> Leaf:
    """The receipt for a request that people will look at."""
    labels = _labels_for(receipt.next_step)
    entries = (
        Entry(labels.reason, (receipt.reason,)),
        Entry(labels.next_step, (receipt.next_step,)),
        Entry(labels.place, (receipt.place,)),
        Entry(labels.phone, (receipt.issuer_phone,)),
        Entry(labels.code, (receipt.code,)),
    )
    return Leaf(
        title="受理回执",
        notice=labels.no_certificate,
        headline_label=labels.subject,
        headline=receipt.subject,
        entries=tuple(entry for entry in entries if any(entry.text)),
        remark=labels.show_it,
        issuer=split_issuer(receipt.issuer),
        moment=_moment(receipt.accepted_at),
        kiosk=f"设备 {receipt.kiosk}",
    )


def leaf_of_guide(slip: GuideSlip) -> Leaf:
    """Where to go and what to bring."""
    labels = _labels_for(slip.where)
    things = tuple(thing.strip() for each in slip.bring for thing in _BETWEEN_THINGS.split(each))
    entries = (
        Entry(labels.where, (slip.where,)),
        Entry(labels.bring, things=tuple(thing for thing in things if thing)),
        Entry(labels.why_not, tuple(_SENTENCE_END.sub(r"\g<0> ", reason) for reason in slip.reasons)),
        Entry(labels.phone, (slip.issuer_phone,)),
    )
    return Leaf(
        title="办事指引单",
        notice=labels.call_first,
        headline_label=labels.wish,
        headline=slip.service,
        entries=tuple(entry for entry in entries if any(entry.text) or entry.things),
        remark=labels.counter_decides,
        issuer=split_issuer(slip.issuer),
        moment=_moment(slip.printed_at),
        kiosk=f"设备 {slip.kiosk}",
    )


def _labels_for(words: str) -> _Labels:
    """Labels in the language of the words; titles stay as the office has them."""
    return _CHINESE if any(character > "\u2fff" for character in words) else _ENGLISH


def _halves(notice: str) -> Parts:
    """A notice in the parts between which it should break."""
    return tuple(_AFTER_COMMA.split(notice))


def _moment(moment: datetime) -> str:
    there = local(moment)
    return f"{day(there)} {there:%H:%M}"
