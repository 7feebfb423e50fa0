"""Who looks after what was recorded: the office, and the night's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    cosigner_key,
    kiosk_key_name,
    public_key_of,
    verifier_key,
)
from backend_client.contract.sealed import write_carrier
from kiosk.work.nightwatch import NightTools, Nightwatch
from kiosk.work.office import Office
from kiosk.work.office_desk import OfficeDesk, OfficeTools

if TYPE_CHECKING:
    from backend_client.keys import KioskKeys
    from kiosk.wiring.inside import Inside
    from kiosk.wiring.outer import Outer
    from kiosk.work.drainer import Drainer
    from kiosk.work.reporting import Reporter


def open_office(inside: Inside, outer: Outer, drainer: Drainer, reporter: Reporter) -> Office:
    """Answers programs of staff and technicians."""
    store, keys = inside.store, outer.keys
    tools = OfficeTools(
        outbox=store.outbox,
        journal=store.issuances,
        numbers=store.numbers,
        ledger=store.ledger,
        register=inside.register,
        health=store.health,
        staff=outer.staff,
        seal=lambda items: write_carrier(items, keys.kiosk, keys.signing_key, keys.carrier_public_key),
        keys=_public_keys(keys),
        store_state=inside.store_state,
        moment=inside.clock.moment,
        post=inside.post,
        log=inside.log,
        on_retry=drainer.retry_parked,
        on_settled=drainer.nudge,
        board=inside.health.board,
        report=reporter.pdf,
    )
    return Office(inside.settings.office_path, OfficeDesk(tools), inside.log)


def hire_nightwatch(inside: Inside) -> Nightwatch:
    """Checks and copies the store at night."""
    store = inside.store
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


def _public_keys(keys: KioskKeys) -> tuple[str, str]:
    """By which a ledger of this kiosk is verified."""
    kiosk = verifier_key(kiosk_key_name(keys.kiosk), public_key_of(keys.signing_key))
    return kiosk, cosigner_key(PLATFORM_KEY_NAME, keys.receipt_public_key)
