"""Record the prompts of the voice: python -m tools.prompts [--out DIR] [--check] [--sweep]."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kiosk.voice.espeak import find_espeak
from tools.prompts.checking import check_all
from tools.prompts.recording import list_wishes, record_all, sweep

_OUT = Path(__file__).resolve().parents[2] / "var" / "prompts"
_EVERY = 100  # prompts between two words about how far it is


def main(arguments: list[str] | None = None) -> int:
    """0 if every prompt can be heard; else 1, and a sentence for each that cannot."""
    parser = argparse.ArgumentParser(prog="python -m tools.prompts", description=__doc__)
    parser.add_argument("--out", type=Path, default=_OUT, help="where the recordings are (var/prompts)")
    parser.add_argument("--check", action="store_true", help="record nothing, say what is wrong")
    parser.add_argument(
        "--sweep", action="store_true", help="remove recordings that no prompt needs any more"
    )
    options = parser.parse_args(arguments)
    engine = find_espeak()
    if engine is None:
        print("there is no espeak-ng on this machine", file=sys.stderr)
        return 1
    wishes = list_wishes(engine)
    if not options.check:
        record_all(engine, wishes, options.out, _tell)
        if options.sweep:
            print(f"{sweep(options.out, wishes)} old recordings removed")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")  # recordings are only decoded here
    wrong = list(check_all(options.out, wishes))
    for sentence in wrong:
        print(sentence)
    print(f"{len(wishes)} prompts, {len(wrong)} with something wrong")
    return 1 if wrong else 0


def _tell(done: int, total: int) -> None:
    if done % _EVERY == 0 or done == total:
        print(f"{done} of {total}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
