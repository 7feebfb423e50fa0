"""Who works for the technician: sheets, trials of devices, the bench where both are kept."""

from __future__ import annotations

import platform
import sqlite3
from typing import TYPE_CHECKING

from kiosk import VERSION
from kiosk.domain.health import Component
from kiosk.domain.issuance import PAGE_PRINTER
from kiosk.domain.sheets import SheetPlace, trial_page
from kiosk.screen.catalogue import Catalogues
from kiosk.work.bench_keeper import BenchKeeper, BenchTools
from kiosk.work.outlets import Outlet, roll_of
from kiosk.work.reporting import Reporter
from kiosk.work.serials import Serials
from kiosk.work.sheet_worker import SheetTools, SheetWorker
from kiosk.work.trial_worker import TrialTools, TrialWorker

if TYPE_CHECKING:
    from devices.contract import Printer
    from kiosk.scene.contract import Language
    from kiosk.wiring.inside import Inside
    from kiosk.wiring.outer import Outer


class BenchTeam:
    """The technician's workers; `reporter` puts together what they leave behind."""

    def __init__(self, inside: Inside, outer: Outer) -> None:
        self._inside, self._outer = inside, outer
        settings = inside.settings
        self._place = SheetPlace(
            settings.kiosk.issuer, settings.kiosk.issuer_phone, settings.kiosk.id, settings.kiosk.place
        )
        self._catalogues = Catalogues()
        self.serials = Serials()
        versions = (
            ("kiosk", VERSION),
            ("SQLite", sqlite3.sqlite_version),
            ("Python", platform.python_version()),
        )
        self.reporter = Reporter(
            place=self._place,
            papers=outer.papers,
            board=inside.health.board,
            book=inside.store.bench,
            serials=self.serials,
            versions=versions,
            now=inside.clock.now,
        )
        self.sheets = SheetWorker(self._sheet_tools())
        self.trials = TrialWorker(self._trial_tools())
        self.keeper = BenchKeeper(self._bench_tools())

    def _sheet_tools(self) -> SheetTools:
        inside, pages = self._inside, self._outer.pages
        return SheetTools(
            open_papers=lambda: self._outer.papers,
            page_printer=pages.both(),
            receipt_printer=self._outer.box.receipt_printer,
            trial_printers=self._page_printers(),
            place=self._place,
            words=self._words,
            report=self.reporter.report,
            book=inside.store.bench,
            store_state=inside.store_state,
            now=inside.clock.now,
            post=inside.post,
            log=inside.log,
        )

    def _trial_tools(self) -> TrialTools:
        inside, box = self._inside, self._outer.box
        printers = {
            component: (printer, Outlet(PAGE_PRINTER, printer))
            for component, printer in self._page_printers().items()
        }
        if box.receipt_printer:
            printers[Component.RECEIPT_PRINTER] = (box.receipt_printer, roll_of(box.receipt_printer))
        return TrialTools(
            open_papers=lambda: self._outer.papers,
            printers=printers,
            page=lambda component: trial_page(self._place, component, inside.clock.now()),
            io_board=box.board,
            ups=self._outer.another_ups(),
            platform=inside.platform,
            board=inside.health.board,
            book=inside.store.bench,
            store_state=inside.store_state,
            post=inside.post,
            log=inside.log,
        )

    def _bench_tools(self) -> BenchTools:
        inside = self._inside
        return BenchTools(
            book=inside.store.bench,
            reporter=self.reporter,
            tray_sheets=inside.settings.printer.tray_sheets,
            store_state=inside.store_state,
            now=inside.clock.now,
            post=inside.post,
            log=inside.log,
        )

    def _page_printers(self) -> dict[Component, Printer]:
        pages = self._outer.pages
        printers = {Component.PAGE_PRINTER: pages.first()}
        if standby := pages.standby():
            printers[Component.STANDBY_PRINTER] = standby
        return printers

    def _words(self, key: str, language: Language) -> str:
        return self._catalogues.of(language).find(key)
