# No lazy annotations here: FastAPI reads them when it builds the routes.
from typing import Any

from fastapi import FastAPI

from backend.db.ledgers import Witness, witness
from backend.web.credential import AppContext, CallingKiosk
from backend_client.contract import LedgerAnswer, LedgerGrowth, Problem


def take_checkpoint(growth: LedgerGrowth, kiosk: CallingKiosk, context: AppContext) -> LedgerAnswer:
    """Countersign how the kiosk's ledger grew, or say why not; a fork or a shorter ledger raises an alarm."""
    by = Witness(context.signing_key.private_bytes_raw(), context.now())
    return context.database.write(lambda connection: witness(connection, kiosk, growth, by))


def add_ledger_routes(app: FastAPI) -> None:
    """The route by which kiosks show their ledgers."""
    problems: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    app.add_api_route("/v1/ledger", take_checkpoint, methods=["POST"], responses=problems)
