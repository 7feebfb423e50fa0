"""`python -m tests.store.register_keeper STATE_DIR KEY`: keeps a register, for a look into its memory.

It takes pages, one a line, then looks up the card whose hashes come in one more line, and waits for its end.
"""

from __future__ import annotations

import gc
import sys
from contextlib import closing
from pathlib import Path

from backend_client.contract import RegisterPage
from tests.store.builders import Bench


def main(state_dir: Path, key: bytes) -> None:
    """Say `kept` when all pages are there, and whether the card opened something."""
    bench = Bench(state_dir)
    with closing(bench.store):
        register = bench.store.register(key)
        while line := sys.stdin.readline().strip():
            register.take(RegisterPage.model_validate_json(line), register.cursor())
        sys.stdout.write("kept\n")
        sys.stdout.flush()
        citizen_key, name_key = sys.stdin.readline().split()
        found = register.find(citizen_key, name_key) is not None
        gc.collect()
        sys.stdout.write(f"found {found}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
