"""No change of a ledger or a proof passes unseen, and a verifier that is half blind is found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ledger.mutations import Mutations
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261123


def test_no_change_of_a_ledger_passes_unseen() -> None:
    figures = Mutations(SEED).run(1_100)

    assert figures.say() == 0
    assert figures.counts["mutations"] >= 1_000


@pytest.mark.soak
def test_none_of_ten_thousand_changes_passes_unseen() -> None:
    figures = Mutations(SEED + 1).run(10_500)

    assert figures.say() == 0
    assert figures.counts["mutations"] >= 10_000


@pytest.mark.parametrize(
    ("path", "protection", "instead"),
    [
        ("export.py", "if tree.root() != checkpoint.root:", "if False:"),
        ("notes.py", '        raise NoteError("the signature is wrong") from error', "        del error"),
        ("proof.py", "        if not is_included(", "        if False and not is_included("),
        ("vouching.py", "if len(signers(note)) != 1:", "if False:"),
    ],
    ids=["root", "signature", "proof", "signers"],
)
def test_a_verifier_that_leaves_out_a_check_is_found_out(
    tmp_path: Path, path: str, protection: str, instead: str
) -> None:
    copy = sabotaged(tmp_path, f"backend_client/contract/ledger/{path}", protection, instead)

    status, line = verdict_of(copy, "tests.ledger.mutations", "--count", "300")

    assert status == 1
    assert " 0 missed" not in line
