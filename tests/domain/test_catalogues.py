"""Services, purposes and relations as data."""

from __future__ import annotations

import re

from kiosk.domain.purposes import PURPOSES, find_purpose
from kiosk.domain.relations import GROUPS, NAMED_CODES, relation_key
from kiosk.domain.services import MAIN_SERVICES, NOT_ISSUED, ServiceKind, find_service


def test_all_twenty_proofs_that_no_community_issues_can_be_found() -> None:
    """民发〔2020〕20号, first list."""
    assert len({service.key for service in NOT_ISSUED}) == 20
    assert all(service.kind is ServiceKind.NOT_ISSUED for service in NOT_ISSUED)


def test_only_the_residence_certificate_is_issued_here() -> None:
    issued = [s.key for s in (*MAIN_SERVICES, *NOT_ISSUED) if s.kind is ServiceKind.ISSUED_HERE]

    assert issued == ["residence"]


def test_every_service_is_found_by_its_own_key_and_none_by_another() -> None:
    services = (*MAIN_SERVICES, *NOT_ISSUED)

    assert len({service.key for service in services}) == len(services)
    assert all(find_service(service.key) is service for service in services)
    assert find_service("no such service") is None


def test_every_purpose_is_found_by_its_key() -> None:
    keys = ["school", "employment", "housing", "welfare", "vehicle", "other"]

    assert [purpose.key for purpose in PURPOSES] == keys
    assert [find_purpose(key).key for key in keys] == keys


def test_every_two_digits_lead_to_a_relation_that_has_a_name() -> None:
    """GB/T 4761: a code without a name of its own is shown as its group."""
    keys = {relation_key(f"{code:02d}") for code in range(100)}

    assert keys == {f"relation.{code}" for code in NAMED_CODES}
    assert set(GROUPS.values()) <= NAMED_CODES
    assert all(re.fullmatch(r"\d{2}", code) for code in NAMED_CODES)


def test_the_head_is_the_head_and_the_daughter_a_daughter() -> None:
    assert [relation_key(code) for code in ("02", "30", "35", "98")] == [
        *("relation.02", "relation.30", "relation.30", "relation.99"),
    ]
