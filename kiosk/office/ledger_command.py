"""`python -m kiosk ledger verify|prove`: a ledger in a file, without network and without the kiosk.

`export` and `keys` are the other half: they ask the running core.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    LedgerFileError,
    NoteError,
    Trust,
    covers,
    is_proof,
    kiosk_key_name,
    parse_verifier_key,
    prove_entry,
    verify_ledger,
    verify_proof,
)
from kiosk.office.arguments import add_file, add_order, add_settings, new_parser
from kiosk.office.asking import ask, ask_for_file, run
from kiosk.office.exits import EXIT_RIGHT, EXIT_USAGE, EXIT_WRONG
from kiosk.office.whole_file import whole_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from io import BufferedReader
    from typing import TypeAlias

    from backend_client.contract.ledger import Seen, Verified

    _Work: TypeAlias = Callable[[BufferedReader, Trust], str]

_START_BYTES = 64
_MOST_KEY_BYTES = 1024
_KEY_BYTES = 32


class _QuestionError(Exception):
    """The question cannot be understood: one sentence about a key or a file that was named."""


def main(arguments: list[str]) -> int:
    """Do one thing with a ledger; the exit status: 0 right, 1 wrong, 2 the question was not understood."""
    parser = new_parser("ledger", "The log of every paper's way: written out, verified, proven.")
    orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
    verify = add_order(
        orders, "verify", "print one line: whether a ledger, or the proof of an entry, is right"
    )
    add_file(verify, "as `ledger export` or `ledger prove` wrote it")
    verify.add_argument("--entry", type=int, metavar="SEQ", help="also print this entry, counted from 0")
    prove = add_order(orders, "prove", "verify a ledger, and write the proof of one entry")
    add_file(prove, "as `ledger export` wrote it")
    prove.add_argument("seq", type=int, metavar="SEQ", help="counted from 0")
    prove.add_argument("--out", type=Path, required=True, metavar="PROOF")
    for order in (verify, prove):
        order.add_argument("--key", required=True, metavar="PUB", help="of the kiosk: the key or a file")
        order.add_argument("--platform-key", metavar="PUB", help="the platform must have seen it, too")
    export = add_order(orders, "export", "write the whole ledger of the running kiosk into a file")
    add_file(export, "gets the signed checkpoint and every entry")
    keys = add_order(orders, "keys", "print the public keys of the kiosk and of its platform")
    add_settings(export)
    add_settings(keys)
    options = parser.parse_args(arguments)
    options.program = "ledger"
    match options.order:
        case "verify":
            return _run(options, lambda file, trust: _verify(file, trust, options.entry))
        case "prove":
            return _prove(options)
        case "export":
            return run(options, lambda office: _export(office, options.file))
        case _:
            return run(options, _keys)


def _export(office: Path, target: Path) -> str:
    return f"{ask_for_file(office, 'ledger.export', target).done['entries']} entries in {target}"


def _keys(office: Path) -> str:
    return "\n".join(ask(office, "ledger.keys").done["keys"])


def _prove(options: argparse.Namespace) -> int:
    """Verify the ledger, and write the proof of one entry into a file of its own."""

    def prove(file: BufferedReader, trust: Trust) -> str:
        if not file.seekable():
            raise _QuestionError("a proof is made from a file, not from a pipe: it is read twice")
        with whole_file(options.out) as out:
            verified = prove_entry(file, trust, options.seq, out)
        return f"entry {options.seq} of {_about(verified)} is proven in {options.out}"

    return _run(options, prove)


def _run(options: argparse.Namespace, work: _Work) -> int:
    try:
        trust = _trust(options)
        with options.file.open("rb") as file:
            sys.stdout.write(f"right: {work(file, trust)}\n")
    except LedgerFileError as error:
        sys.stdout.write(f"wrong: {error}\n")
        return EXIT_WRONG
    except _QuestionError as error:
        sys.stderr.write(f"ledger: {error}\n")
        return EXIT_USAGE
    except OSError as error:
        sys.stderr.write(f"ledger: {error.filename or options.file}: {error.strerror}\n")
        return EXIT_USAGE
    return EXIT_RIGHT


def _verify(file: BufferedReader, trust: Trust, wanted: int | None) -> str:
    if not is_proof(file.peek(_START_BYTES)):
        verified = verify_ledger(file, trust, wanted)
        told = "" if wanted is None else f"; entry {wanted}{_sight(verified, wanted)}: {_plain(verified)}"
        return _about(verified) + _extent(verified) + told
    seq, verified = verify_proof(file, trust)
    if wanted not in {None, seq}:
        raise LedgerFileError(f"this is the proof of entry {seq}")
    return f"entry {seq} of {_about(verified)}{_sight(verified, seq)}: {_plain(verified)}"


def _about(verified: Verified) -> str:
    ledger_id = verified.checkpoint.origin.rpartition("/")[2]
    return f"{verified.checkpoint.size} entries of {verified.kiosk}, ledger {ledger_id}"


def _extent(verified: Verified) -> str:
    """How many entries the platform vouches for, where its signature was asked for."""
    seen = _verified_sight(verified)
    return f"; the platform has seen {seen.checkpoint.size} of them, {_time(seen)}" if seen else ""


def _sight(verified: Verified, seq: int) -> str:
    seen = _verified_sight(verified)
    if seen is None:
        return ""
    return (
        f" (seen by the platform, {_time(seen)})"
        if covers(verified, seq)
        else " (not yet seen by the platform)"
    )


def _verified_sight(verified: Verified) -> Seen | None:
    return verified.seen if verified.seen and verified.seen.at else None


def _time(seen: Seen) -> str:
    return f"{seen.at:%Y-%m-%d %H:%M:%S} UTC"


def _plain(verified: Verified) -> str:
    """The entry on one line, whatever its writer put into it."""
    text = verified.entry.decode(errors="backslashreplace")
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)


def _trust(options: argparse.Namespace) -> Trust:
    name, kiosk_key = _key(options.key)
    kiosk = name.removeprefix(kiosk_key_name(""))
    if name and name in {kiosk, PLATFORM_KEY_NAME}:
        raise _QuestionError(f"{name} is not the name of a kiosk's key")
    if options.platform_key is None:
        return Trust(kiosk_key, kiosk=kiosk)
    platform, platform_key = _key(options.platform_key)
    if platform not in {"", PLATFORM_KEY_NAME}:
        raise _QuestionError(f"{platform} is not the name of the platform's key")
    return Trust(kiosk_key, platform_key, kiosk)


def _key(given: str) -> tuple[str, bytes]:
    """A verifier key: the text itself, or a file that holds it, or one with the bare key in base64.

    A bare key has no name, "": then it proves who signed, whatever kiosk that is.
    """
    try:
        return parse_verifier_key(given)
    except NoteError:
        return _key_in(Path(given))


def _key_in(path: Path) -> tuple[str, bytes]:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_KEY_BYTES).decode("ascii").strip()
        bare = _bare_key(text)
        return ("", bare) if bare else parse_verifier_key(text)
    except (OSError, NoteError, ValueError) as error:
        sentence = "a key is a text name+hash+base64, or a file that holds one, or 32 bytes in base64"
        raise _QuestionError(sentence) from error


def _bare_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return key if len(key) == _KEY_BYTES else b""
