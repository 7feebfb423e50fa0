"""Who may get a residence certificate here and now, and if not, why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.contract import MemberStatus, ResidenceMode
from devices.contract import CardKind
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.services import RESIDENCE

if TYPE_CHECKING:
    from datetime import date

    from backend_client.contract import Household, Member, Residence
    from devices.contract import Identity
    from kiosk.domain.rules import Rules

# What a resident cannot clear up alone: staff look at card and register together.
_FOR_STAFF = frozenset(
    {
        EligibilityCode.NAME_DIFFERS,
        EligibilityCode.DOUBTFUL_CARD,
        EligibilityCode.NO_MEMBERS,
        EligibilityCode.DECEASED,
        EligibilityCode.RARE_CHARACTER,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `day` is the date its sentence needs, such as the end of the lease."""

    code: EligibilityCode
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What the decision rests on."""

    identity: Identity
    household: Household
    applicant: Member | None
    name_matches: bool


@dataclass(frozen=True, slots=True)
class Eligible:
    """The certificate may be issued; `applicant` is the member it is for."""

    applicant: Member


@dataclass(frozen=True, slots=True)
class Refused:
    """Not here and not now; each reason has its way out."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NeedsStaff:
    """A person of the community must look at it."""

    reasons: tuple[Reason, ...]


Decision = Eligible | Refused | NeedsStaff


def decide(applied: Applied, today: date, rules: Rules) -> Decision:
    """Decide on a residence certificate; every reason that holds is named, what staff must see first."""
    reasons = (
        *_card_reasons(applied.identity, today),
        *_member_reasons(applied, today, rules),
        *_residence_reasons(applied.household.residence, today, rules),
    )
    reasons = tuple({reason.code: reason for reason in reversed(reasons)}.values())[::-1]  # each once
    for_staff = tuple(reason for reason in reasons if reason.code in _FOR_STAFF)
    if for_staff:
        return NeedsStaff(for_staff)
    if not opens(applied.identity, RESIDENCE.key, rules):
        return Refused((Reason(EligibilityCode.NEEDS_ID_CARD),))
    if reasons or applied.applicant is None:
        return Refused(reasons or (Reason(EligibilityCode.UNKNOWN_PERSON),))
    return Eligible(applied.applicant)


def check_card(identity: Identity, today: date, rules: Rules) -> tuple[Reason, ...]:
    """What is wrong with the card itself, before anybody is asked about its holder."""
    if identity.kind is CardKind.SOCIAL_SECURITY and not rules.social_card_services:
        return (Reason(EligibilityCode.NEEDS_ID_CARD),)
    return _card_reasons(identity, today)


def opens(identity: Identity, service: str, rules: Rules) -> bool:
    """Whether this kind of card is enough for the service of this key."""
    return identity.kind is not CardKind.SOCIAL_SECURITY or service in rules.social_card_services


def needs_staff(reasons: tuple[Reason, ...]) -> bool:
    """True where a person of the community must look at one of them."""
    return any(reason.code in _FOR_STAFF for reason in reasons)


def age_on(birth: date, today: date) -> int:
    """Full years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _card_reasons(identity: Identity, today: date) -> tuple[Reason, ...]:
    reasons = []
    if not identity.long_term and identity.valid_until and identity.valid_until < today:
        reasons.append(Reason(EligibilityCode.CARD_EXPIRED, identity.valid_until))
    if identity.valid_from and identity.valid_from > today:
        reasons.append(Reason(EligibilityCode.CARD_NOT_YET_VALID, identity.valid_from))
    # A social security card says nothing of its validity, and no address: those come from the register.
    has_no_end = identity.long_term or identity.kind is CardKind.SOCIAL_SECURITY
    end_is_known = has_no_end or identity.valid_until is not None
    if identity.doubts or not end_is_known:
        reasons.append(Reason(EligibilityCode.DOUBTFUL_CARD))
    return tuple(reasons)


def _member_reasons(applied: Applied, today: date, rules: Rules) -> tuple[Reason, ...]:
    if not applied.household.members:
        return (Reason(EligibilityCode.NO_MEMBERS),)
    member = applied.applicant
    if member is None:
        return (Reason(EligibilityCode.UNKNOWN_PERSON),)
    reasons = []
    if not applied.name_matches:
        reasons.append(Reason(EligibilityCode.NAME_DIFFERS))
    if member.status is MemberStatus.DECEASED:
        reasons.append(Reason(EligibilityCode.DECEASED))
    if member.status is MemberStatus.MOVED_OUT:
        reasons.append(Reason(EligibilityCode.MOVED_OUT, member.since))
    if age_on(member.birth, today) < rules.guardian_below_age:
        reasons.append(Reason(EligibilityCode.MINOR_ALONE))
    return tuple(reasons)


def _residence_reasons(residence: Residence, today: date, rules: Rules) -> tuple[Reason, ...]:
    if not residence.address.code.startswith(rules.service_area):
        return (Reason(EligibilityCode.OTHER_COMMUNITY),)
    match residence.mode:
        case ResidenceMode.MOVED_OUT:
            return (Reason(EligibilityCode.MOVED_OUT, residence.period_until),)
        case ResidenceMode.REGISTERED_ONLY:
            return (Reason(EligibilityCode.REGISTERED_ONLY),)
        case ResidenceMode.PENDING:
            return (Reason(EligibilityCode.PENDING),)
        case _:
            return (*_period_reasons(residence, today), *_age_reasons(residence, today, rules))


def _period_reasons(residence: Residence, today: date) -> tuple[Reason, ...]:
    until = residence.period_until
    return (Reason(EligibilityCode.LEASE_ENDED, until),) if until and until < today else ()


def _age_reasons(residence: Residence, today: date, rules: Rules) -> tuple[Reason, ...]:
    verified = residence.verified_on
    if verified is None:
        return (Reason(EligibilityCode.PENDING),)
    too_old = today - verified > timedelta(days=rules.record_max_age_days)
    return (Reason(EligibilityCode.RECORD_TOO_OLD, verified),) if too_old else ()
