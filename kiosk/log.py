"""One JSON object per line: what happened, in stable names. There is no way to put prose or a person in."""

from __future__ import annotations

import json
import threading
import time
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

Scalar = str | int | float | bool | None


class LogEvent(StrEnum):
    """Everything that is ever logged. Fields in brackets."""

    # the process
    CORE_STARTED = "core_started"  # [kiosk]
    CORE_STOPPING = "core_stopping"  # [exit_code]
    PROGRAM_FAULT = "program_fault"  # a bug: [thread, kind, stack]
    # screen and engine
    SCREEN_CONNECTED = "screen_connected"
    SCREEN_SIZED = "screen_sized"  # [width_px, height_px]
    SCREEN_LOST = "screen_lost"
    SCREEN_REFUSED = "screen_refused"  # another user's process: [uid]
    SCREEN_MISUNDERSTOOD = "screen_misunderstood"  # a bad frame: [code]
    TAP_DROPPED = "tap_dropped"  # made on a scene that is gone: [seq, present]
    FLOW_STEPPED = "flow_stepped"  # [cause, scene, session]
    SCENE_SENT = "scene_sent"  # [name, seq, ms]: ms since the event came in
    SCENE_PAINTED = "scene_painted"  # [name, seq, ms]: ms since it was sent
    # card
    READER_READY = "reader_ready"  # [serial, baud]
    READER_FAILED = "reader_failed"  # [code, detail]
    CARD_FOUND = "card_found"
    CARD_REFUSED = "card_refused"  # [code]
    IDENTITY_READ = "identity_read"  # [session, ms]: ms since card_found
    CARD_LIFTED = "card_lifted"
    # platform
    HOUSEHOLD_FOUND = "household_found"  # [session, ms]: ms of the look-up
    PERSON_UNKNOWN = "person_unknown"  # [session, ms]
    LOOKUP_FAILED = "lookup_failed"  # [session, code, detail, ms]
    LINE_CHANGED = "line_changed"  # [code]: None = the line is up
    CONTENT_ARRIVED = "content_arrived"  # [notices, organisations]
    CONTENT_FAILED = "content_failed"  # [code]: what is shown stays, with its age
    CONTENT_NOT_KEPT = "content_not_kept"  # [detail]: no room; after a restart it must come again
    CONTENT_SET_ASIDE = "content_set_aside"  # what was kept was damaged: [detail]
    NUMBERS_RESERVED = "numbers_reserved"  # [block, count]
    NUMBERS_REFUSED = "numbers_refused"  # [code, detail]
    # paper
    PAPER_PREPARED = "paper_prepared"  # [session, number, ms]
    PAPER_FAILED = "paper_failed"  # [session, code]
    PRINT_TOUCHED = "print_touched"  # [session]
    JOB_ACCEPTED = "job_accepted"  # [session, number, ms]: ms since print_touched
    PRINT_SETTLED = "print_settled"  # [session, number, state, code, ms]: ms since print_touched
    PAPER_VOIDED = "paper_voided"  # [number]
    WORD_RECORDED = "word_recorded"  # [came_out, settled_by]
    PRINTER_CHANGED = "printer_changed"  # [status, code]
    # codes held under the scanner
    CODE_SCANNED = "code_scanned"  # [length]: never what it says
    CODE_REJECTED = "code_rejected"  # [code]
    # how the parts of the kiosk are
    HEALTH_CHANGED = "health_changed"  # [component, health, code, warnings, detail]
    HEARTBEAT_TAKEN = "heartbeat_taken"  # [seq]: the first one, or the first again after a fault
    HEARTBEAT_FAILED = "heartbeat_failed"  # [code, detail, retry_s]
    METRICS_NOT_SERVED = "metrics_not_served"  # [port, detail]: somebody else has the port
    METRICS_SERVED = "metrics_served"  # [port]
    # store and outbox
    STORE_FAILED = "store_failed"  # [code]
    STORE_RECOVERED = "store_recovered"
    STORE_MOVED_ASIDE = "store_moved_aside"  # [code]
    RECOVERY_SETTLED = "recovery_settled"  # [number, attempt, before, after, code]
    RECOVERY_DONE = "recovery_done"  # [count, uncertain, ms]
    RECORD_ACKNOWLEDGED = "record_acknowledged"  # [number, type, verdict]
    RECORD_PARKED = "record_parked"  # [number, type, reason]
    DELIVERY_FAILED = "delivery_failed"  # [code, detail, retry_s]
    STAFF_CALLED = "staff_called"  # [reason]
    RATING_KEPT = "rating_kept"  # [grade]
    RATING_LOST = "rating_lost"  # [code]
    # the night's work, and a store that was restored
    STORE_OPENED = "store_opened"  # [sqlite, wal_reset_risk, schema, last_backup, integrity]
    NIGHT_DONE = "night_done"  # [integrity, ledger, backup, shredded, ms]
    GAP_FOUND = "gap_found"  # the store was restored: the platform is asked for what it knows
    GAP_CLOSED = "gap_closed"  # [blocks, serials]: of which nobody knows
    GAP_DELAYED = "gap_delayed"  # [code, detail, retry_s]
    # the ledger and its witness
    LEDGER_ANCHORED = "ledger_anchored"  # countersigned, for the first time or again after a fault
    LEDGER_NOT_SHOWN = "ledger_not_shown"  # [code, detail]
    LEDGER_ALARM = "ledger_alarm"  # [trust, verdict]: platform and kiosk disagree on what was there
    # staff
    STAFF_ADMITTED = "staff_admitted"  # [staff]: the badge
    STAFF_REFUSED = "staff_refused"  # [tries]
    PARKED_RETRIED = "parked_retried"  # [staff]
    # the technician, and sheets that name nobody
    SHEET_SETTLED = "sheet_settled"  # [sheet, outcome]
    TRIAL_FINISHED = "trial_finished"  # [component, step, passed, code, ms]
    TEST_NOTED = "test_noted"  # [component, passed, code, staff]
    REFILL_NOTED = "refill_noted"  # [what, sheets, staff]: staff "" = seen by the kiosk itself
    # the office: programs that ask the running core
    OFFICE_ANSWERED = "office_answered"  # [request]
    OFFICE_BROKEN_OFF = "office_broken_off"  # whoever asked did not stay for the answer
    # the register for times without a line
    REGISTER_SYNCHRONISED = "register_synchronised"  # [entries]: that changed in this pass
    REGISTER_FAILED = "register_failed"  # [code]
    HOUSEHOLD_FOUND_OFFLINE = "household_found_offline"  # [session, refused, ms]
    HOUSEHOLD_OUT_OF_REACH = "household_out_of_reach"  # [session, code, offline, ms]


