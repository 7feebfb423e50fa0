"""Shows the platform how the ledger grew, so that from there on nobody can cut it unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import LedgerAnswer, PlatformFault
from kiosk.domain.health import Component
from kiosk.domain.health_rules import judge_ledger
from kiosk.domain.journal import StoreError
from kiosk.domain.ledger import LedgerTrust
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.health_board import tell_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import LedgerGrowth, Platform
    from kiosk.domain.ledger import Ledger
    from kiosk.log import Log
    from kiosk.work.health_board import Tell
    from kiosk.work.store_state import StoreState

DEADLINE = timedelta(seconds=5)
INTERVAL_S = 60.0
_TRIES = 3  # in one round: the platform says once at most where to begin, unless something is wrong


def _take_for_up() -> bool:
    """Nobody knows better here."""
    return True


@dataclass(frozen=True, slots=True)
class WitnessTools:
    """What the witness works with. `line_is_up` is asked where there is nothing to show."""

    ledger: Ledger
    platform: Platform
    store_state: StoreState
    log: Log
    line_is_up: Callable[[], bool] = _take_for_up
    tell: Tell = tell_nobody


class Witness:
    """Shows growth after deliveries, and every minute in which there was any. It never stops the kiosk."""

    name = "witness"

    def __init__(self, tools: WitnessTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._is_alarmed = False
        self._is_answered = False
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
        """Show what grew, if anything, and tell the board what the platform makes of it."""
        try:
            for _ in range(_TRIES):
                growth = self._tools.ledger.growth()
                if growth is None:
                    self._is_answered = self._tools.line_is_up()
                    break
                if not self._show(growth):
                    break
            told = judge_ledger(is_alarmed=self._is_alarmed, is_answered=self._is_answered)
            self._tools.tell(Component.LEDGER, told)
        except StoreError as error:
            self._tools.store_state.failed(error.code)

    def _show(self, growth: LedgerGrowth) -> bool:
        """True where the same is to be proven again, from elsewhere."""
        match self._tools.platform.witness(growth, DEADLINE):
            case LedgerAnswer() as answer:
                self._is_answered = True
                return self._take(answer)
            case PlatformFault(code, detail):
                self._is_answered = False
                if self._is_news(code):
                    self._tools.log.warning(LogEvent.LEDGER_NOT_SHOWN, code=code, detail=detail)
                return False
            case other:
                assert_never(other)

    def _take(self, answer: LedgerAnswer) -> bool:
        trust = self._tools.ledger.take_answer(answer)
        match trust:
            case LedgerTrust.ANCHORED:
                self._is_alarmed = False
                if self._is_news(trust):
                    self._tools.log.info(LogEvent.LEDGER_ANCHORED)
            case LedgerTrust.AGAIN:
                pass
            case LedgerTrust.ALARM | LedgerTrust.PLATFORM_DIFFERS:
                self._is_alarmed = True
                if self._is_news(f"{trust} {answer.verdict}"):
                    self._tools.log.error(LogEvent.LEDGER_ALARM, trust=trust, verdict=answer.verdict)
            case other:
                assert_never(other)
        return trust is LedgerTrust.AGAIN

    def _is_news(self, what: str) -> bool:
        before, self._told = self._told, what
        return before != what
