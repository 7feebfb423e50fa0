"""Settings in, a whole team of workers out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.core.process import Team
from kiosk.domain.certificate import IssuingPlace
from kiosk.wiring.bench import BenchTeam
from kiosk.wiring.content import hire_content_keeper
from kiosk.wiring.health import HealthTeam
from kiosk.wiring.inside import Inside
from kiosk.wiring.outer import open_outer
from kiosk.wiring.records import hire_nightwatch, open_office
from kiosk.work.clerk import Books, Clerk
from kiosk.work.dispatcher import Dispatcher
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.gap_worker import GapTools, GapWorker
from kiosk.work.lookup_worker import LookupTools, LookupWorker
from kiosk.work.paper_tools import PaperTools, RetrySettlements
from kiosk.work.paper_worker import PaperWorker
from kiosk.work.register_sync import RegisterSync, SyncTools
from kiosk.work.staff_worker import StaffTools, StaffWorker
from kiosk.work.upkeep import Upkeep, UpkeepTools
from kiosk.work.vitals import Vital
from kiosk.work.witness import Witness, WitnessTools
from kiosk.work.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.health import Finding
    from kiosk.front import Front
    from kiosk.settings import Settings
    from kiosk.wiring.outer import Outer


def hire(settings: Settings, front: Front) -> Team:
    """Everybody who works behind the page. Raises SettingsError: a key file, font or address is wrong."""
    outer = open_outer(settings)
    inside = Inside(settings, front, outer.keys)
    workers = Workers(inside, outer)
    return Team(workers.all, workers.dispatcher.dispatch, inside.store.close)


class Workers:
    """All workers, and who wakes whom."""

    def __init__(self, inside: Inside, outer: Outer) -> None:
        self._inside = inside
        self._outer = outer
        store, state, log = inside.store, inside.store_state, inside.log
        up, tell = inside.line_is_up, inside.health.tell
        witness = Witness(WitnessTools(store.ledger, inside.platform, state, log, up, tell))
        drainer = Drainer(
            DrainerTools(store.outbox, inside.platform, state, log, inside.chance, self._on_drained)
        )
        gap = GapWorker(GapTools(store.gaps, inside.platform, state, inside.chance, log, drainer.nudge))
        sync = self._sync()
        content = hire_content_keeper(inside)
        line_back = (
            *(drainer.on_line_back, content.nudge, witness.nudge, gap.nudge),
            *((sync.nudge,) if sync else ()),
        )
        upkeep = self._upkeep((*line_back, self._on_line_back))
        paper = self._paper(drainer, upkeep)
        books = Books(store.calls, store.ratings, store)
        clerk = Clerk(books, state, inside.post, log, drainer.nudge)
        state.on_failed = clerk.wake
        state.on_recovered = lambda: self._catch_up(paper, drainer, gap)
        lookup = self._lookup(upkeep)
        staff = self._staff(drainer)
        self._witness = witness
        self._watching = HealthTeam(inside, outer, paper.is_printing)
        self._bench = BenchTeam(inside, outer)
        inside.health.on_change = self._on_health
        bench = self._bench
        self.dispatcher = Dispatcher(
            lookup, paper, clerk, staff, bench.sheets, bench.trials, bench.keeper, content, log
        )
        first = (paper, content, *self._watching.all, lookup, upkeep, drainer, clerk, staff)
        last = (
            hire_nightwatch(inside),
            open_office(inside, outer, drainer, bench.reporter),
            *((sync,) if sync else ()),
        )
        self.all = (*first, witness, gap, bench.sheets, bench.trials, bench.keeper, *last)

    def _on_health(self, finding: Finding) -> None:
        self._watching.heartbeat.on_change(finding)
        self._bench.keeper.hear(finding)

    def _on_line_back(self) -> None:
        self._watching.heartbeat.on_line_back()

    def _on_drained(self) -> None:
        self._inside.vitals.note(Vital.DELIVERY)
        self._witness.nudge()
        self._watching.store_watch.nudge()

    def _sync(self) -> RegisterSync | None:
        inside = self._inside
        if inside.register is None:
            return None
        return RegisterSync(
            SyncTools(
                register=inside.register,
                platform=inside.platform,
                policy=inside.policy,
                least_cost=inside.settings.offline.least_cost,
                store_state=inside.store_state,
                moment=inside.clock.moment,
                post=inside.post,
                log=inside.log,
                tell=inside.health.tell,
                on_synchronised=lambda: inside.vitals.note(Vital.REGISTER_SYNC),
            )
        )

    def _upkeep(self, line_back: tuple[Callable[[], None], ...]) -> Upkeep:
        inside = self._inside
        return Upkeep(
            UpkeepTools(
                platform=inside.platform,
                numbers=inside.store.numbers,
                community=inside.settings.kiosk.community,
                store_state=inside.store_state,
                post=inside.post,
                log=inside.log,
                on_line_back=line_back,
                tell=inside.health.tell,
            )
        )

    def _paper(self, drainer: Drainer, upkeep: Upkeep) -> PaperWorker:
        inside = self._inside
        return PaperWorker(
            PaperTools(
                open_papers=lambda: self._outer.papers,
                printer=self._outer.pages.both(),
                journal=inside.store.issuances,
                build=Writer(_place(inside.settings)).write,
                citizen_key=inside.platform.citizen_key,
                now=inside.clock.now,
                paper_patience=inside.settings.printer.paper_patience,
                post=inside.post,
                log=inside.log,
                store_state=inside.store_state,
                may_begin=inside.may_begin,
                on_settled=drainer.nudge,
                on_number_used=upkeep.nudge,
                receipt_printer=self._outer.box.receipt_printer,
                on_printed=lambda: inside.vitals.note(Vital.PRINT),
            )
        )

    def _lookup(self, upkeep: Upkeep) -> LookupWorker:
        inside = self._inside
        return LookupWorker(
            LookupTools(
                platform=inside.platform,
                deadline=inside.settings.platform.deadline,
                register=inside.register,
                policy=inside.policy,
                moment=inside.clock.moment,
                line_is_down=upkeep.line_is_down,
                store_state=inside.store_state,
                post=inside.post,
                log=inside.log,
                on_fault=upkeep.nudge,
            )
        )

    def _staff(self, drainer: Drainer) -> StaffWorker:
        inside, store = self._inside, self._inside.store
        return StaffWorker(
            StaffTools(
                accounts=self._outer.staff,
                journal=store.issuances,
                outbox=store.outbox,
                store_state=inside.store_state,
                post=inside.post,
                log=inside.log,
                on_retry=drainer.retry_parked,
            )
        )

    @staticmethod
    def _catch_up(paper: PaperWorker, drainer: Drainer, gap: GapWorker) -> None:
        paper.order(RetrySettlements(), time.monotonic())
        drainer.nudge()
        gap.nudge()


def _place(settings: Settings) -> IssuingPlace:
    return IssuingPlace(
        kiosk=settings.kiosk.id,
        community=settings.kiosk.community,
        issuer=settings.kiosk.issuer,
        phone=settings.kiosk.issuer_phone,
        verify_url=settings.platform.verify_url,
    )
