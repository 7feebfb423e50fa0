"""Every icon and picture that the flow names; the screen draws each of them by code."""

from __future__ import annotations

from enum import StrEnum


class Icon(StrEnum):
    """Small line signs beside words; the same idea has the same sign everywhere."""

    # moving about
    BACK = "back"
    HOME = "home"
    EXIT = "exit"
    CHECK = "check"
    CLOSE = "close"
    PLUS = "plus"
    MINUS = "minus"
    NEXT = "forward"
    RETRY = "retry"
    START = "start"
    # the columns of the home page
    PARTY = "party"
    ORGANISATIONS = "organisations"
    ORGANISATION = "organisation"
    SERVICES = "services"
    NEWS = "notices"
    PLACE = "place"
    # papers and services
    CARD = "card"
    RESIDENCE = "residence"
    CERTIFICATE = "certificate"
    PRINT = "print"
    WELFARE = "welfare"
    HOUSEHOLD = "household"
    SCHOOL = "school"
    EMPLOYMENT = "employment"
    HOUSING = "housing"
    VEHICLE = "vehicle"
    OTHER = "other"
    # help and preferences
    STAFF = "staff"
    HELP = "help"
    PHONE = "phone"
    LANGUAGE = "language"
    TEXT_SIZE = "text_size"
    CONTRAST = "contrast"
    # how things are
    ONLINE = "online"
    OFFLINE = "offline"
    INFORMATION = "information"
    WARNING = "warning"
    CLOCK = "clock"


class Picture(StrEnum):
    """Large line figures that show what to do."""

    WELCOME = "welcome"
    LAY_CARD = "lay_card"
    TAKE_CARD = "take_card"
    READING = "reading"
    LOOKING_UP = "looking_up"
    PREPARING = "preparing"
    PRINTING = "printing"
    TAKE_PAPER = "take_paper"
    PAPER_OUT = "paper_out"
    PRINTER_TROUBLE = "printer_trouble"
    ASK_STAFF = "ask_staff"
    STAFF_CALLED = "staff_called"
    PLATFORM_OFFLINE = "platform_offline"
    REFUSAL = "refusal"
    DONE = "done"
    OUT_OF_SERVICE = "out_of_service"
