"""What counts as a proof: the answers of a printer that says whatever a test wants."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, Printed, PrinterReady, PrinterUnknown, Uncertain
from devices.escpos.driver import EscposPrinter
from devices.simulators.wires import Listening, TcpWire
from tests.devices.escpos.rigs import AMPLE, TIMINGS, document, running_receipt_printer
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from devices.contract import PrintOutcome

FINE = b"\x12"
_ASKED = re.compile(rb"\x10\x04([\x01-\x04])|(\x1dr\x01)")


@dataclass
class Puppet:
    """Answers questions with the bytes it was given, and prints nothing."""

    wire: TcpWire
    proofs: list[bytes] = field(default_factory=list)  # to one GS r 1 after the other
    after: dict[int, bytes] = field(default_factory=dict)  # to DLE EOT n, once all proofs were sent
    _tail: bytes = b""

    def hear(self, data: bytes) -> None:
        seen, done = self._tail + data, 0
        for asked in _ASKED.finditer(seen):
            done = asked.end()
            if asked.group(2):
                self.wire.write(self.proofs.pop(0))
            else:
                said = FINE if self.proofs else self.after.get(asked.group(1)[0], FINE)
                self.wire.write(said)
        self._tail = seen[max(done, len(seen) - 2) :]


@contextmanager
def playing(*proofs: bytes, after: dict[int, bytes] | None = None) -> Iterator[EscposPrinter]:
    """A driver at a puppet that gives a good proof while the driver catches up, and then these."""
    wire = TcpWire("tcp")
    puppet = Puppet(wire, [b"\x00", b"\x00", *proofs], after or {})
    with (
        closing(Listening(wire, puppet.hear, "puppet")),
        closing(EscposPrinter(wire.address, replace(TIMINGS, proof_s=0.15))) as printer,
    ):
        yield printer


def outcome_of(*proofs: bytes, after: dict[int, bytes] | None = None) -> PrintOutcome:
    with playing(*proofs, after=after) as printer:
        return printer.print(document(), Onlooker(), AMPLE)


@pytest.mark.parametrize("proof", [b"\x00", b"\x03", b"\x60"])
def test_two_answers_in_their_turn_are_a_proof(proof: bytes) -> None:
    assert outcome_of(proof, proof) == Printed(1)


@pytest.mark.parametrize(
    ("proofs", "code"),
    [
        ((b"", b""), DeviceCode.RECEIPT_NOT_CONFIRMED),
        ((b"\x00", b""), DeviceCode.RECEIPT_NOT_CONFIRMED),  # one zero: a cable without power
        ((b"\x00", b"\x00\x00"), DeviceCode.RECEIPT_GARBLED),
        ((b"\xff\x00", b"\x00"), DeviceCode.RECEIPT_GARBLED),
        ((b"\x00\x80", b"\x00"), DeviceCode.RECEIPT_GARBLED),
        ((b"\x0c", b"\x0c"), DeviceCode.RECEIPT_PAPER_OUT),
        ((b"\x12", b"\x12"), DeviceCode.RECEIPT_NOT_CONFIRMED),
    ],
)
def test_anything_else_is_none(proofs: tuple[bytes, bytes], code: DeviceCode) -> None:
    outcome = outcome_of(*proofs)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is code


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        (1, b"\x1a", DeviceCode.RECEIPT_OFFLINE),
        (2, b"\x16", DeviceCode.RECEIPT_COVER_OPEN),
        (3, b"\x1a", DeviceCode.RECEIPT_CUTTER),
        (4, b"\x72", DeviceCode.RECEIPT_PAPER_OUT),
        (4, b"", DeviceCode.RECEIPT_SILENT),
        (4, b"\x00", DeviceCode.RECEIPT_GARBLED),
    ],
)
def test_a_printer_that_complains_after_its_proof_has_proved_nothing(
    question: int, answer: bytes, code: DeviceCode
) -> None:
    outcome = outcome_of(b"\x00", b"\x00", after={question: answer})

    assert isinstance(outcome, Uncertain)
    assert outcome.code is code


def test_a_late_answer_is_not_taken_for_the_answer_to_the_next_question(tmp_path: Path) -> None:
    timings = replace(TIMINGS, answer_s=0.4, quiet_s=0.4)
    with (
        running_receipt_printer("serial", tmp_path) as rig,
        closing(EscposPrinter(rig.address, timings)) as printer,
    ):
        rig.fault("slow")  # 0.6 s, once

        late, then = printer.status(AMPLE), printer.status(AMPLE)

    assert isinstance(late, PrinterUnknown)
    assert late.code is DeviceCode.RECEIPT_SILENT
    assert then == PrinterReady()
