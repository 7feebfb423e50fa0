"""The first half of a start: engine, flow and the screen's socket, so that the attract page stands at once.

The second half, kiosk/wiring, loads drivers, store and papers, which takes longer than all of this.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.engine import Engine, Flow, Outside
from kiosk.core.gateway import Gateway
from kiosk.core.mailbox import Mailbox
from kiosk.core.process import EXIT_FAULT, Process
from kiosk.domain.rules import Rules
from kiosk.flow.states import initial
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.flow.world import Night, Plan, Times
from kiosk.log import Log
from kiosk.work.clock import SystemClock
from kiosk.work.crew import Crew

if TYPE_CHECKING:
    from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Front:
    """A process that shows its first page and has nobody yet to work behind it."""

    process: Process
    clock: SystemClock


def open_front(settings: Settings) -> Front:
    """Listen, and show the attract page."""
    log, mailbox, clock = Log(sys.stderr), Mailbox(), SystemClock()
    gateway = Gateway(settings.socket_path, mailbox.hear, log)
    flow = Flow(initial(_plan(settings), clock.now()), step, view, timer)
    process = Process(
        mailbox=mailbox,
        engine=Engine(mailbox, flow, Outside(gateway.publish, clock.now, log)),
        gateway=gateway,
        crew=Crew(log, lambda: mailbox.end(EXIT_FAULT)),
        log=log,
        kiosk=settings.kiosk.id,
        address=f"unix://{settings.socket_path}",
    )
    process.open()
    return Front(process, clock)


def rules_of(settings: Settings) -> Rules:
    """What the county decided, as the domain wants to know it."""
    return Rules(
        community=settings.kiosk.community,
        record_max_age_days=settings.rules.record_max_age_days,
        guardian_below_age=settings.rules.guardian_below_age,
        max_copies=settings.rules.max_copies,
        social_card_services=settings.rules.social_card_services,
    )


def _plan(settings: Settings) -> Plan:
    times = Times(
        browse=settings.times.browse,
        decide=settings.times.decide,
        result=settings.times.result,
        fault=settings.times.fault,
        warning=settings.times.warning,
    )
    return Plan(
        settings.kiosk.place,
        settings.kiosk.issuer_phone,
        rules_of(settings),
        times,
        settings.platform.verify_url,
        settings.printer.tray_sheets,
        Night(settings.times.dark_from_hour, settings.times.dark_until_hour),
    )
