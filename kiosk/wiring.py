"""The one place that knows the classes of other folders: settings in, a whole team of workers out."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from backend_client.client import PlatformClient
from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    cosigner_key,
    kiosk_key_name,
    public_key_of,
    verifier_key,
)
from backend_client.contract.sealed import write_carrier
from backend_client.keys import KeyFilesError, load_keys
from devices.addresses import open_reader
from devices.errors import AddressError
from devices.page.driver import IppPrinter
from kiosk.core.process import Team
from kiosk.domain.certificate import IssuingPlace
from kiosk.domain.codes import StoreCode
from kiosk.domain.offline import OfflinePolicy
from kiosk.log import LogEvent
from kiosk.settings import SettingsError
from kiosk.staff_file import StaffFileError, load_accounts
from kiosk.store.ledger import LedgerIdentity
from kiosk.store.store import Store
from kiosk.work.clerk import Clerk
from kiosk.work.dispatcher import Dispatcher
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.gap_worker import GapTools, GapWorker
from kiosk.work.gate import Gate
from kiosk.work.lookup_worker import LookupTools, LookupWorker
from kiosk.work.nightwatch import NightTools, Nightwatch
from kiosk.work.office import Office
from kiosk.work.office_desk import OfficeDesk, OfficeTools
from kiosk.work.paper_tools import PaperTools, RetrySettlements
from kiosk.work.paper_worker import PaperWorker
from kiosk.work.printer_watcher import PrinterWatcher
from kiosk.work.reader_worker import ReaderTools, ReaderWorker
from kiosk.work.register_sync import RegisterSync, SyncTools
from kiosk.work.staff_worker import StaffTools, StaffWorker
from kiosk.work.store_state import StoreState
from kiosk.work.upkeep import Upkeep, UpkeepTools
from kiosk.work.witness import Witness, WitnessTools
from kiosk.work.writing import Writer
from printer_templates.face import FontUnusableError
from printer_templates.maker import PaperMaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backend_client.contract import Platform
    from backend_client.keys import KioskKeys
    from devices.contract import CardReader, Printer
    from kiosk.domain.staff import StaffAccount
    from kiosk.front import Front
    from kiosk.settings import Settings
    from printer_templates.contract import Papers

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Outer:
    """What lies outside the process, not yet touched. The printer's watcher has a connection of its own."""

    reader: CardReader
    printer: Printer
    watched_printer: Printer
    papers: Papers
    keys: KioskKeys
    staff: tuple[StaffAccount, ...]


def hire(settings: Settings, front: Front) -> Team:
    """Everybody who works behind the page. Raises SettingsError: a key file, font or address is wrong."""
    outer = _open_outer(settings)
    inside = _Inside(settings, front, outer.keys)
    workers = _Workers(inside, outer)
    return Team(workers.all, workers.dispatcher.dispatch, inside.store.close)


class _Inside:
    """What all workers share."""

    def __init__(self, settings: Settings, front: Front, keys: KioskKeys) -> None:
        self.settings = settings
        self.log = front.process.log
        self.post = front.process.mailbox.post
        self.clock = front.clock
        self.may_begin = Gate()
        self.store_state = StoreState(self.post, self.log)
        ledger = LedgerIdentity(keys.kiosk, keys.signing_key, keys.receipt_public_key)
        self.store = Store(settings.kiosk.state_dir, self.clock.moment, self._report_damage, ledger=ledger)
        self.register = self.store.register(keys.register_key) if settings.offline.register else None
        self.policy = OfflinePolicy(
            timedelta(hours=settings.offline.synchronised_within_hours),
            timedelta(days=settings.offline.checked_within_days),
        )
        self.platform: Platform = PlatformClient(
            settings.platform.url,
            keys.kiosk,
            keys.secret,
            keys.lookup_key,
            keys.receipt_public_key,
            on_server_time=self.clock.heard,
        )
        self.chance: Callable[[], float] = random.SystemRandom().random

    def _report_damage(self) -> None:
        self.log.error(LogEvent.STORE_MOVED_ASIDE, code=StoreCode.DAMAGED)
        self.store_state.failed(StoreCode.DAMAGED)