class Log:
    """Writes lines to `stream`; any thread may call it.

    A log that cannot be written must not stop the kiosk: lines that found no room are counted, and the next
    line that is written says how many.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._lost_lines = 0

    def info(self, event: LogEvent, **fields: Scalar) -> None:
        """Something happened as it should."""
        self._write("info", event, fields)

    def warning(self, event: LogEvent, **fields: Scalar) -> None:
        """Something outside went wrong; the kiosk goes on."""
        self._write("warning", event, fields)

    def error(self, event: LogEvent, **fields: Scalar) -> None:
        """Somebody should look after this."""
        self._write("error", event, fields)

    def fault(self, thread: str, error: BaseException) -> None:
        """A bug: its kind and its way through the code, without its text and without any value."""
        stack = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}"
            for frame in reversed(traceback.extract_tb(error.__traceback__))
        )
        self.error(LogEvent.PROGRAM_FAULT, thread=thread, kind=type(error).__name__, stack=stack)

    def _write(self, level: str, event: LogEvent, fields: dict[str, Scalar]) -> None:
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "mono_ms": round(time.monotonic() * 1000, 2),  # wall clocks jump; durations are told by this one
            "level": level,
            "event": event,
            **fields,
        }
        with self._lock:
            begin = ""
            if self._lost_lines:
                begin = "\n"  # the last line may have been cut in the middle
                line["lost_lines"] = self._lost_lines
            try:
                self._stream.write(begin + json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
                self._stream.flush()
            except OSError:  # a full disk; stderr buffers nothing, so nothing of the line comes later
                self._lost_lines += 1
            else:
                self._lost_lines = 0
