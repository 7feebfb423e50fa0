"""`python -m devices.probe ADDRESS`: what is at this address, and whether it works.

Exit status: 0 a card was read, or the printer is ready; 2 wrong address; 3 no card was read in time;
4 the device is at fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, assert_never

from devices.addresses import open_printer, open_reader, open_receipt_printer, open_social_reader, scheme_of
from devices.contract import (
    CardFound,
    CardRead,
    CardRejected,
    DeviceCode,
    DeviceFault,
    NoNewCard,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    ReaderReady,
)
from devices.errors import AddressError
from devices.probe_parts import ask_part
from devices.sentences import REMEDIES, describe_identity, mask_facts

if TYPE_CHECKING:
    from devices.contract import CardReader, Printer

KINDS = ("reader", "social", "printer", "receipt", "scanner", "ups", "board")
BY_SCHEME = {"ipp": "printer", "pcsc": "social", "nut": "ups", "tcp": "receipt", "file": "receipt"}
OK, WRONG_ADDRESS, NO_CARD, AT_FAULT = 0, 2, 3, 4
FIND_INTERVAL_S = 0.3  # readers drop a card that is polled faster
CALL = timedelta(seconds=5)
OPENING = timedelta(seconds=8)  # two rounds through the baud rates


@dataclass(frozen=True, slots=True)
class Reporter:
    """Tells a person in sentences, or a program in one JSON object for each line."""

    is_json: bool
    is_unmasked: bool = False

    def say(self, what: str, sentence: str, **facts: Any) -> None:
        """One event, flushed."""
        line = json.dumps({"event": what, **facts}, ensure_ascii=False) if self.is_json else sentence
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def say_fault(self, code: DeviceCode, detail: str = "", what: str = "fault") -> None:
        """A device at fault, or ("rejected") a card that gave no identity."""
        more = f" ({detail})" if detail else ""
        self.say(what, f"{code}: {REMEDIES[code]}{more}", code=code, remedy=REMEDIES[code], detail=detail)

    def say_card(self, read: CardRead) -> None:
        """The card, masked unless it was asked for in full."""
        full = describe_identity(read.identity)
        facts = full if self.is_unmasked else mask_facts(full)
        lines = "\n".join(f"  {name}: {value}" for name, value in facts.items())
        self.say("card", f"Card read:\n{lines}", card=facts)


def main(words: list[str]) -> int:
    """Probe the address in the first word."""
    parser = argparse.ArgumentParser(prog="python -m devices.probe", description=__doc__)
    parser.add_argument("address", help="as it stands in the kiosk's settings")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=KINDS,
        help="what is there, where its scheme leaves it open (default: by scheme)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object for each line")
    parser.add_argument(
        "--timeout", type=float, default=10.0, metavar="S", help="how long to wait for a card"
    )
    parser.add_argument("--unmask", action="store_true", help="show the person in full")
    arguments = parser.parse_args(words)
    reporter = Reporter(arguments.json, arguments.unmask)
    try:
        kind = arguments.kind or BY_SCHEME.get(scheme_of(arguments.address), "reader")
        match kind:
            case "printer":
                return probe_printer(open_printer(arguments.address), reporter)
            case "receipt":
                return probe_printer(open_receipt_printer(arguments.address), reporter)
            case "scanner" | "ups" | "board":
                return probe_part(ask_part(kind, arguments.address, CALL), reporter)
            case "social":
                reader = open_social_reader(arguments.address)
            case _:
                reader = open_reader(arguments.address)
    except AddressError as error:
        parser.error(str(error))
    try:
        return probe_reader(reader, timedelta(seconds=arguments.timeout), reporter)
    finally:
        reader.close()


def probe_printer(printer: Printer, reporter: Reporter) -> int:
    """Say how the printer is."""
    status = printer.status(CALL)
    printer.close()
    match status:
        case PrinterReady(model, warnings):
            more = f", {', '.join(warnings)}" if warnings else ""
            reporter.say("ready", f"Printer ready: {model}{more}", model=model, warnings=list(warnings))
            return OK
        case PrinterBlocked(code, reasons):
            reporter.say_fault(code, ", ".join(reasons))
        case PrinterUnknown(code, detail):
            reporter.say_fault(code, detail)
        case _:
            assert_never(status)
    return AT_FAULT


def probe_part(answer: DeviceFault | dict[str, Any], reporter: Reporter) -> int:
    """Say what a scanner, a UPS or a board told."""
    if isinstance(answer, DeviceFault):
        reporter.say_fault(answer.code, answer.detail)
        return AT_FAULT
    sentence = ", ".join(f"{name}: {'unknown' if fact is None else fact}" for name, fact in answer.items())
    reporter.say("ready", sentence, **answer)
    return OK


def probe_reader(reader: CardReader, patience: timedelta, reporter: Reporter) -> int:
    """Say how the reader is, then read one card if one comes in time."""
    status = reader.status(OPENING)
    if isinstance(status, DeviceFault):
        reporter.say_fault(status.code, status.detail)
        return AT_FAULT
    _say_ready(status, reporter)
    limit = time.monotonic() + patience.total_seconds()
    while True:
        verdict = _look(reader, reporter)
        if verdict is not None:
            return verdict
        if time.monotonic() + FIND_INTERVAL_S > limit:
            reporter.say("no_card", "No card was read in time.")
            return NO_CARD
        time.sleep(FIND_INTERVAL_S)


def _say_ready(status: ReaderReady, reporter: Reporter) -> None:
    line = f", {status.baud} baud" if status.baud else ""
    sentence = f"Reader ready: serial {status.serial or 'not told'}{line}. Lay a card on it."
    reporter.say("ready", sentence, serial=status.serial, baud=status.baud)


def _look(reader: CardReader, reporter: Reporter) -> int | None:
    """The exit status once it is known; None while there is still something to wait for."""
    found = reader.find(CALL)
    outcome = reader.read(CALL) if isinstance(found, CardFound) else found
    match outcome:
        case CardRead():
            reporter.say_card(outcome)
            return OK
        case DeviceFault(code, detail):
            reporter.say_fault(code, detail)
            return AT_FAULT
        case CardRejected(code):
            reporter.say_fault(code, what="rejected")
        case NoNewCard():
            pass
        case _:
            assert_never(outcome)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
