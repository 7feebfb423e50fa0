"""The ledger's form, for kiosk, platform and whoever verifies: a Merkle tree and its signed checkpoints."""

from backend_client.contract.ledger.merkle import (
    EMPTY_ROOT,
    Accumulator,
    Node,
    completed,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
)
from backend_client.contract.ledger.names import (
    PLATFORM_KEY_NAME,
    kiosk_key_name,
    ledger_origin,
    parse_origin,
)
from backend_client.contract.ledger.notes import (
    Checkpoint,
    NoteError,
    countersign,
    parse_verifier_key,
    read_checkpoint,
    read_countersignature,
    sign_checkpoint,
    verifier_key,
)

__all__ = [
    "EMPTY_ROOT",
    "PLATFORM_KEY_NAME",
    "Accumulator",
    "Checkpoint",
    "Node",
    "NoteError",
    "completed",
    "consistency_proof",
    "countersign",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "kiosk_key_name",
    "leaf_hash",
    "ledger_origin",
    "node_hash",
    "parse_origin",
    "parse_verifier_key",
    "read_checkpoint",
    "read_countersignature",
    "root",
    "sign_checkpoint",
    "verifier_key",
]
