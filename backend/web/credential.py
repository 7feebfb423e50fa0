# No lazy annotations here: FastAPI reads them when it builds the routes.
from typing import Annotated

from fastapi import Depends, Request, status

from backend.db.kiosks import Kiosk, authenticate, is_kiosk_id
from backend.web.context import Context
from backend.web.problems import ProblemCode, ProblemError

_LONGEST_SECRET = 128


def context_of(request: Request) -> Context:
    """What this application stands on."""
    context: Context = request.app.state.context
    return context


def calling_kiosk(request: Request) -> Kiosk:
    """The kiosk of `Authorization: Bearer KIOSK_ID.SECRET`; ends the request with 401 where it is none."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    kiosk_id, _, secret = credential.partition(".")
    kiosk = None
    if scheme.lower() == "bearer" and is_kiosk_id(kiosk_id) and len(secret) <= _LONGEST_SECRET:
        database = context_of(request).database
        kiosk = database.read(lambda connection: authenticate(connection, kiosk_id, secret))
    if kiosk is None:
        challenge = {"WWW-Authenticate": "Bearer"}
        raise ProblemError(status.HTTP_401_UNAUTHORIZED, ProblemCode.CREDENTIAL, challenge)
    return kiosk


CallingKiosk = Annotated[Kiosk, Depends(calling_kiosk)]
AppContext = Annotated[Context, Depends(context_of)]
