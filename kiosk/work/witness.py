"""Shows the platform how the ledger grew, so that from there on nobody can cut it unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import LedgerAnswer, PlatformFault
from kiosk.domain.journal import StoreError
from kiosk.domain.ledger import LedgerTrust
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from backend_client.contract import LedgerGrowth, Platform
    from kiosk.domain.ledger import Ledger
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

DEADLINE = timedelta(seconds=5)
INTERVAL_S = 60.0
_TRIES = 3  # in one round: the platform says once at most where to begin, unless something is wrong


@dataclass(frozen=True, slots=True)
class WitnessTools:
    """What the witness works with."""

    ledger: Ledger
    platform: Platform
    store_state: StoreState
    log: Log


class Witness:
    """Shows growth after deliveries, and every minute in which there was any. It never stops the kiosk."""

    name = "witness"

    def __init__(self, tools: WitnessTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._told = ""  # what the log said last, so that one fault does not fill it

    def nudge(self) -> None:
        """Something was delivered: show the ledger soon."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Show growth until closed."""
        while True:
            self._bell.sleep(INTERVAL_S)
            self.show()

    def show(self) -> None:
        """Show what grew, if anything."""
        try:
            for _ in range(_TRIES):
                growth = self._tools.ledger.growth()
                if growth is None or not self._show(growth):
                    return
        except StoreError as error:
            self._tools.store_state.failed(error.code)

    def _show(self, growth: LedgerGrowth) -> bool:
        """True where the same is to be proven again, from elsewhere."""
        match self._tools.platform.witness(growth, DEADLINE):
            case LedgerAnswer() as answer:
                return self._take(answer)
            case PlatformFault(code, detail):
                if self._is_news(code):
                    self._tools.log.warning(LogEvent.LEDGER_NOT_SHOWN, code=code, detail=detail)
                return False
            case other:
                assert_never(other)

    def _take(self, answer: LedgerAnswer) -> bool:
        trust = self._tools.ledger.take_answer(answer)
        match trust:
            case LedgerTrust.ANCHORED:
                if self._is_news(trust):
                    self._tools.log.info(LogEvent.LEDGER_ANCHORED)
            case LedgerTrust.AGAIN:
                pass
            case LedgerTrust.ALARM | LedgerTrust.PLATFORM_DIFFERS:
                if self._is_news(f"{trust} {answer.verdict}"):
                    self._tools.log.error(LogEvent.LEDGER_ALARM, trust=trust, verdict=answer.verdict)
            case other:
                assert_never(other)
        return trust is LedgerTrust.AGAIN

    def _is_news(self, what: str) -> bool:
        before, self._told = self._told, what
        return before != what
