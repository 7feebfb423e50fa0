"""Stable codes of everything that is plugged in: the same on the screen, in the log and in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeviceCode(StrEnum):
    """What can be wrong, one family of codes for each kind of device."""

    READER_NOT_FOUND = "IDR-01"  # the port does not exist or cannot be opened
    READER_NO_PERMISSION = "IDR-02"  # the port exists, this user may not open it
    READER_SILENT = "IDR-03"  # opened, but no answer at any baud rate
    READER_GARBLED = "IDR-04"  # answers, but no whole frame with a right checksum
    READER_SELF_TEST = "IDR-05"  # SW3 60: the SAM reports a failed self-test
    READER_UNLICENSED = "IDR-06"  # SW3 66: the SAM is not authorised
    CARD_UNREADABLE = "IDR-07"  # SW3 31, 41, 47 and the like: lift and lay down again
    CARD_NOT_ID = "IDR-08"  # SW3 40: another kind of card
    CARD_NOT_GENUINE = "IDR-09"  # SW3 32, 33: the reader does not accept the card
    CARD_TAKEN_AWAY = "IDR-10"  # lifted while it was read
    CARD_DAMAGED_TEXT = "IDR-11"  # a whole frame, but no sense in its text block

    PRINTER_UNREACHABLE = "PRN-01"
    PRINTER_STOPPED = "PRN-02"  # stopped or not accepting jobs, for no reason listed below
    PRINTER_PAPER_OUT = "PRN-03"
    PRINTER_JAM = "PRN-04"
    PRINTER_COVER_OPEN = "PRN-05"
    PRINTER_TONER_OUT = "PRN-06"
    JOB_ABORTED = "PRN-07"  # the printer gave the job up
    JOB_CANCELLED = "PRN-08"  # by us, by a person at the printer, or after waiting for paper
    JOB_ANSWER_LOST = "PRN-09"  # the line broke while the document was sent
    JOB_VANISHED = "PRN-10"  # the printer no longer knows the job
    JOB_TOO_SLOW = "PRN-11"  # accepted, but not settled within the deadline
    PRINTER_PROTOCOL = "PRN-12"  # the answer is not IPP
    PRINTER_REFUSED = "PRN-13"  # the printer refuses the request or the format
    JOB_COUNT_SHORT = "PRN-14"  # "completed", but fewer impressions than pages, or a fault on the way

    SOCIAL_SERVICE_DOWN = "SSC-01"  # the PC/SC service is not running
    SOCIAL_NO_PERMISSION = "SSC-02"  # it runs, but does not let this user in
    SOCIAL_NO_READER = "SSC-03"  # it runs, and knows no reader
    SOCIAL_READER_BUSY = "SSC-04"  # another program holds the card for itself
    SOCIAL_READER_FAULT = "SSC-05"  # any other fault that the service or the reader reports
    SOCIAL_CARD_MUTE = "SSC-06"  # something lies there and gives no answer to reset
    SOCIAL_NOT_THIS_CARD = "SSC-07"  # a chip card, but no social security card
    SOCIAL_CARD_UNREADABLE = "SSC-08"  # a social security card whose records cannot be read
    SOCIAL_CARD_TAKEN_AWAY = "SSC-09"  # pulled out while it was read
    SOCIAL_CARD_DAMAGED_TEXT = "SSC-10"  # its records were read, and make no sense
    SOCIAL_READER_SILENT = "SSC-11"  # no answer within the deadline

    RECEIPT_UNREACHABLE = "RCP-01"  # no connection, or the device file does not exist
    RECEIPT_NO_PERMISSION = "RCP-02"
    RECEIPT_PAPER_OUT = "RCP-03"
    RECEIPT_COVER_OPEN = "RCP-04"
    RECEIPT_CUTTER = "RCP-05"  # the cutter is stuck
    RECEIPT_OFFLINE = "RCP-06"  # offline for no reason listed here, such as its feed button
    RECEIPT_SILENT = "RCP-07"  # connected, but no answer: nothing is known
    RECEIPT_GARBLED = "RCP-08"  # a status byte whose fixed bits are wrong
    RECEIPT_LINE_BROKE = "RCP-09"  # the line broke while the slip was sent
    RECEIPT_NOT_CONFIRMED = (
        "RCP-10"  # all was sent; this model, or this time, nothing proves that it came out
    )
    RECEIPT_ERROR = "RCP-11"  # the printer reports an error that only service can mend, or heat
    RECEIPT_NO_BITMAP = "RCP-12"  # a document without a picture of the right width

    SCANNER_NOT_FOUND = "SCN-01"
    SCANNER_NO_PERMISSION = "SCN-02"
    SCANNER_GONE = "SCN-03"  # the port vanished while it was open
    CODE_TOO_LONG = "SCN-04"  # more than 700 characters, thrown away up to its end
    CODE_NO_TEXT = "SCN-05"  # bytes that are no text

    UPS_UNREACHABLE = "UPS-01"  # upsd does not answer
    UPS_PROTOCOL = "UPS-02"  # what answers there does not speak its protocol
    UPS_NOT_KNOWN = "UPS-03"  # upsd answers, but has no such device, or no fresh data of it
    UPS_ON_BATTERY = "UPS-04"
    UPS_BATTERY_LOW = "UPS-05"
    UPS_REPLACE_BATTERY = "UPS-06"

    BOARD_NOT_FOUND = "BRD-01"
    BOARD_NO_PERMISSION = "BRD-02"
    BOARD_SILENT = "BRD-03"
    BOARD_GARBLED = "BRD-04"
    DOOR_OPEN = "BRD-05"
    TAMPERED = "BRD-06"  # the tamper contact opened

    MACHINE_HOT = "SYS-01"
    MACHINE_DISK_LOW = "SYS-02"
    MACHINE_MEMORY_LOW = "SYS-03"
    MACHINE_CLOCK_OFF = "SYS-04"


@dataclass(frozen=True, slots=True)
class DeviceFault:
    """The device itself is at fault; the driver reconnects by itself on the next call."""

    code: DeviceCode
    detail: str = ""  # for the technician; never a person's data
