"""The commands: what they write, who may read it, how they end."""

from __future__ import annotations

import base64
import stat
import subprocess
import sys
import tomllib
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from backend.__main__ import main
from backend.db.households import read_homes
from backend.db.register_changes import state_of
from backend.keys import KeyFileError, open_keys
from backend.wiring import open_database
from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    cosigner_key,
    kiosk_key_name,
    parse_verifier_key,
    public_key_of,
)
from backend_client.keys import load_keys
from tests.backend.platform_calls import DEADLINE, client_for, fresh_number, record_of
from tests.backend.platform_process import COMMUNITY, PlatformProcess

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_serve_ends_with_status_0_on_sigterm(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path)
    process.start()

    assert process.stop() == 0


def test_what_was_stored_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    with PlatformProcess(tmp_path) as process:
        client = client_for(process.url, process.enrol("CG-KSK-03"))
        item = record_of(fresh_number(client))
        batch_id = item.id
        first = client.deliver(batch_id, (item,), DEADLINE)

        process.kill()
        process.start()
        again = client.deliver(batch_id, (item,), DEADLINE)

    assert "stored" in str(first)
    assert "duplicate" in str(again)


def test_enrol_writes_key_files_for_the_kiosks_user_only(tmp_path: Path) -> None:
    keys_dir = PlatformProcess(tmp_path / "state").enrol("CG-KSK-03")

    files = {path.name: path for path in keys_dir.iterdir()}
    assert set(files) == {
        "credential",
        "lookup.key",
        "receipt.pub",
        "register.key",
        "signing.key",
        "carrier.pub",
    }
    assert {mode(path) for path in files.values()} == {0o600}
    kiosk, _, secret = files["credential"].read_text(encoding="ascii").strip().partition(".")
    assert (kiosk, len(bytes.fromhex(secret))) == ("CG-KSK-03", 32)
    assert len(bytes.fromhex(files["lookup.key"].read_text(encoding="ascii"))) == 32
    assert len(base64.b64decode(files["receipt.pub"].read_text(encoding="ascii"))) == 32
    assert load_keys(keys_dir).kiosk == "CG-KSK-03"


def test_the_platforms_own_keys_are_private_and_stay(tmp_path: Path) -> None:
    first, second = open_keys(tmp_path), open_keys(tmp_path)

    assert first.lookup_key == second.lookup_key
    assert first.receipt_public_key == second.receipt_public_key
    assert {mode(path) for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert first.lookup_key.hex() not in repr(first)


def test_a_damaged_key_is_an_error_and_is_never_replaced(tmp_path: Path) -> None:
    open_keys(tmp_path)
    (tmp_path / "keys" / "lookup.key").write_text("half", encoding="ascii")

    with pytest.raises(KeyFileError):
        open_keys(tmp_path)

    assert (tmp_path / "keys" / "lookup.key").read_text(encoding="ascii") == "half"


@pytest.mark.parametrize(
    ("kiosk", "community"), [("kiosk 3", COMMUNITY), ("CG-KSK-03", "61052500100"), ("A.B", COMMUNITY)]
)
def test_a_malformed_enrolment_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kiosk: str, community: str
) -> None:
    options = ["--state", str(tmp_path), "--out", str(tmp_path / "out"), kiosk, "--community", community]

    status = main(["enrol", *options])

    assert status == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_too_few_households_for_the_stories_are_refused(tmp_path: Path) -> None:
    assert main(["demo-data", "--state", str(tmp_path), "--households", "3"]) == 1


def test_revoking_nobody_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revoke", "--state", str(tmp_path), "CG-KSK-99"]) == 1
    assert "there is no kiosk CG-KSK-99" in capsys.readouterr().out


def test_help_names_every_command() -> None:
    words = [sys.executable, "-m", "backend", "--help"]
    text = subprocess.run(words, check=True, capture_output=True, text=True).stdout

    commands = "demo-data enrol revoke import alarms check-household serve openapi"
    assert all(command in text for command in commands.split())


def test_a_household_that_was_checked_says_so_to_kiosks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ["--state", str(tmp_path)]
    main(["demo-data", *state, "--households", "50"])

    assert main(["check-household", *state, "HH000001", "--on", "2026-11-21"]) == 0
    assert main(["check-household", *state, "HH777777"]) == 1

    assert capsys.readouterr().err.splitlines()[-1] == "check-household: there is no household HH777777"
    with closing(open_database(tmp_path, "")) as database:
        assert database.read(lambda connection: state_of(connection, "610525")).seq == 1
        homes = database.read(lambda c: read_homes(c, "610525", ["HH000001"], datetime.now(UTC)))
    assert homes["HH000001"].residence.verified_on == date(2026, 11, 21)


def test_what_seals_the_register_can_be_derived_with_the_demo_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ["--state", str(tmp_path)]

    assert main(["demo-data", *state, "--households", "50", "--card-cost", "10"]) == 0

    assert capsys.readouterr().err.splitlines()[-1].endswith(" derivations")


@pytest.mark.parametrize("cost", ["9", "21"])
def test_a_cost_beyond_the_contract_is_refused(tmp_path: Path, cost: str) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--state", str(tmp_path), "--card-cost", cost])


def test_cards_are_written_as_the_simulator_takes_them(tmp_path: Path) -> None:
    main(["demo-data", "--state", str(tmp_path), "--households", "50", "--cards", str(tmp_path / "cards")])

    cards = {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "cards").iterdir()
    }
    fields = "title kind name sex nation birth address number authority valid_from valid_until"
    assert len(cards) == 17
    assert all(list(card) == fields.split() for card in cards.values())
    assert cards["single_person"]["valid_until"] == "长期"
    assert "𬱖" in cards["rare_name"]["name"]
    assert cards["name_differs"]["name"] == "张小燕"


def test_the_public_keys_of_a_kiosk_are_printed_for_auditors(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path / "state")
    keys = load_keys(process.enrol("CG-KSK-03"))

    kiosk, platform = process.run("keys", "CG-KSK-03").splitlines()

    assert parse_verifier_key(kiosk) == (kiosk_key_name("CG-KSK-03"), public_key_of(keys.signing_key))
    assert platform == cosigner_key(PLATFORM_KEY_NAME, keys.receipt_public_key)
