# No lazy annotations here: FastAPI reads them when it builds the routes.
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse

from backend import VERSION
from backend.db.database import check_readable
from backend.db.verification import verify
from backend.web.credential import AppContext
from backend_client.contract import Health, Problem, Verification

if TYPE_CHECKING:
    from backend.web.rate_limit import RateLimit
    from backend.web.verification_page import VerificationPage

_LONGEST = 40  # characters of a number or a code that are worth looking at
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",  # the address holds the check code
    "X-Content-Type-Options": "nosniff",
}

_PRINTABLE = r"^[^\x00-\x1f]*$"

Number = Annotated[str, Path(max_length=_LONGEST, pattern=_PRINTABLE)]
Code = Annotated[str, Query(max_length=_LONGEST, pattern=_PRINTABLE)]
PageCode = Annotated[str, Query(alias="c", max_length=_LONGEST, pattern=_PRINTABLE)]


def limit_rate(request: Request) -> None:
    """Keep one address from trying out check codes."""
    limit: RateLimit = request.app.state.rate_limit
    limit.check(request.client.host if request.client else "")


def give_health(context: AppContext) -> Health:
    """The platform answers and can read its database."""
    context.database.read(check_readable)
    return Health(version=VERSION)


def give_verification(number: Number, context: AppContext, code: Code = "") -> Verification:
    """What is known about a paper, for anyone who holds it."""
    moment = context.now()
    return context.database.read(lambda connection: verify(connection, number, code, moment))


def show_verification(
    request: Request,
    number: Number,
    context: AppContext,
    code: PageCode = "",
) -> HTMLResponse:
    """The same as a page, for a telephone that read the QR code."""
    page: VerificationPage = request.app.state.verification_page
    if not code.strip():
        return HTMLResponse(page.ask_for_code(number), headers=_HEADERS)
    moment = context.now()
    verification = context.database.read(lambda connection: verify(connection, number, code, moment))
    return HTMLResponse(page.show(verification), headers=_HEADERS)


def add_public_routes(app: FastAPI) -> None:
    """The routes for everyone."""
    problems: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    limited = [Depends(limit_rate)]
    app.add_api_route("/healthz", give_health, methods=["GET"], responses=problems)
    app.add_api_route(
        "/v1/verify/{number}", give_verification, methods=["GET"], responses=problems, dependencies=limited
    )
    app.add_api_route(
        "/v/{number}",
        show_verification,
        methods=["GET"],
        responses=problems,
        dependencies=limited,
        response_class=HTMLResponse,
    )
