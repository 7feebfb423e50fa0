# No lazy annotations here: FastAPI reads them when it builds the routes.
from typing import Annotated, Any

from fastapi import FastAPI, Query, status

from backend.db.register_sync import NoRegisterKeyError, Wanted, make_page
from backend.web.credential import AppContext, CallingKiosk
from backend.web.problems import ProblemCode, ProblemError
from backend_client.contract import MOST_ENTRIES, Problem, RegisterPage

# A kiosk waits longer than this; what was derived is kept, so that the next page goes on from there.
_DERIVING_S = 1.5
_LONGEST_CURSOR = 80


def give_register_page(
    kiosk: CallingKiosk,
    context: AppContext,
    cursor: Annotated[str, Query(max_length=_LONGEST_CURSOR)] = "",
    limit: Annotated[int, Query(ge=20, le=MOST_ENTRIES)] = 200,
) -> RegisterPage:
    """What changed in the register of the kiosk's service area, each record for its own card alone."""
    wanted = Wanted(cursor, limit, _DERIVING_S)
    try:
        page = make_page(context.database, kiosk, wanted, context.hardness, context.now)
    except NoRegisterKeyError:
        raise ProblemError(status.HTTP_409_CONFLICT, ProblemCode.ENROL_ANEW) from None
    if not page.complete:
        context.ahead.follow(kiosk)
    return page


def add_register_routes(app: FastAPI) -> None:
    """The route by which kiosks follow the register."""
    problems: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    app.add_api_route("/v1/register", give_register_page, methods=["GET"], responses=problems)
