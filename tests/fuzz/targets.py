"""Every parser that meets bytes from a wire, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.board.frames import LineDecoder, encode
from devices.contract import LONGEST_CODE, CodeScanned, PrinterReady
from devices.escpos.status import FIXED_BITS, Answers, is_status
from devices.escpos.status import assess as assess_receipt
from devices.idcard.frames import AnswerDecoder
from devices.idcard.textblock import decode_appended_address, decode_identity
from devices.page import frames
from devices.page.errors import NotIppError
from devices.pcsc.apdu import Verdict, parse_answer
from devices.pcsc.records import Record, Values, identity_of, value_in
from devices.scanner.frames import CodeAssembler
from devices.ups.frames import NotUpsdError, RefusedError, VariableList
from devices.ups.status import read_ups
from tests.devices.idcard import vectors
from tests.fuzz.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.contract import Identity

_LETTERS = ("", "J", "I", "Y", "Z")
_CHUNK = 61  # bytes that a line delivers at once


def _frames(data: bytes) -> None:
    decoder = AnswerDecoder()
    answers = [
        answer for at in range(0, len(data), _CHUNK) for answer in decoder.feed(data[at : at + _CHUNK])
    ]
    while more := decoder.give_up_frame():
        answers += more
    assert len(answers) * 11 <= len(data), "an answer out of nothing"


def _text_block(data: bytes) -> None:
    identity = decode_identity(data[:256].ljust(256, b"\0"))
    assert identity is None or _is_sound(identity)


def _appended_address(data: bytes) -> None:
    assert "\0" not in decode_appended_address(data)[-1:]


def _chip_answer(data: bytes) -> None:
    answer = parse_answer(data)
    assert (answer is None) == (len(data) < 2)
    if answer is not None and answer.verdict in {Verdict.FETCH, Verdict.REPEAT}:
        assert 0 <= answer.length <= 255


def _chip_records(data: bytes) -> None:
    """The input is cut into records by their own lengths, as a card would answer them."""
    found, at = {}, 0
    for record in Record:
        length = 2 + (data[at + 1] if len(data) > at + 1 else 0)
        value = value_in(data[at : at + length], record.value.tag)
        if value is not None:
            found[record] = value
        at += length
    identity = identity_of(Values(found))
    assert identity is None or _is_sound(identity)


def _ipp(data: bytes) -> None:
    assert frames.decode(data).groups is not None


def _receipt_status(data: bytes) -> None:
    """Four bytes, or fewer where the printer fell silent."""
    told: list[int | None] = [*data[:4], None, None, None, None][:4]
    status = assess_receipt(Answers(*told))
    is_whole = all(byte is not None and is_status(byte) for byte in told)
    assert is_whole or not isinstance(status, PrinterReady), "silence or rubbish taken for ready"


def _scanner(data: bytes) -> None:
    """The first byte says how the line cuts the rest into pieces."""
    assembler, step = CodeAssembler(b"" if data[:1] < b"\x80" else b"\r"), 16 + (data[0] if data else 0) % 48
    for at in range(1, len(data), step):
        for code in assembler.feed(data[at : at + step], at / 10):
            assert not isinstance(code, CodeScanned) or 0 < len(code.text) <= LONGEST_CODE


def _ups(data: bytes) -> None:
    answer = VariableList("ups")
    for at in range(0, len(data), _CHUNK):
        if answer.feed(data[at : at + _CHUNK]):
            break
    charge = read_ups(answer.variables).charge_percent
    assert charge is None or 0 <= charge <= 100


def _board(data: bytes) -> None:
    decoder = LineDecoder()
    for at in range(0, len(data), _CHUNK):
        for reply in decoder.feed(data[at : at + _CHUNK]):
            assert 0 <= reply.sequence <= 255


def _is_sound(identity: Identity) -> bool:
    return bool(identity.name and identity.number) and "\ufffd" not in identity.name


def _records(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(bytes((tag, len(value))) + value for tag, value in parts)


_CHIP = _records(
    (0x05, bytes.fromhex("20200101")),
    (0x06, bytes.fromhex("20400101")),
    (0x07, b"A00000001"),
    (0x08, b"110101190001010014"),
    (0x09, bytes.fromhex("D5C5C8FD").ljust(30, b"\0")),
    (0x4E, bytes(20)),
    (0x0A, b"1"),
    (0x0B, b"\x01"),
    (0x0D, bytes.fromhex("19000101")),
)
_ATTRIBUTES = (
    "01010000000000010147001261747472696275746573 2d63686172736574 00057574662d38"
    "0423000d7072696e7465722d7374617465000400000003"
    "4400157072696e7465722d73746174652d726561736f6e7300046e6f6e6503"
)

_IPP = (bytes.fromhex(_ATTRIBUTES.replace(" ", "")),)

TARGETS: Mapping[str, Target] = {
    "card frames": Target(
        _frames,
        (
            *(vectors.FOUND, vectors.SELECTED, vectors.NOT_READ, vectors.SAM_ID, vectors.APPENDED),
            vectors.FOUND + b"\xaa\xaa" + vectors.APPENDED + b"\x96\x69",
        ),
        longest=300,
        hostile=(vectors.PREAMBLE * 60,),
    ),
    "card text": Target(
        _text_block,
        tuple(
            vectors.RESIDENT[:248] + letter.encode("utf-16-le").ljust(2, b"\x20") + vectors.RESIDENT[250:]
            for letter in _LETTERS
        ),
        longest=300,
    ),
    "appended addresses": Target(
        _appended_address, (vectors.APPENDED[10:80], bytes(70), b"\x20\x00" * 35), longest=100
    ),
    "chip answers": Target(
        _chip_answer, (b"\x90\x00", b"\x61\x12", b"\x6c\x0b", _CHIP + b"\x90\x00"), longest=260
    ),
    "chip records": Target(_chip_records, (_CHIP, _CHIP.replace(b"\0", b" ")), longest=300, parts=9),
    "receipt printer's status": Target(
        _receipt_status, (bytes([FIXED_BITS] * 4), b"\x16\x32\x1a\x7e", b"\x12\x12"), longest=8
    ),
    "scanned codes": Target(
        _scanner,
        (b"\x07A1\r\nB2\r", "\x87第二个\r".encode(), b"\x30" + b"x" * 200 + b"\r", b"\x81\xff\x00\r"),
        longest=250,
    ),
    "UPS": Target(
        _ups,
        (
            b'BEGIN LIST VAR ups\nVAR ups ups.status "OB LB"\nEND LIST VAR ups\n',
            b'BEGIN LIST VAR ups\nVAR ups battery.charge "12"\nEND LIST VAR ups\n',
            b"ERR DATA-STALE\n",
        ),
        (NotUpsdError, RefusedError),
        longest=250,
    ),
    "I/O board": Target(
        _board,
        (encode(1, "OK door=0 tamper=1 lights=05"), b"\xff\x00" + encode(255, "ERR COMMAND")),
        longest=200,
    ),
    "IPP": Target(_ipp, _IPP, (NotIppError,), longest=300),
}
