from __future__ import annotations

from enum import StrEnum


class StoreCode(StrEnum):
    """Stable codes of the kiosk's own store."""

    DISK_FULL = "STO-01"
    DAMAGED = "STO-02"  # the database fails its check; it was moved aside
    NO_NUMBERS = "STO-03"  # no certificate number left, and the platform gives none
    IO_ERROR = "STO-04"
    REPRINT_REFUSED = "STO-06"  # that paper came out, is in doubt, or is not this person's
    NEWER_SCHEMA = "STO-05"  # the database was written by a newer program; it is not touched


class EligibilityCode(StrEnum):
    """Why a certificate cannot be issued here and now. Each has a text of its own and where to go."""

    CARD_EXPIRED = "ELG-01"
    UNKNOWN_PERSON = "ELG-02"
    NO_MEMBERS = "ELG-03"  # a household without members: the register has a gap
    NAME_DIFFERS = "ELG-04"
    LEASE_ENDED = "ELG-05"
    MOVED_OUT = "ELG-06"
    RECORD_TOO_OLD = "ELG-07"
    OTHER_COMMUNITY = "ELG-08"  # registered outside the kiosk's service area
    MINOR_ALONE = "ELG-09"  # under 16: a guardian applies
    REGISTERED_ONLY = "ELG-10"  # 空挂户: registered, but does not live there
    PENDING = "ELG-11"  # registered, not yet checked by the grid officer
    DOUBTFUL_CARD = "ELG-12"  # cross-checks of the card failed: staff look at it
    CARD_NOT_YET_VALID = "ELG-13"
    RARE_CHARACTER = "ELG-14"  # a character of the name cannot be printed: staff help
    DECEASED = "ELG-15"  # the register says so: staff clear it up
    NEEDS_ID_CARD = "ELG-16"  # a social security card does not open this service


class ScreenCode(StrEnum):
    """Stable codes of the screen and of start-up."""

    SETTINGS = "SET-01"
    NO_CORE = "SCR-01"  # the screen has no core to talk to
    TEXT_MISSING = "SCR-02"  # a text or a value of it is missing; the page shows a marker in its place
    OVERFULL = "SCR-03"  # a page holds more than its panel has room for
    BAD_FRAME = "SCR-04"  # what came over the screen's socket is not of its schema
    SOUND_MISSING = "SCR-05"  # this machine gives no sound: pages cannot be read out


class FlowCode(StrEnum):
    """Stable codes of the flow itself."""

    NO_ANSWER = "KSK-01"  # a part of the kiosk did not answer in time


class HealthCode(StrEnum):
    """What is wrong with the kiosk as a whole, beside its devices, its store and its line."""

    OUTBOX_STUCK = "HLT-01"  # the line is up, and the oldest record has waited for over an hour
    RECORDS_PARKED = "HLT-02"  # the platform does not take some records
    LEDGER_ALARM = "HLT-03"  # platform and kiosk disagree on what the ledger was
    NUMBERS_LOW = "HLT-04"  # few certificate numbers left, and no line to get more
    REGISTER_OLD = "HLT-05"  # too old for certificates without a line
    SCREEN_STILL = "HLT-06"  # no frame was painted although there was one to paint
    INTEGRITY = "HLT-07"  # the nightly check of the store failed
    BACKUP_OLD = "HLT-08"  # no copy of the store for over two days
    CORE_DOWN = "HLT-09"  # nobody answers where the core should; the screen shows an empty page
