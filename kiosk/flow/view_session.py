"""Pages from the card to the choice of the purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from backend_client.contract import MemberStatus, ResidenceMode
from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.purposes import PURPOSES
from kiosk.domain.relations import relation_key
from kiosk.domain.services import MAIN_SERVICES, NOT_ISSUED, ServiceKind, find_service
from kiosk.flow import states as s
from kiosk.flow.means import certificates_off, id_cards_off, is_paper_low, takes_social_cards
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    called,
    choice,
    content,
    day_text,
    field,
    foot,
    help_line,
    literal,
    notice,
    off_text,
    pager,
    picture,
    primary,
    steps,
    t,
    title,
)
from kiosk.flow.state_notes import (
    line_in_session,
    own_register,
    printer_unknown,
    sheet_act,
    sheet_note,
    store_note,
    what_works,
)
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from backend_client.contract import Household, Residence
    from kiosk.domain.services import Service
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Session
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
MEMBERS_SHOWN = 5


def draw_card(kiosk: Kiosk, page: s.LayCard | s.Reading | s.LookingUp | s.WhoYouAre) -> Drawn:
    """Lay the card, wait, see who you are."""
    match page:
        case s.LayCard():
            return "lay_card", _lay_card(kiosk)
        case s.Reading():
            return "reading", (*_wait(kiosk, "reading"), foot(kiosk))
        case s.LookingUp():
            return "looking_up", (*_wait(kiosk, "looking_up"), foot(kiosk))
        case s.WhoYouAre():
            return "who_you_are", _who_you_are(kiosk)
        case _:
            assert_never(page)


def draw_choice(kiosk: Kiosk, page: s.Services | s.Guide | s.Purposes) -> Drawn:
    """Choose a service and a purpose, or read where else to go."""
    match page:
        case s.Services():
            return "services", _not_issued(kiosk, page) if page.not_issued else _services(kiosk)
        case s.Guide():
            return "guide", _guide(kiosk, page)
        case s.Purposes():
            return "purpose", _purposes(kiosk, "purposes_slip" if page.slip_for else "purposes")
        case _:
            assert_never(page)


def _lay_card(kiosk: Kiosk) -> tuple[Node, ...]:
    lift_first = (notice("lift-first", t("lay_card.lift_first"), "card"),) if kiosk.card_lies else ()
    return (
        steps("card"),
        title("lay_card.title"),
        help_line("lay_card.help"),
        content(
            picture("lay_card"),
            *lift_first,
            *_readers(kiosk),
            *store_note(kiosk.world),
            *what_works(kiosk.world),
        ),
        foot(kiosk, back()),
    )


def _readers(kiosk: Kiosk) -> tuple[Node, ...]:
    """The other card that may be used, and the reader that may not."""
    id_off = id_cards_off(kiosk.world)
    if not takes_social_cards(kiosk.world, kiosk.plan.rules):
        return (notice("reader", off_text(id_off), "warning"),) if id_off else ()
    if id_off:
        return (notice("social", t("lay_card.social_only", code=id_off), "warning"),)
    return (notice("social", t("lay_card.social"), "card"),)


def _wait(kiosk: Kiosk, name: str) -> tuple[Node, ...]:
    return (
        steps("card"),
        title(f"{name}.title"),
        content(picture(name), Node("progress", Role.PROGRESS, t(f"{name}.progress")), *called(kiosk)),
    )


def _who_you_are(kiosk: Kiosk) -> tuple[Node, ...]:
    session = kiosk.session
    household = session.household if session else None
    cards = (*_person(session), *_family(household)) if session and household else ()
    return (
        steps("confirm"),
        title("who_you_are.title"),
        help_line("who_you_are.help"),
        content(*cards, *own_register(session)),
        foot(kiosk, back(), primary("confirm", "act.confirm", "check")),
    )


def _person(session: Session) -> tuple[Node, ...]:
    residence = session.household.residence if session.household else None
    lines = [
        field("name", "who_you_are.name", literal(mask_name(session.identity.name)), private=True),
        field("number", "who_you_are.number", literal(mask_number(session.identity.number)), private=True),
    ]
    if residence:
        lines.append(field("address", "who_you_are.address", literal(_address(residence)), private=True))
        lines.append(field("way", "who_you_are.way", _way(residence), private=True))
        lines += _record_age(residence)
    return (Node("person", Role.FIELDS, children=tuple(lines)),)


def _family(household: Household) -> tuple[Node, ...]:
    present = [member for member in household.members if member.status is MemberStatus.PRESENT]
    lines = tuple(
        Node(
            f"member-{at}",
            Role.FIELD,
            t(relation_key(member.relation_code)),
            literal(member.masked_name),
            private=True,
        )
        for at, member in enumerate(present[:MEMBERS_SHOWN])
    )
    family = (
        (Node("household", Role.FIELDS, t("who_you_are.household", count=str(len(present))), children=lines),)
        if lines
        else ()
    )
    unchecked = household.residence.verified_on is None
    return (*family, notice("record", t("who_you_are.never_verified"))) if unchecked else family


def _record_age(residence: Residence) -> list[Node]:
    if residence.verified_on is None:
        return []
    checked = t("who_you_are.verified", day=day_text(residence.verified_on), grid=residence.grid.name)
    return [field("record", "who_you_are.checked", checked, private=True)]


def _address(residence: Residence) -> str:
    a = residence.address
    return f"{a.community}{a.compound}{a.building}{a.unit}{a.room}"


def _way(residence: Residence) -> Text:
    mode = t(f"mode.{residence.mode}")
    if residence.period_until and residence.mode is not ResidenceMode.MOVED_OUT:
        return t("who_you_are.way_until", mode=mode, day=day_text(residence.period_until))
    return mode


def _services(kiosk: Kiosk) -> tuple[Node, ...]:
    off = certificates_off(kiosk.world)
    rows = tuple(_service(service, off_text(off) if off else None) for service in MAIN_SERVICES)
    hint = (notice("paper-low", t("services.paper_low")),) if is_paper_low(kiosk.world) else ()
    return (
        steps("choose"),
        title("services.title"),
        content(*rows, *hint, *printer_unknown(kiosk.world), *line_in_session(kiosk)),
        foot(kiosk, back()),
    )


def _service(service: Service, off: Text | None) -> Node:
    off_here = off if service.kind is ServiceKind.ISSUED_HERE else None
    return choice(
        f"service:{service.key}",
        service.icon,
        t(f"service.{service.key}.name"),
        off_here or t(f"service.{service.key}.meaning"),
        enabled=off_here is None,
    )


def _not_issued(kiosk: Kiosk, page: s.Services) -> tuple[Node, ...]:
    pages = -(-len(NOT_ISSUED) // ROWS_PER_PAGE)
    number = min(page.page, pages - 1)
    shown = NOT_ISSUED[number * ROWS_PER_PAGE : (number + 1) * ROWS_PER_PAGE]
    return (
        steps("choose"),
        title("not_issued.title"),
        help_line("not_issued.help"),
        content(*(_service(service, None) for service in shown)),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _guide(kiosk: Kiosk, page: s.Guide) -> tuple[Node, ...]:
    service = find_service(page.service)
    kind = "not_issued" if service and service.kind is ServiceKind.NOT_ISSUED else "guide"
    key = f"service.{page.service}"
    facts = (
        field("where", "guide.where", t(f"{key}.where")),
        field("bring", "guide.bring", t(f"{key}.bring")),
        field("phone", "guide.phone", literal(kiosk.plan.phone)),
    )
    return (
        steps("choose"),
        title(f"guide.title_{kind}", service=t(f"{key}.name")),
        help_line(f"guide.help_{kind}"),
        content(picture("ask_staff"), Node("facts", Role.FIELDS, children=facts), *sheet_note(kiosk)),
        foot(
            kiosk, back(), *sheet_act(kiosk, "act.print_guide"), primary("finish", "act.understood", "check")
        ),
    )


def _purposes(kiosk: Kiosk, words: str) -> tuple[Node, ...]:
    rows = (choice(f"purpose:{item.key}", item.key, t(f"purpose.{item.key}")) for item in PURPOSES)
    return (
        steps("choose"),
        title(f"{words}.title"),
        help_line(f"{words}.help"),
        content(*rows),
        foot(kiosk, back()),
    )
