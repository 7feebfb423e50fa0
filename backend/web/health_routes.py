# No lazy annotations here: FastAPI reads them when it builds the routes.
import ipaddress
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response, status
from pydantic import AfterValidator

from backend.db.health import list_states, take_beat
from backend.web.credential import AppContext, CallingKiosk
from backend.web.figures import CONTENT_TYPE, exposition
from backend.web.fit_text import require_fit
from backend.web.problems import ProblemCode, ProblemError
from backend_client.contract import MOST_HEARTBEAT_BYTES, Heartbeat, HeartbeatReply, Problem


def take_heartbeat(
    beat: Annotated[Heartbeat, AfterValidator(require_fit)],
    request: Request,
    kiosk: CallingKiosk,
    context: AppContext,
) -> HeartbeatReply:
    """Note how this kiosk is, and say when to come again."""
    if int(request.headers.get("content-length", 0)) > MOST_HEARTBEAT_BYTES:
        raise ProblemError(status.HTTP_413_CONTENT_TOO_LARGE, ProblemCode.TOO_LARGE)
    moment = context.now()
    next_s = context.database.write(lambda connection: take_beat(connection, kiosk, beat, moment))
    return HeartbeatReply(next_s=next_s)


def give_figures(request: Request, context: AppContext) -> Response:
    """How many kiosks are how, in Prometheus form; for this machine only."""
    caller = request.client.host if request.client else ""
    if not _is_loopback(caller):
        raise ProblemError(status.HTTP_404_NOT_FOUND, ProblemCode.NOT_FOUND)
    moment = context.now()
    states = context.database.read(lambda connection: list_states(connection, moment))
    return Response(exposition(states, moment), media_type=CONTENT_TYPE)


def add_health_routes(app: FastAPI) -> None:
    """The route of heartbeats, and the figures of the whole fleet."""
    problems: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    app.add_api_route("/v1/heartbeat", take_heartbeat, methods=["POST"], responses=problems)
    app.add_api_route("/metrics", give_figures, methods=["GET"], responses=problems, include_in_schema=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
