"""What can be wrong with each kind of part, and by which looks and tests it is told apart."""

from __future__ import annotations

from kiosk.domain.fault_tree import Question, Tree, Verdict
from kiosk.domain.health import Component


def _asks(key: str, *yes: str) -> Question:
    return Question(key, frozenset(yes))


_ID_READER = Tree(
    "id_reader",
    (
        Verdict("cable", "IDR-01", 30),
        Verdict("placement", "IDR-07", 24),
        Verdict("power", "IDR-03", 14),
        Verdict("rights", "IDR-02", 6),
        Verdict("noise", "IDR-04", 8),
        Verdict("module", "IDR-05", 8),
        Verdict("one_card", "IDR-09", 10),
    ),
    (
        _asks("lamp", "placement", "rights", "noise", "module", "one_card"),
        _asks("status", "placement", "one_card"),
        _asks("other_card", "one_card"),
        _asks("replug", "cable", "noise"),
        _asks("self_test", "module"),
        _asks("garbled", "noise"),
    ),
)
_SOCIAL_READER = Tree(
    "social_reader",
    (
        Verdict("cable", "SSC-03", 32),
        Verdict("service", "SSC-01", 14),
        Verdict("rights", "SSC-02", 6),
        Verdict("busy", "SSC-04", 6),
        Verdict("contacts", "SSC-06", 24),
        Verdict("other_kind", "SSC-07", 12),
        Verdict("worn_card", "SSC-08", 6),
    ),
    (
        _asks("lamp", "service", "rights", "busy", "contacts", "other_kind", "worn_card"),
        _asks("status", "contacts", "other_kind", "worn_card"),
        _asks("other_card", "other_kind", "worn_card"),
        _asks("is_social", "contacts", "worn_card", "cable", "service", "rights", "busy"),
        _asks("restart", "service", "busy"),
        _asks("other_program", "busy"),
    ),
)
_PAGE_PRINTER = Tree(
    "page_printer",
    (
        Verdict("paper", "PRN-03", 34),
        Verdict("jam", "PRN-04", 18),
        Verdict("cover", "PRN-05", 8),
        Verdict("toner", "PRN-06", 12),
        Verdict("off", "PRN-01", 12),
        Verdict("cable", "PRN-01", 8),
        Verdict("queue", "PRN-02", 6),
        Verdict("fuser", "PRN-07", 2),
    ),
    (
        _asks("lit", "paper", "jam", "cover", "toner", "cable", "queue", "fuser"),
        _asks("complains", "paper", "jam", "cover", "toner", "fuser"),
        _asks("own_page", "cable", "queue"),
        _asks("paper_in", "jam", "cover", "toner", "off", "cable", "queue", "fuser"),
        _asks("covers_shut", "paper", "jam", "toner", "off", "cable", "queue", "fuser"),
        _asks("stuck", "jam"),
        _asks("pale", "toner"),
        _asks("answers", "queue", "paper", "jam", "cover", "toner", "fuser"),
    ),
)
_RECEIPT_PRINTER = Tree(
    "receipt_printer",
    (
        Verdict("roll", "RCP-03", 40),
        Verdict("cover", "RCP-04", 14),
        Verdict("cutter", "RCP-05", 8),
        Verdict("off", "RCP-01", 14),
        Verdict("cable", "RCP-07", 12),
        Verdict("rights", "RCP-02", 4),
        Verdict("wrong_side", "RCP-10", 8),
    ),
    (
        _asks("lit", "roll", "cover", "cutter", "cable", "rights", "wrong_side"),
        _asks("roll_in", "cover", "cutter", "off", "cable", "rights", "wrong_side"),
        _asks("cover_shut", "roll", "cutter", "off", "cable", "rights", "wrong_side"),
        _asks("feeds", "cable", "rights", "wrong_side"),
        _asks("blank", "wrong_side"),
        _asks("denied", "rights"),
    ),
)
_SCANNER = Tree(
    "scanner",
    (
        Verdict("cable", "SCN-01", 30),
        Verdict("rights", "SCN-02", 8),
        Verdict("mode", "SCN-05", 22),
        Verdict("window", "", 22),
        Verdict("code", "", 18),
    ),
    (
        _asks("lamp", "rights", "mode", "window", "code"),
        _asks("beeps", "rights", "mode"),
        _asks("test_code", "code"),
        _asks("denied", "rights"),
    ),
)
_LINE = Tree(
    "line",
    (
        Verdict("cable", "NET-01", 26),
        Verdict("router", "NET-01", 24),
        Verdict("provider", "NET-01", 18),
        Verdict("platform", "NET-04", 14),
        Verdict("keys", "NET-03", 8),
        Verdict("clock", "NET-03", 10),
    ),
    (
        _asks("port_lamp", "router", "provider", "platform", "keys", "clock"),
        _asks("phone", "platform", "keys", "clock", "cable"),
        _asks("router_lamp", "provider", "platform", "keys", "clock", "cable"),
        _asks("others", "keys", "clock", "cable", "router"),
        _asks("time_right", "cable", "router", "provider", "platform", "keys"),
    ),
)
_UPS = Tree(
    "ups",
    (
        Verdict("mains", "UPS-04", 34),
        Verdict("battery", "UPS-06", 26),
        Verdict("cable", "UPS-03", 20),
        Verdict("service", "UPS-01", 12),
        Verdict("overload", "UPS-05", 8),
    ),
    (
        _asks("mains_on", "battery", "cable", "service", "overload"),
        _asks("battery_lamp", "battery"),
        _asks("answers", "mains", "battery", "overload"),
        _asks("replug", "cable"),
    ),
)
_BOARD = Tree(
    "board",
    (
        Verdict("door", "BRD-05", 40),
        Verdict("contact", "BRD-05", 18),
        Verdict("tamper", "BRD-06", 10),
        Verdict("cable", "BRD-01", 22),
        Verdict("firmware", "BRD-04", 10),
    ),
    (
        _asks("answers", "door", "contact", "tamper"),
        _asks("shut", "contact", "tamper", "cable", "firmware"),
        _asks("opened", "tamper"),
        _asks("replug", "cable"),
    ),
)
_SCREEN = Tree(
    "screen",
    (
        Verdict("dirt", "", 34),
        Verdict("touch_cable", "", 24),
        Verdict("picture_cable", "", 16),
        Verdict("panel", "", 12),
        Verdict("program", "HLT-06", 14),
    ),
    (
        _asks("lit", "dirt", "touch_cable", "program"),
        _asks("moves", "dirt", "touch_cable"),
        _asks("partly", "dirt"),
        _asks("reseat", "picture_cable", "touch_cable"),
    ),
)

TREES: dict[Component, Tree] = {
    Component.ID_READER: _ID_READER,
    Component.SOCIAL_READER: _SOCIAL_READER,
    Component.PAGE_PRINTER: _PAGE_PRINTER,
    Component.STANDBY_PRINTER: _PAGE_PRINTER,
    Component.RECEIPT_PRINTER: _RECEIPT_PRINTER,
    Component.SCANNER: _SCANNER,
    Component.LINE: _LINE,
    Component.UPS: _UPS,
    Component.BOARD: _BOARD,
    Component.SCREEN: _SCREEN,
}
