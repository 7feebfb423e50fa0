"""Afterwards, person by person: every sheet, row of the journal, owed record and entry of the ledger."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2

from backend_client.contract import CertificateRecord, PickupRecord, SettlementRecord
from kiosk.domain.issuance import IssuanceState
from kiosk.store.database import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend_client.contract import RecordItem
    from tests.torture.moody_printer import MoodyPrinter, Sent
    from tests.torture.stores import TortureStore
    from tests.torture.witness import Witness

_JOB = re.compile(r"(.+)\.(\d+)\.([0-9a-f-]{36})")
_SETTLED = (IssuanceState.PRINTED, IssuanceState.VOIDED, IssuanceState.UNCERTAIN)


def reckon(stores: TortureStore, witness: Witness, printer: MoodyPrinter) -> tuple[Counter[str], list[str]]:
    """What was done, in numbers, and every fault. No store may have the file open."""
    store = stores.open()
    items = tuple(store.outbox.everything())
    store.close()
    with closing(sqlite3.connect(stores.state_dir / DATABASE)) as sql:
        sql.row_factory = sqlite3.Row
        rows = sql.execute("SELECT * FROM issuance ORDER BY number, attempt").fetchall()
        entries = [str(row["entry"]) for row in sql.execute("SELECT entry FROM ledger_entry")]
    faults = [
        *_check_sheets(printer.sent, rows, witness),
        *_check_rows(rows, witness, {sent.job_name for sent in printer.sent}),
        *_check_records(items, rows, witness),
        *_check_ledger(entries, rows, witness),
    ]
    counts: Counter[str] = Counter()
    counts["sheets"] = len(printer.sent)
    counts["rows"] = len(rows)
    counts.update(f"{row['state']}" for row in rows)
    counts["reprints"] = sum(row["attempt"] > 1 for row in rows)
    counts["owed records"] = len(items)
    counts["ledger entries"] = len(entries)
    return counts, faults


def _check_sheets(sent: list[Sent], rows: list[sqlite3.Row], witness: Witness) -> Iterator[str]:
    by_job = {row["job_name"]: row for row in rows if row["job_name"]}
    for sheet in sent:
        job = _JOB.fullmatch(sheet.job_name)
        row = by_job.get(sheet.job_name)
        if job is None or row is None:
            yield "lost: a sheet has no row of its own in the journal"
            continue
        number, attempt, session = job.groups()
        person = {witness.who[session]}
        text, keywords = _read(sheet.pdf)
        if (row["number"], str(row["attempt"]), row["session"]) != (number, attempt, session):
            yield "mixed: job and row do not belong to each other"
        if witness.town.named_in(text) != person or number not in text:
            yield "mixed: a sheet names somebody else"
        if keywords != f"kiosk-session {session}":
            yield "mixed: a sheet is of another transaction than its job"
        if hashlib.sha256(sheet.pdf).hexdigest() != row["document_sha256"]:
            yield "mixed: a sheet is not the document of its row"
        if sheet.live_session not in {session, ""}:
            yield "mixed: a sheet came out in front of somebody else"
        if not sheet.live_session:
            yield "late: a sheet was sent when its session had ended"
    again = [job for job, count in Counter(sheet.job_name for sheet in sent).items() if count > 1]
    yield from ("twice: one job, two sheets" for _ in again)


def _check_rows(rows: list[sqlite3.Row], witness: Witness, jobs: set[str]) -> Iterator[str]:
    people: dict[str, set[int]] = {}
    printed: Counter[str] = Counter()
    for row in rows:
        people.setdefault(row["number"], set()).add(witness.who[row["session"]])
        printed[row["number"]] += row["state"] == IssuanceState.PRINTED and not row["superseded_by"]
        if row["card_read"] != row["session"]:
            yield "mixed: a row of one session and another card"
        if row["state"] not in _SETTLED:
            yield "half: a row was never settled"
        is_the_machines_word = row["state"] == IssuanceState.PRINTED and not row["settled_by"]
        if is_the_machines_word and row["job_name"] not in jobs:  # people here say what comes to their minds
            yield "corrupt: printed, but the printer never had it"
    yield from ("mixed: attempts of one number for two persons" for who in people.values() if len(who) > 1)
    yield from ("twice: two valid papers of one number" for count in printed.values() if count > 1)


def _check_records(items: tuple[RecordItem, ...], rows: list[sqlite3.Row], witness: Witness) -> Iterator[str]:
    attempts: Counter[tuple[str, int]] = Counter()
    sessions = {(row["number"], row["attempt"]): row["session"] for row in rows}
    for item in items:
        body = item.body
        if isinstance(body, CertificateRecord | PickupRecord):
            person = witness.town.residents[witness.who[body.session]]
            if body.citizen_key != person.key:
                yield "mixed: a record names somebody else"
        if isinstance(body, CertificateRecord):
            attempts[body.number, body.attempt] += 1
            if sessions.get((body.number, body.attempt)) != body.session:
                yield "mixed: a record of another session than its row"
            if body.household_id and body.household_id != person.household.household_id:
                yield "mixed: a record of somebody else's household"
        if isinstance(body, SettlementRecord) and (body.number, body.attempt) not in sessions:
            yield "lost: a word on an attempt that nobody knows"
    certificates = {(row["number"], row["attempt"]) for row in rows if row["kind"] == "JZ"}
    yield from ("lost: a settled row without its record" for _ in certificates - attempts.keys())
    yield from ("twice: two records of one attempt" for count in attempts.values() if count > 1)


def _check_ledger(entries: list[str], rows: list[sqlite3.Row], witness: Witness) -> Iterator[str]:
    sessions = {(row["number"], row["attempt"]): row["session"] for row in rows}
    for entry in entries:
        said = json.loads(entry)
        if witness.town.named_in(entry):
            yield "mixed: a ledger entry names a person"
        if "session" in said and sessions[said["number"], said["attempt"]] != said["session"]:
            yield "mixed: a ledger entry of another session than its row"


def _read(pdf: bytes) -> tuple[str, str]:
    """All text without white space, and the keywords."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = ""
        for index in range(len(document)):
            with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
                text += text_page.get_text_bounded()
        return "".join(text.replace("\x02", "-").split()), document.get_metadata_value("Keywords")