class _Workers:
    """All workers, and who wakes whom."""

    def __init__(self, inside: _Inside, outer: Outer) -> None:
        self._inside = inside
        self._outer = outer
        store, state, log = inside.store, inside.store_state, inside.log
        witness = Witness(WitnessTools(store.ledger, inside.platform, state, log))
        drainer = Drainer(
            DrainerTools(store.outbox, inside.platform, state, log, inside.chance, witness.nudge)
        )
        gap = GapWorker(GapTools(store.gaps, inside.platform, state, inside.chance, log, drainer.nudge))
        sync = self._sync()
        line_back = (drainer.on_line_back, witness.nudge, gap.nudge, *((sync.nudge,) if sync else ()))
        upkeep = self._upkeep(line_back)
        paper = self._paper(drainer, upkeep)
        clerk = Clerk(store.calls, store, state, inside.post, log)
        state.on_failed = clerk.wake
        state.on_recovered = lambda: self._catch_up(paper, drainer, gap)
        lookup = self._lookup(upkeep)
        staff = self._staff(drainer)
        watcher = PrinterWatcher(outer.watched_printer, paper.is_printing, inside.post, log)
        reader = ReaderWorker(ReaderTools(outer.reader, inside.post, log, inside.may_begin))
        self.dispatcher = Dispatcher(lookup, paper, clerk, staff, log)
        first = (paper, reader, watcher, lookup, upkeep, drainer, clerk, staff)
        last = (self._nightwatch(), self._office(drainer), *((sync,) if sync else ()))
        self.all = (*first, witness, gap, *last)

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
            )
        )

    def _paper(self, drainer: Drainer, upkeep: Upkeep) -> PaperWorker:
        inside = self._inside
        return PaperWorker(
            PaperTools(
                open_papers=lambda: self._outer.papers,
                printer=self._outer.printer,
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

    def _office(self, drainer: Drainer) -> Office:
        inside, store, keys = self._inside, self._inside.store, self._outer.keys
        tools = OfficeTools(
            outbox=store.outbox,
            journal=store.issuances,
            numbers=store.numbers,
            ledger=store.ledger,
            register=inside.register,
            health=store.health,
            staff=self._outer.staff,
            seal=lambda items: write_carrier(items, keys.kiosk, keys.signing_key, keys.carrier_public_key),
            keys=_public_keys(keys),
            store_state=inside.store_state,
            moment=inside.clock.moment,
            post=inside.post,
            log=inside.log,
            on_retry=drainer.retry_parked,
            on_settled=drainer.nudge,
        )
        return Office(inside.settings.office_path, OfficeDesk(tools), inside.log)

    def _nightwatch(self) -> Nightwatch:
        inside, store = self._inside, self._inside.store
        return Nightwatch(
            NightTools(
                store=store.night,
                ledger=store.ledger,
                persons=store.persons,
                store_state=inside.store_state,
                moment=inside.clock.moment,
                hour=inside.settings.store.nightly_hour,
                personal_days=inside.settings.store.personal_days,
                log=inside.log,
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


def _open_outer(settings: Settings) -> Outer:
    """Everything outside, with all that is wrong with it at once."""
    mistakes: list[str] = []
    papers = _try("papers", lambda: PaperMaker(*_fonts(settings)), mistakes)
    reader = _try("reader.address", lambda: open_reader(_reader_address(settings)), mistakes)
    printer = _try("printer.address", lambda: _open_printer(settings), mistakes)
    watched = _try("printer.address", lambda: _open_printer(settings), [])
    keys = _try("platform.keys_dir", lambda: _load_keys(settings), mistakes)
    staff = _try("staff.file", lambda: _load_staff(settings), mistakes)
    if mistakes or staff is None or not (reader and printer and watched and keys and papers):
        raise SettingsError(tuple(mistakes))
    return Outer(reader, printer, watched, papers, keys, staff)


def _public_keys(keys: KioskKeys) -> tuple[str, str]:
    """By which a ledger of this kiosk is verified."""
    kiosk = verifier_key(kiosk_key_name(keys.kiosk), public_key_of(keys.signing_key))
    return kiosk, cosigner_key(PLATFORM_KEY_NAME, keys.receipt_public_key)


def _try(key: str, make: Callable[[], Made], mistakes: list[str]) -> Made | None:
    try:
        return make()
    except (AddressError, KeyFilesError, FontUnusableError, StaffFileError) as error:
        mistakes += [f"{key}: {line}" for line in str(error).splitlines()]
        return None


def _fonts(settings: Settings) -> tuple[Path, ...]:
    return settings.papers.font_regular, settings.papers.font_bold


def _reader_address(settings: Settings) -> str:
    address = settings.reader.address
    if not settings.reader.tolerant_find or "tolerant_find" in address:
        return address
    return address + ("&" if "?" in address else "?") + "tolerant_find=1"


def _open_printer(settings: Settings) -> Printer:
    return IppPrinter(settings.printer.address, settings.printer.paper_patience)


def _load_keys(settings: Settings) -> KioskKeys:
    keys = load_keys(settings.platform.keys_dir)
    if keys.kiosk != settings.kiosk.id:
        raise KeyFilesError(f"these are the keys of {keys.kiosk}")
    return keys


def _load_staff(settings: Settings) -> tuple[StaffAccount, ...]:
    return load_accounts(settings.staff.file) if settings.staff.file else ()
