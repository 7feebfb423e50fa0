"""The one place that knows the classes of other folders: settings in, a whole team of workers out."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from backend_client.client import PlatformClient
from backend_client.keys import KeyFilesError, load_keys
from devices.addresses import open_reader
from devices.errors import AddressError
from devices.page.driver import IppPrinter
from kiosk.core.process import Team
from kiosk.domain.certificate import Issue, IssuingPlace, Wish, build_certificate
from kiosk.domain.codes import StoreCode
from kiosk.log import LogEvent
from kiosk.settings import SettingsError
from kiosk.store.store import Store
from kiosk.work.clerk import Clerk
from kiosk.work.dispatcher import Dispatcher
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.gate import Gate
from kiosk.work.lookup_worker import LookupTools, LookupWorker
from kiosk.work.paper_worker import PaperTools, PaperWorker, RetrySettlements
from kiosk.work.printer_watcher import PrinterWatcher
from kiosk.work.reader_worker import ReaderTools, ReaderWorker
from kiosk.work.store_state import StoreState
from kiosk.work.upkeep import Upkeep, UpkeepTools
from printer_templates.face import FontUnusableError
from printer_templates.maker import PaperMaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from backend_client.contract import Platform
    from devices.contract import IdCardReader, PagePrinter
    from kiosk.domain.issuance import ReservedNumber
    from kiosk.flow.commands import PreparePaper
    from kiosk.front import Front
    from kiosk.settings import Settings
    from printer_templates.contract import Papers, ResidenceCertificate

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Outer:
    """What lies outside the process, not yet touched. The printer's watcher has a connection of its own."""

    reader: IdCardReader
    printer: PagePrinter
    watched_printer: PagePrinter
    platform: Platform
    papers: Papers


def hire(settings: Settings, front: Front) -> Team:
    """Everybody who works behind the page. Raises SettingsError: a key file, font or address is wrong."""
    inside = _Inside(settings, front)
    workers = _Workers(inside, _open_outer(settings))
    return Team(workers.all, workers.dispatcher.dispatch, inside.store.close)


class _Inside:
    """What all workers share."""

    def __init__(self, settings: Settings, front: Front) -> None:
        self.settings = settings
        self.log = front.process.log
        self.post = front.process.mailbox.post
        self.clock = front.clock
        self.may_begin = Gate()
        self.store_state = StoreState(self.post, self.log)
        self.store = Store(settings.kiosk.state_dir, self.clock.moment, self._report_damage)

    def _report_damage(self) -> None:
        self.log.error(LogEvent.STORE_MOVED_ASIDE, code=StoreCode.DAMAGED)
        self.store_state.failed(StoreCode.DAMAGED)


