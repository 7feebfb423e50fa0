"""`python -m backend import`: what a kiosk wrote into a file arrives as if it had come over the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from backend.__main__ import main
from backend_client.contract import SCHEMA_VERSION, PaperState, certificate_number
from backend_client.contract.sealed import write_carrier
from backend_client.keys import load_keys
from tests.backend.platform_calls import client_for, deliver, new_block, record_of, settlement_of
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from backend_client.client import PlatformClient
    from backend_client.contract import RecordItem

KIOSK, NEIGHBOUR = "CG-KSK-03", "CG-KSK-04"


class Office:
    """A platform, its clerk who imports files, and a kiosk without a line."""

    def __init__(self, process: PlatformProcess, capsys: pytest.CaptureFixture[str]) -> None:
        self.process = process
        self.keys = {kiosk: process.enrol(kiosk) for kiosk in (KIOSK, NEIGHBOUR)}
        self._capsys = capsys

    @property
    def client(self) -> PlatformClient:
        """The kiosk while it has a line."""
        return client_for(self.process.url, self.keys[KIOSK])

    def numbers(self, count: int) -> list[str]:
        """Numbers of the kiosk."""
        block = new_block(self.client, count)
        return [certificate_number(block, block.first + place) for place in range(count)]

    def carrier(self, items: Iterable[bytes], *, kiosk: str = KIOSK, signed_by: str = "") -> bytes:
        """The file that a kiosk writes."""
        keys = load_keys(self.keys[signed_by or kiosk])
        return write_carrier(items, kiosk, keys.signing_key, keys.carrier_public_key)

    def take(self, content: bytes) -> tuple[int, list[str], list[str]]:
        """Exit status, and what the command said on both of its channels."""
        path = self.process.state_dir / "from-the-kiosk"
        path.write_bytes(content)
        self._capsys.readouterr()
        status = main(["import", "--state", str(self.process.state_dir), str(path)])
        said = self._capsys.readouterr()
        return status, said.out.splitlines(), said.err.splitlines()


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    """Serves, because an import must not disturb it."""
    process = PlatformProcess(tmp_path)
    with process:
        yield Office(process, capsys)


def wire(*items: RecordItem) -> list[bytes]:
    """The items as the outbox holds them."""
    return [item.model_dump_json(exclude_unset=True).encode() for item in items]


def counts(line: str) -> str:
    return line.partition(": ")[2]


def test_a_file_is_stored_and_the_same_file_again_is_duplicates(office: Office) -> None:
    content = office.carrier(wire(*(record_of(number) for number in office.numbers(3))))

    first, second = office.take(content), office.take(content)

    assert (first[0], second[0]) == (0, 0)
    assert [counts(line) for line in first[1]] == ["3 stored, 0 duplicate, 0 conflict, 0 refused, 0 later"]
    assert [counts(line) for line in second[1]] == ["0 stored, 3 duplicate, 0 conflict, 0 refused, 0 later"]
    assert first[1][0].startswith(f"3 items of {KIOSK}, written ")


def test_file_and_wire_may_bring_the_same_items_in_any_order(office: Office) -> None:
    items = [record_of(number) for number in office.numbers(4)]
    deliver(office.client, *items[:2])

    status, (line,), _ = office.take(office.carrier(wire(*items)))

    assert (status, counts(line)) == (0, "2 stored, 2 duplicate, 0 conflict, 0 refused, 0 later")
    assert deliver(office.client, *items) == [("duplicate", "")] * 4


def test_more_items_than_fit_one_transaction_and_a_settlement_far_before_its_certificate(
    office: Office,
) -> None:
    numbers = office.numbers(501)
    records = [record_of(number) for number in numbers[:-1]]
    last = record_of(numbers[-1], PaperState.UNCERTAIN)

    status, (line,), _ = office.take(office.carrier(wire(settlement_of(numbers[-1]), *records, last)))

    assert (status, counts(line)) == (0, "502 stored, 0 duplicate, 0 conflict, 0 refused, 0 later")


def test_what_is_not_taken_is_listed_by_id_and_the_others_are_stored(office: Office) -> None:
    good, newer, changed = (record_of(number) for number in office.numbers(3))
    foreign = record_of("610525001003-JZ-2026-900000-0")
    orphan = settlement_of(office.numbers(1)[0])
    later = json.dumps({**json.loads(wire(newer)[0]), "schema_version": SCHEMA_VERSION + 1}).encode()
    other = json.dumps({**json.loads(wire(changed)[0]), "id": good.id}).encode()
    items = [*wire(good, foreign, orphan), later, other, b"not json", b"{}"]

    status, lines, _ = office.take(office.carrier(items))

    assert status == 1
    assert counts(lines[0]) == "1 stored, 0 duplicate, 1 conflict, 3 refused, 2 later"
    assert lines[1:] == [
        f"{foreign.id} refused number_malformed",
        f"{orphan.id} later certificate_first",
        f"{newer.id} later newer_schema",
        f"{good.id} conflict other_content",
        "- refused malformed",
        "- refused malformed",
    ]


def test_a_file_that_was_changed_anywhere_is_refused_in_one_sentence(office: Office) -> None:
    whole = office.carrier(wire(record_of(office.numbers(1)[0])))
    step = max(1, len(whole) // 40)
    broken = [
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(0, len(whole), step)
    ]
    cut = [whole[:place] for place in range(0, len(whole), step)]

    for content in [*broken, *cut, whole + b"x"]:
        status, lines, errors = office.take(content)
        assert (status, lines, len(errors)) == (1, [], 1)
        assert errors[0].startswith("import: ")


def test_a_kiosk_cannot_sign_for_another(office: Office) -> None:
    items = wire(record_of(office.numbers(1)[0]))

    status, _, errors = office.take(office.carrier(items, kiosk=KIOSK, signed_by=NEIGHBOUR))

    assert (status, len(errors)) == (1, 1)


def test_a_file_for_another_platform_or_of_an_unknown_or_revoked_kiosk_is_refused(
    office: Office, tmp_path: Path
) -> None:
    number = office.numbers(1)[0]
    here = load_keys(office.keys[KIOSK])
    elsewhere = load_keys(PlatformProcess(tmp_path / "elsewhere").enrol(KIOSK))
    unknown = write_carrier(wire(record_of(number)), "CG-KSK-99", here.signing_key, here.carrier_public_key)
    foreign = write_carrier(wire(record_of(number)), KIOSK, here.signing_key, elsewhere.carrier_public_key)
    revoked = office.carrier(wire(record_of(number)))
    office.process.run("revoke", KIOSK)

    for content in (unknown, foreign, revoked):
        status, lines, errors = office.take(content)
        assert (status, lines, len(errors)) == (1, [], 1)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--state", str(tmp_path), str(tmp_path / "nothing")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_nothing_of_a_person_is_said(office: Office) -> None:
    item = record_of(office.numbers(1)[0], citizen_key="7" * 64, purpose="welfare", copies=9)
    refused = item.model_copy(update={"id": "0" * 36, "body": item.body.model_copy(update={"kind": "XX"})})

    _, lines, errors = office.take(office.carrier(wire(item, refused)))

    assert "7777" not in str((lines, errors))
    assert "welfare" not in str((lines, errors))
