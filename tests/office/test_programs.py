"""The programs of staff and technicians, each against the office of a core with a real store."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract.sealed import open_carrier
from devices.contract import DeviceCode
from kiosk.__main__ import main
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.domain.journal import Park
from kiosk.flow.events import UncertainPapers
from kiosk.office.asking import ask
from tests.office.hall import CARRIER, Hall, write_settings
from tests.store.builders import (
    IDENTITY,
    anchor,
    deliver_all,
    doubt_one,
    entries,
    number_of,
    print_one,
    public_key,
    row_of,
)
from tests.store.register_pages import AS_OF, CARD, OTHER, entry, page

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.domain.staff import StaffAccount


def run(hall: Hall, *arguments: str) -> int:
    return main([*arguments, "--settings", str(hall.settings)])


def park_one(hall: Hall) -> str:
    """A record that the platform did not take; its number."""
    number = print_one(hall.bench.store)
    (owed,) = hall.bench.store.outbox.due(50)
    hall.bench.store.outbox.apply((Park(owed.item.id, "unknown_number"),))
    return number


def test_the_outbox_is_listed(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    parked = park_one(hall)
    print_one(hall.bench.store)
    hall.bench.clock.go_on(timedelta(minutes=79))

    assert run(hall, "outbox", "list") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[:3] == ["unknown_number", "certificate", parked]
    assert lines[1:] == ["1 not taken by the platform, 1 waiting, the oldest for 79 min"]


def test_what_was_parked_is_sent_again(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    park_one(hall)

    assert run(hall, "outbox", "retry") == 0

    assert capsys.readouterr().out == "1 records are sent again; 0 were waiting\n"
    assert hall.retries == 1
    assert len(hall.bench.store.outbox.due(50)) == 1


def test_the_second_road_carries_all_that_is_owed_and_it_stays_owed(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [park_one(hall), *(print_one(hall.bench.store) for _ in range(20))]
    target = tmp_path / "outbox.bin"

    assert run(hall, "outbox", "export", str(target)) == 0

    assert capsys.readouterr().out == f"21 records in {target}\n"
    carrier = open_carrier(
        target.read_bytes(), CARRIER.private_bytes_raw(), lambda _kiosk: public_key(IDENTITY.seed)
    )
    owed = tuple(hall.bench.store.outbox.everything())
    assert [number_of(item) for item in owed] == numbers
    assert carrier.items == tuple(item.model_dump_json(exclude_unset=True).encode() for item in owed)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_ledger_is_exported_verified_and_proven(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(20):
        print_one(hall.bench.store)
    anchor(hall.bench.store)
    print_one(hall.bench.store)
    count = len(entries(hall.bench.store))
    target, proof = tmp_path / "ledger.txt", tmp_path / "proof.txt"

    assert run(hall, "ledger", "export", str(target)) == 0
    assert run(hall, "ledger", "keys") == 0
    exported, kiosk_key, platform_key = capsys.readouterr().out.splitlines()
    keys = ("--key", kiosk_key, "--platform-key", platform_key)
    assert main(["ledger", "verify", str(target), *keys]) == 0
    assert main(["ledger", "prove", str(target), "3", "--out", str(proof), *keys]) == 0
    assert main(["ledger", "verify", str(proof), *keys]) == 0

    right, proven, shown = capsys.readouterr().out.splitlines()
    assert exported == f"{count} entries in {target}"
    assert right.startswith(f"right: {count} entries of CG-KSK-03")
    assert "the platform has seen" in right
    assert proven.startswith(f"right: entry 3 of {count} entries")
    assert '"seq":3,' in shown
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(proof.stat().st_mode) == 0o600


@pytest.mark.parametrize(("word", "state", "told"), [("yes", "printed", "came"), ("no", "voided", "did not")])
def test_a_paper_is_settled_by_the_word_of_staff(
    hall: Hall, capsys: pytest.CaptureFixture[str], word: str, state: str, told: str
) -> None:
    issuance, number = doubt_one(hall.bench.store)
    deliver_all(hall.bench.store)

    assert run(hall, "papers", "list") == 0
    assert run(hall, "papers", "settle", number, "--came-out", word, "--by", "1042") == 0

    listed, count, settled = capsys.readouterr().out.splitlines()
    row = row_of(hall.bench.store, issuance)
    assert (number in listed, count) == (True, "1 wait for a word")
    assert settled.startswith(f"{number}, attempt 1, {told}")
    assert (row.state, row.settled_by) == (state, "1042")
    assert len(hall.bench.store.outbox.due(50)) == hall.settlements == 1
    assert hall.events.wait_for(UncertainPapers).count == 0
    assert hall.book.lines("word_recorded")[0]["settled_by"] == "1042"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--by", "resident"), "staff are named by"),
        (("--by", "x"), "staff are named by"),
        (("--by", "10 42"), "staff are named by"),
        (("--by", "1042", "--attempt", "2"), "no such paper waits"),
    ],
)
def test_a_word_that_cannot_be_taken_changes_nothing(
    hall: Hall, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    _, number = doubt_one(hall.bench.store)

    assert run(hall, "papers", "settle", number, "--came-out", "yes", *options) == 1

    assert sentence in capsys.readouterr().err
    assert hall.bench.store.issuances.count_uncertain() == 1


def test_a_word_is_given_once(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    issuance, number = doubt_one(hall.bench.store)
    order = ("papers", "settle", number, "--by", "1042", "--came-out")

    assert (run(hall, *order, "no"), run(hall, *order, "yes")) == (0, 1)

    assert capsys.readouterr().err == "papers: no such paper waits for a word\n"
    assert row_of(hall.bench.store, issuance).state == "voided"


def test_where_there_are_accounts_only_they_give_their_word(
    tmp_path: Path, account: StaffAccount, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = Hall(tmp_path, staff=(account,))
    hall.open()
    _, number = doubt_one(hall.bench.store)
    order = ("papers", "settle", number, "--came-out", "yes", "--by")

    assert (run(hall, *order, "9999"), run(hall, *order, account.badge)) == (1, 0)

    assert capsys.readouterr().err == "papers: nobody has that badge at this kiosk\n"
    assert hall.close()


def test_the_status_names_counts_and_versions(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    print_one(hall.bench.store)
    anchor(hall.bench.store)
    doubt_one(hall.bench.store)

    assert run(hall, "status") == 0

    told = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert (told["waiting"], told["papers_in_doubt"], told["numbers_left"]) == ("2", "1", "298")
    assert int(told["ledger_countersigned"]) < int(told["ledger_entries"])
    assert told["sqlite"].startswith("3.")
    assert told["last_backup"] == "unknown"


def test_the_status_tells_how_old_the_register_is(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert hall.register is not None
    ages = []

    ages.append(told_of_the_register(hall, capsys))
    hall.register.take(page(entry(CARD), entry(OTHER)), "")
    hall.bench.clock.go_on(timedelta(hours=2))
    ages.append(told_of_the_register(hall, capsys))
    hall.bench.clock.wall -= timedelta(hours=5)
    ages.append(told_of_the_register(hall, capsys))

    as_of = AS_OF.isoformat()
    assert ages == [("unknown", "unknown"), (as_of, "7200"), (as_of, "unknown")]


def told_of_the_register(hall: Hall, capsys: pytest.CaptureFixture[str]) -> tuple[str, ...]:
    assert run(hall, "status") == 0
    told = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    return tuple(told[f"register_{name}"] for name in ("as_of", "age_s"))


def test_a_kiosk_without_a_register_has_a_status_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = Hall(tmp_path, has_register=False)
    hall.open()

    assert told_of_the_register(hall, capsys) == ("unknown", "unknown")
    assert hall.close()


@pytest.mark.parametrize(
    "order",
    [("outbox", "list"), ("outbox", "export", "FILE"), ("papers", "list"), ("ledger", "keys"), ("status",)],
)
def test_without_a_core_one_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], order: tuple[str, ...]
) -> None:
    settings = write_settings(tmp_path)
    words = [str(tmp_path / "out") if part == "FILE" else part for part in order]

    assert main([*words, "--settings", str(settings)]) == 1

    sentence = capsys.readouterr().err
    assert sentence.startswith(f"{order[0]}: no core is running here")
    assert sentence.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.toml"]


def test_wrong_settings_are_told_as_the_core_tells_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text("[kiosk]\nid = 3\n", encoding="utf-8")

    assert main(["status", "--settings", str(settings)]) == 78

    assert f"SET-01 {settings}: kiosk.id: expected an id" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nowhere" / "ledger.txt"

    assert run(hall, "ledger", "export", str(target)) == 1

    assert capsys.readouterr().err == f"ledger: {target} cannot be written (No such file or directory)\n"


def test_the_report_is_written_as_pdf(hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.pdf"

    assert run(hall, "report", str(target)) == 0

    assert target.read_bytes() == b"%PDF by office"
    assert capsys.readouterr().out == f"14 bytes in {target}\n"


def test_the_board_is_told_row_by_row(hall: Hall) -> None:
    since = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
    code = DeviceCode.PRINTER_PAPER_OUT
    hall.board = Board(
        (
            Finding(Component.ID_READER, Health.GOOD, since),
            Finding(Component.PAGE_PRINTER, Health.BAD, since, code, ("toner-low",), "media-empty"),
        )
    )

    reader, printer = ask(hall.path, "board").rows

    assert (reader["component"], reader["health"], reader["code"]) == ("id_reader", "good", "")
    assert (printer["code"], printer["warnings"], printer["detail"]) == (
        "PRN-03",
        ["toner-low"],
        "media-empty",
    )
    assert printer["since"] == since.isoformat()
