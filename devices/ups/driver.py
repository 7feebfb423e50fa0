"""A UPS behind upsd of Network UPS Tools."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, DeviceFault
from devices.lines import LineError, TcpLine
from devices.trace.line import TappedLine
from devices.trace.mask import PlainMask
from devices.trace.recorder import tap_for
from devices.ups.address import parse_ups_address
from devices.ups.frames import NotUpsdError, RefusedError, UpsdError, VariableList, list_variables
from devices.ups.status import read_ups

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import UpsStatus

_NOT_KNOWN = frozenset(UpsdError)


class NutUps:
    """Implements `Ups`. One connection for each question that the last one did not leave open."""

    def __init__(self, address: str) -> None:
        """AddressError if the address makes no sense."""
        self._address = parse_ups_address(address)
        self._tap = tap_for(self._address.trace, "ups", PlainMask())
        self._line: TappedLine | None = None

    def status(self, deadline: timedelta) -> UpsStatus:
        """Ask for all variables; once more over a new connection where the old one had been closed."""
        limit = time.monotonic() + deadline.total_seconds()
        was_open = self._line is not None
        outcome = self._ask(limit)
        is_lost = isinstance(outcome, DeviceFault) and outcome.code is DeviceCode.UPS_UNREACHABLE
        return self._ask(limit) if was_open and is_lost else outcome

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, limit: float) -> UpsStatus:
        try:
            line = self._open(limit)
            line.discard()
            return self._read(line, limit)
        except LineError as error:
            return self._fail(DeviceCode.UPS_UNREACHABLE, error.detail)
        except NotUpsdError as error:
            return self._fail(DeviceCode.UPS_PROTOCOL, str(error))
        except RefusedError as error:
            word = str(error)
            if word in _NOT_KNOWN:
                return DeviceFault(DeviceCode.UPS_NOT_KNOWN, word)
            return self._fail(DeviceCode.UPS_PROTOCOL, "ERR")

    def _read(self, line: TappedLine, limit: float) -> UpsStatus:
        answer = VariableList(self._address.name)
        line.send(list_variables(self._address.name), limit)
        while chunk := line.receive(limit):
            if answer.feed(chunk):
                return read_ups(answer.variables)
        return self._fail(DeviceCode.UPS_UNREACHABLE, "no whole answer in time")

    def _open(self, limit: float) -> TappedLine:
        if self._line is None:
            self._line = TappedLine(TcpLine(self._address.host, self._address.port, limit), self._tap)
        return self._line

    def _fail(self, code: DeviceCode, detail: str) -> DeviceFault:
        self.close()
        return DeviceFault(code, detail)