class _Workers:
    """All workers, and who wakes whom."""

    def __init__(self, inside: _Inside, outer: Outer) -> None:
        self._inside = inside
        self._outer = outer
        drainer = self._drainer()
        upkeep = self._upkeep(drainer)
        paper = self._paper(drainer, upkeep)
        clerk = Clerk(inside.store.calls, inside.store, inside.store_state, inside.post, inside.log)
        inside.store_state.on_failed = clerk.wake
        inside.store_state.on_recovered = lambda: self._catch_up(paper, drainer)
        lookup = self._lookup(upkeep)
        watcher = PrinterWatcher(outer.watched_printer, paper.is_printing, inside.post, inside.log)
        reader = ReaderWorker(ReaderTools(outer.reader, inside.post, inside.log, inside.may_begin))
        self.dispatcher = Dispatcher(lookup, paper, clerk, inside.log)
        self.all = (paper, reader, watcher, lookup, upkeep, drainer, clerk)

    def _drainer(self) -> Drainer:
        inside = self._inside
        chance = random.SystemRandom()
        return Drainer(
            DrainerTools(
                outbox=inside.store.outbox,
                platform=self._outer.platform,
                store_state=inside.store_state,
                log=inside.log,
                draw=chance.random,
            )
        )

    def _upkeep(self, drainer: Drainer) -> Upkeep:
        inside = self._inside
        return Upkeep(
            UpkeepTools(
                platform=self._outer.platform,
                numbers=inside.store.numbers,
                community=inside.settings.kiosk.community,
                store_state=inside.store_state,
                post=inside.post,
                log=inside.log,
                on_line_back=drainer.nudge,
            )
        )

    def _paper(self, drainer: Drainer, upkeep: Upkeep) -> PaperWorker:
        inside = self._inside
        return PaperWorker(
            PaperTools(
                open_papers=lambda: self._outer.papers,
                printer=self._outer.printer,
                journal=inside.store.issuances,
                build=_builder(inside.settings),
                now=inside.clock.now,
                paper_patience=inside.settings.printer.paper_patience,
                post=inside.post,
                log=inside.log,
                store_state=inside.store_state,
                may_begin=inside.may_begin,
                on_settled=drainer.nudge,
                on_number_used=upkeep.nudge,
            )
        )

    def _lookup(self, upkeep: Upkeep) -> LookupWorker:
        inside = self._inside
        return LookupWorker(
            LookupTools(
                platform=self._outer.platform,
                deadline=inside.settings.platform.deadline,
                post=inside.post,
                log=inside.log,
                on_fault=upkeep.nudge,
            )
        )

    @staticmethod
    def _catch_up(paper: PaperWorker, drainer: Drainer) -> None:
        paper.order(RetrySettlements(), time.monotonic())
        drainer.nudge()


def _builder(settings: Settings) -> Callable[[PreparePaper, ReservedNumber, datetime], ResidenceCertificate]:
    place = IssuingPlace(
        kiosk=settings.kiosk.id,
        community=settings.kiosk.community,
        issuer=settings.kiosk.issuer,
        phone=settings.kiosk.issuer_phone,
        verify_url=settings.platform.verify_url,
    )

    def build(order: PreparePaper, reserved: ReservedNumber, now: datetime) -> ResidenceCertificate:
        wish, issue = Wish(order.purpose, order.copies), Issue(reserved, now, place)
        return build_certificate(order.identity, order.household.residence, wish, issue)

    return build


def _open_outer(settings: Settings) -> Outer:
    """Everything outside, with all that is wrong with it at once."""
    mistakes: list[str] = []
    papers = _try("papers", lambda: PaperMaker(*_fonts(settings)), mistakes)
    reader = _try("reader.address", lambda: open_reader(_reader_address(settings)), mistakes)
    printer = _try("printer.address", lambda: _open_printer(settings), mistakes)
    watched = _try("printer.address", lambda: _open_printer(settings), [])
    platform = _try("platform.keys_dir", lambda: _open_platform(settings), mistakes)
    if mistakes or not (reader and printer and watched and platform and papers):
        raise SettingsError(tuple(mistakes))
    return Outer(reader, printer, watched, platform, papers)


def _try(key: str, make: Callable[[], Made], mistakes: list[str]) -> Made | None:
    try:
        return make()
    except (AddressError, KeyFilesError, FontUnusableError) as error:
        mistakes += [f"{key}: {line}" for line in str(error).splitlines()]
        return None


def _fonts(settings: Settings) -> tuple[Path, ...]:
    return settings.papers.font_regular, settings.papers.font_bold


def _reader_address(settings: Settings) -> str:
    address = settings.reader.address
    if not settings.reader.tolerant_find or "tolerant_find" in address:
        return address
    return address + ("&" if "?" in address else "?") + "tolerant_find=1"


def _open_printer(settings: Settings) -> PagePrinter:
    return IppPrinter(settings.printer.address, settings.printer.paper_patience)


def _open_platform(settings: Settings) -> Platform:
    keys = load_keys(settings.platform.keys_dir)
    if keys.kiosk != settings.kiosk.id:
        raise KeyFilesError(f"these are the keys of {keys.kiosk}")
    return PlatformClient(
        settings.platform.url, keys.kiosk, keys.secret, keys.lookup_key, keys.receipt_public_key
    )
