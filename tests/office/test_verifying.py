"""`ledger verify` and `ledger prove`: one line, an honest status, and nothing needed but a file and a key."""

from __future__ import annotations

import base64
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from backend_client.contract.ledger import PLATFORM_KEY_NAME, cosigner_key, kiosk_key_name, verifier_key
from kiosk.__main__ import main
from tests.ledger.books import KIOSK, OTHER_SEED, PLATFORM_SEED, SEED, Book, public_key
from tests.torture.sabotage import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KEY = verifier_key(kiosk_key_name(KIOSK), public_key(SEED))
PLATFORM_KEY = cosigner_key(PLATFORM_KEY_NAME, public_key(PLATFORM_SEED))
LEDGER_ID = "ledger 0123456789abcdef"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """70 entries, of which the platform has seen 60."""
    path = tmp_path / "ledger.txt"
    path.write_bytes(Book(70, 60).content)
    return path


def verify(path: Path, *options: str) -> int:
    return main(["ledger", "verify", str(path), *options])


def test_a_right_ledger_is_one_line_and_status_0(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(ledger, "--key", KEY) == 0
    assert verify(ledger, "--key", KEY, "--platform-key", PLATFORM_KEY) == 0
    assert verify(ledger, "--key", KEY, "--entry", "69") == 0
    assert verify(ledger, "--key", KEY, "--entry", "69", "--platform-key", PLATFORM_KEY) == 0

    about = f"right: 70 entries of {KIOSK}, {LEDGER_ID}"
    seen = "; the platform has seen 60 of them, 2026-11-23 06:00:00 UTC"
    entry = Book(70, 60).entries[69]
    assert capsys.readouterr().out.splitlines() == [
        about,
        about + seen,
        f"{about}; entry 69: {entry}",
        f"{about}{seen}; entry 69 (not yet seen by the platform): {entry}",
    ]


def test_a_key_may_lie_in_a_file(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "kiosk.pub"
    key.write_text(KEY + "\n", encoding="ascii")

    assert verify(ledger, "--key", str(key)) == 0

    assert capsys.readouterr().out.startswith("right: ")


def test_a_bare_key_in_a_file_says_who_signed(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`enrol` writes the platform's key like this."""
    kiosk, platform, other = (tmp_path / name for name in ("kiosk.pub", "receipt.pub", "other.pub"))
    for path, seed in ((kiosk, SEED), (platform, PLATFORM_SEED), (other, OTHER_SEED)):
        path.write_text(base64.b64encode(public_key(seed)).decode() + "\n", encoding="ascii")

    assert verify(ledger, "--key", str(kiosk), "--platform-key", str(platform)) == 0
    assert verify(ledger, "--key", str(other)) == 1
    assert verify(ledger, "--key", str(kiosk), "--platform-key", str(other)) == 1

    right, *wrong = capsys.readouterr().out.splitlines()
    assert right.startswith(f"right: 70 entries of {KIOSK}")
    assert "the platform has seen 60" in right
    assert all(line.startswith("wrong: ") for line in wrong)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_bare_key_of_another_length_is_none(ledger: Path, tmp_path: Path, length: int) -> None:
    path = tmp_path / "short.pub"
    path.write_text(base64.b64encode(bytes(length)).decode(), encoding="ascii")

    assert verify(ledger, "--key", str(path)) == 2


def test_a_single_entry_is_proven_without_the_others(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = tmp_path / "proof.txt"

    assert main(["ledger", "prove", str(ledger), "41", "--key", KEY, "--out", str(proof)]) == 0
    ledger.unlink()
    assert verify(proof, "--key", KEY, "--platform-key", PLATFORM_KEY) == 0
    assert verify(proof, "--key", KEY, "--entry", "41") == 0
    assert verify(proof, "--key", KEY, "--entry", "42") == 1

    _, seen, plain, other = capsys.readouterr().out.splitlines()
    about = f"right: entry 41 of 70 entries of {KIOSK}, {LEDGER_ID}"
    entry = Book(70, 60).entries[41]
    assert seen == f"{about} (seen by the platform, 2026-11-23 06:00:00 UTC): {entry}"
    assert (plain, other) == (f"{about}: {entry}", "wrong: this is the proof of entry 41")


@pytest.mark.parametrize(
    ("old", "new", "options", "sentence"),
    [
        (b"1041", b"1042", (), "the entries are not those that the platform countersigned"),
        (b'"seq":69,', b'"seq":70,', (), "at place 69 stands another entry"),
        (b"", b"", ("--entry", "70"), "there is no entry 70: the ledger has 70"),
        (b"", b"", ("--key", verifier_key(kiosk_key_name(KIOSK), public_key(OTHER_SEED))), "not signed with"),
        (b"", b"", ("--key", verifier_key(kiosk_key_name("CG-KSK-04"), public_key(SEED))), "CG-KSK-04"),
        (
            b"",
            b"",
            ("--platform-key", verifier_key(PLATFORM_KEY_NAME, public_key(SEED))),
            "not countersigned",
        ),
    ],
)
def test_a_wrong_ledger_is_one_line_and_status_1(
    ledger: Path, old: bytes, new: bytes, options: tuple[str, ...], sentence: str
) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(old, new, 1))

    ended = started("verify", str(ledger), "--key", KEY, *options)

    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith("wrong: ")
    assert sentence in ended.stdout
    assert ended.stdout.count("\n") == 1


def test_a_ledger_may_come_through_a_pipe(ledger: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "ledger", "verify", "/dev/stdin", "--key", KEY]

    ended = subprocess.run(command, cwd=ROOT, input=ledger.read_bytes(), capture_output=True, check=False)

    assert (ended.returncode, ended.stdout.startswith(b"right: 70 entries")) == (0, True)


def test_a_proof_is_not_made_from_a_pipe(ledger: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "ledger", "prove", "/dev/stdin", "3", "--key", KEY]
    command += ["--out", str(tmp_path / "proof")]

    ended = subprocess.run(command, cwd=ROOT, input=ledger.read_bytes(), capture_output=True, check=False)

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"not from a pipe" in ended.stderr
    assert not (tmp_path / "proof").exists()


@pytest.mark.parametrize(
    "keys",
    [
        ("--key", "nonsense"),
        ("--key", PLATFORM_KEY),
        ("--key", KEY, "--platform-key", KEY),
        ("--key", KEY[:-2]),
        ("--key", "/dev/null"),
        ("--key", verifier_key("somebody.example", public_key(SEED))),
    ],
)
def test_a_question_that_cannot_be_understood_is_status_2(
    ledger: Path, capsys: pytest.CaptureFixture[str], keys: tuple[str, ...]
) -> None:
    assert verify(ledger, *keys) == 2

    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_a_file_that_is_not_there_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ledger.txt"

    assert verify(path, "--key", KEY) == 2

    assert capsys.readouterr().err == f"ledger: {path}: No such file or directory\n"


def test_a_proof_of_a_wrong_ledger_is_not_written(ledger: Path, tmp_path: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b"1041", b"1042", 1))

    status = main(["ledger", "prove", str(ledger), "41", "--key", KEY, "--out", str(tmp_path / "proof")])

    assert status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.txt"]


def test_an_entry_breaks_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A kiosk that went bad may sign anything."""
    book = Book(1, 0)
    book.entries[0] = book.entries[0].replace("boot-1", "\x1b[2J\x9b2J\u2028wrong: ")
    path = tmp_path / "ledger.txt"
    path.write_bytes(book.content)

    assert verify(path, "--key", KEY, "--entry", "0") == 0

    (line,) = capsys.readouterr().out.splitlines()
    assert r"\u001b[2J\u009b2J\u2028wrong: " in line


def test_nothing_of_the_kiosk_is_loaded_and_no_network_is_needed(ledger: Path) -> None:
    code = (
        "import socket, sys\n"
        "from kiosk.__main__ import main\n"
        "socket.socket = None\n"
        "status = main(sys.argv[1:])\n"
        "print(status, *sys.modules)\n"
    )
    command = [sys.executable, "-c", code, "ledger", "verify", str(ledger), "--key", KEY]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    line, loaded = ended.stdout.splitlines()
    assert line.startswith("right: ")
    assert loaded.startswith("0 ")
    assert {"kiosk.wiring", "kiosk.store", "sqlalchemy", "requests", "pygame"}.isdisjoint(loaded.split())


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, as an auditor starts it."""
    command = [sys.executable, "-m", "kiosk", "ledger", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
