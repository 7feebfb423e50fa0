"""Who watches how everything is, and tells it to the board, to the platform and to whoever measures."""

from __future__ import annotations

import hashlib
import platform
import sqlite3
import uuid
from typing import TYPE_CHECKING

from devices.machine.driver import PsutilMachine
from kiosk import VERSION
from kiosk.domain.condition import Program
from kiosk.domain.device_health import MachineLimits
from kiosk.domain.health import Component
from kiosk.work.box_watch import BoxTools, BoxWatch
from kiosk.work.card_turn import CardTurn
from kiosk.work.heartbeat import HeartbeatTools, HeartbeatWorker
from kiosk.work.metrics import MetricsServer, MetricsTools
from kiosk.work.printer_watcher import PrinterWatcher, WatchedAs
from kiosk.work.reader_worker import ReaderTools, ReaderWorker
from kiosk.work.scanner_worker import ScannerTools, ScannerWorker
from kiosk.work.self_watch import SelfTools, SelfWatch
from kiosk.work.sources import Sources
from kiosk.work.store_watch import StoreWatch, StoreWatchTools
from kiosk.work.vitals import Vital

if TYPE_CHECKING:
    import threading

    from devices.contract import CardReader, Printer
    from kiosk.settings import Settings
    from kiosk.wiring.inside import Inside
    from kiosk.wiring.outer import Outer
    from kiosk.work.crew import Worker

_LONGEST_OS = 64
_CONFIG_DIGITS = 8


class HealthTeam:
    """The workers that watch devices, store, screen and machine; `all` are to be started."""

    def __init__(self, inside: Inside, outer: Outer, is_printing: threading.Event) -> None:
        self._inside = inside
        self._outer = outer
        self._is_printing = is_printing
        self._turn = CardTurn()
        self.watcher = self._watch(outer.pages.first(), Component.PAGE_PRINTER)
        self._box = BoxWatch(self._box_tools())
        self.store_watch = StoreWatch(self._store_tools())
        sources = self._sources()
        program = _program(inside.settings)
        self.heartbeat = HeartbeatWorker(self._heartbeat_tools(sources, program))
        port = inside.settings.health.metrics_port
        metrics = (MetricsServer(MetricsTools(port, sources, program, inside.log)),) if port else ()
        selfwatch = SelfWatch(self._self_tools())
        self.all: tuple[Worker, ...] = (
            *self._readers(),
            self.watcher,
            *self._other_devices(),
            self._box,
            selfwatch,
            self.store_watch,
            self.heartbeat,
            *metrics,
        )

    def _readers(self) -> tuple[Worker, ...]:
        social = self._outer.box.social_reader
        first = self._read(self._outer.reader, Component.ID_READER)
        return (first, self._read(social, Component.SOCIAL_READER)) if social else (first,)

    def _read(self, reader: CardReader, component: Component) -> ReaderWorker:
        inside = self._inside
        return ReaderWorker(
            ReaderTools(
                reader,
                inside.post,
                inside.log,
                inside.may_begin,
                component,
                self._turn,
                inside.health.tell,
                lambda: inside.vitals.note(Vital.CARD_LAID),
                lambda: inside.vitals.note(Vital.CARD_READ),
            )
        )

    def _watch(self, printer: Printer, component: Component) -> PrinterWatcher:
        inside = self._inside
        watched = WatchedAs(component, inside.health.tell)
        return PrinterWatcher(printer, self._is_printing, inside.post, inside.log, watched)

    def _other_devices(self) -> tuple[Worker, ...]:
        inside, box = self._inside, self._outer.box
        workers: list[Worker] = []
        if standby := self._outer.pages.standby():
            workers.append(self._watch(standby, Component.STANDBY_PRINTER))
        if box.receipt_printer:
            workers.append(self._watch(box.receipt_printer, Component.RECEIPT_PRINTER))
        if box.scanner:
            tools = ScannerTools(box.scanner, inside.post, inside.log, inside.health.tell)
            workers.append(ScannerWorker(tools))
        return tuple(workers)

    def _box_tools(self) -> BoxTools:
        settings = self._inside.settings
        limits = settings.health
        return BoxTools(
            machine=PsutilMachine(settings.kiosk.state_dir),
            limits=MachineLimits(limits.least_disk_mb, limits.least_memory_mb, limits.hottest_c),
            tell=self._inside.health.tell,
            ups=self._outer.box.ups,
            board=self._outer.box.board,
        )

    def _self_tools(self) -> SelfTools:
        inside, process = self._inside, self._inside.front.process
        return SelfTools(
            inside.health, process.engine.frames, process.gateway.has_screen, inside.clock.offset
        )

    def _store_tools(self) -> StoreWatchTools:
        inside, store = self._inside, self._inside.store
        return StoreWatchTools(
            outbox=store.outbox,
            numbers=store.numbers,
            journal=store.issuances,
            ledger=store.ledger,
            night=store.night,
            bench=store.bench,
            health=store,
            store_state=inside.store_state,
            moment=inside.clock.moment,
            board=inside.health,
        )

    def _sources(self) -> Sources:
        inside = self._inside
        return Sources(
            board=inside.health,
            vitals=inside.vitals,
            frames=inside.front.process.engine.frames,
            moment=inside.clock.moment,
            clock_offset=inside.clock.offset,
            store=self.store_watch.figures,
            machine=self._box.machine,
            ups=self._box.ups,
            supplies=lambda: self.watcher.facts().supplies,
        )

    def _heartbeat_tools(self, sources: Sources, program: Program) -> HeartbeatTools:
        inside = self._inside
        return HeartbeatTools(
            desk=inside.platform,
            sources=sources,
            vitals=inside.vitals,
            program=program,
            interval=inside.settings.health.heartbeat,
            draw=inside.chance,
            log=inside.log,
        )


def _program(settings: Settings) -> Program:
    """What runs here; the digest tells whether two kiosks are set up alike."""
    return Program(
        boot=uuid.uuid4().hex[:12],
        app=VERSION,
        os=platform.platform()[:_LONGEST_OS],
        sqlite=sqlite3.sqlite_version,
        config=hashlib.sha256(repr(settings).encode()).hexdigest()[:_CONFIG_DIGITS],
    )
