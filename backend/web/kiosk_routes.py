# No lazy annotations here: FastAPI reads them when it builds the routes.
from typing import Annotated, Any, assert_never

from fastapi import Depends, FastAPI, Path, Query, Request, Response, status
from pydantic import AfterValidator

from backend.db.content import find_picture, list_links, list_notices, list_organisations
from backend.db.households import find_household, note_lookup
from backend.db.number_blocks import OtherRequest, SerialsUsedUp, reserve_block
from backend.db.papers import LONGEST_CURSOR, BadCursorError, list_papers
from backend.db.pickups import waiting_pickups
from backend.db.records import store_items
from backend.web.credential import AppContext, CallingKiosk
from backend.web.delivery import read_batch, sign_receipt
from backend.web.fit_text import require_fit
from backend.web.problems import ProblemCode, ProblemError
from backend_client.contract import (
    KnownPapers,
    Links,
    LookupReply,
    LookupRequest,
    Notices,
    NumberBlock,
    NumberBlockRequest,
    Organisations,
    Problem,
    Receipt,
)

# The route reads items one by one, so the document has to be told what they are; see app.py.
_BATCH_SCHEMA = {"$ref": "#/components/schemas/RecordBatch"}
_BATCH_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": _BATCH_SCHEMA}}}}


PictureName = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_PNG = b"\x89PNG"
PapersCursor = Annotated[str, Query(max_length=LONGEST_CURSOR)]


async def _raw_body(request: Request) -> bytes:
    return await request.body()


def look_up(
    request: Annotated[LookupRequest, AfterValidator(require_fit)], kiosk: CallingKiosk, context: AppContext
) -> LookupReply:
    """The household of one person by keyed citizen number, and what waits for that person.

    Leaves a line in the access log.
    """
    moment = context.now()
    household, pickups = context.database.read(
        lambda connection: (
            find_household(connection, kiosk.county, request.citizen_key, moment),
            waiting_pickups(connection, kiosk.county, request.citizen_key),
        )
    )
    household_id = household.household_id if household else None
    context.database.write(lambda connection: note_lookup(connection, kiosk, household_id, moment))
    return LookupReply(
        request_id=request.request_id,
        kiosk=kiosk.id,
        citizen_key=request.citizen_key,
        household=household,
        pickups=pickups,
    )


def reserve_numbers(
    request: Annotated[NumberBlockRequest, AfterValidator(require_fit)],
    kiosk: CallingKiosk,
    context: AppContext,
) -> NumberBlock:
    """A block of certificate numbers; the same request id gives the same block again."""
    moment = context.now()
    outcome = context.database.write(lambda connection: reserve_block(connection, kiosk, request, moment))
    match outcome:
        case NumberBlock():
            return outcome
        case OtherRequest():
            raise ProblemError(status.HTTP_409_CONFLICT, ProblemCode.OTHER_REQUEST)
        case SerialsUsedUp():
            raise ProblemError(status.HTTP_409_CONFLICT, ProblemCode.SERIALS_USED_UP)
        case _:
            assert_never(outcome)


def take_records(
    body: Annotated[bytes, Depends(_raw_body)], kiosk: CallingKiosk, context: AppContext
) -> Receipt:
    """Take records, each with a verdict of its own; what is STORED is durable before the receipt is sent."""
    batch = read_batch(body)
    moment = context.now()
    verdicts = context.database.write(lambda connection: store_items(connection, kiosk, batch.items, moment))
    receipt = Receipt(
        batch_id=batch.batch_id,
        kiosk=kiosk.id,
        items=batch.merge(verdicts),
        received_at=moment,
        signature="",
    )
    return sign_receipt(receipt, context.signing_key)


def give_papers(kiosk: CallingKiosk, context: AppContext, after: PapersCursor = "") -> KnownPapers:
    """What the platform knows of this kiosk's numbers after the cursor; "" = from the beginning."""
    try:
        return context.database.read(lambda connection: list_papers(connection, kiosk, after))
    except BadCursorError:
        raise ProblemError(status.HTTP_422_UNPROCESSABLE_CONTENT, ProblemCode.MALFORMED) from None


def give_notices(kiosk: CallingKiosk, context: AppContext) -> Notices:
    """Notices of the kiosk's county, newest first."""
    return context.database.read(lambda connection: list_notices(connection, kiosk.county, context.now()))


def give_organisations(kiosk: CallingKiosk, context: AppContext) -> Organisations:
    """The organisations of the kiosk's county, parents before children."""
    return context.database.read(
        lambda connection: list_organisations(connection, kiosk.county, context.now())
    )


def give_links(kiosk: CallingKiosk, context: AppContext) -> Links:
    """What the kiosk's county offers for people's own telephones."""
    return context.database.read(lambda connection: list_links(connection, kiosk.county, context.now()))


def give_picture(kiosk: CallingKiosk, context: AppContext, name: PictureName) -> Response:
    """A picture by the SHA-256 of its bytes; what was kept once is never stale."""
    content = context.database.read(lambda connection: find_picture(connection, kiosk.county, name))
    if content is None:
        raise ProblemError(status.HTTP_404_NOT_FOUND, ProblemCode.NOT_FOUND)
    kind = "image/png" if content.startswith(_PNG) else "image/jpeg"
    return Response(
        content, media_type=kind, headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )


def add_kiosk_routes(app: FastAPI) -> None:
    """The routes for kiosks; each asks for the kiosk's credential."""
    problems: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    app.add_api_route("/v1/households/lookup", look_up, methods=["POST"], responses=problems)
    app.add_api_route("/v1/number-blocks", reserve_numbers, methods=["POST"], responses=problems)
    app.add_api_route(
        "/v1/records", take_records, methods=["POST"], responses=problems, openapi_extra=_BATCH_BODY
    )
    app.add_api_route("/v1/papers", give_papers, methods=["GET"], responses=problems)
    app.add_api_route("/v1/notices", give_notices, methods=["GET"], responses=problems)
    app.add_api_route("/v1/organisations", give_organisations, methods=["GET"], responses=problems)
    app.add_api_route("/v1/links", give_links, methods=["GET"], responses=problems)
    pictures = {**problems, 200: {"content": {"image/png": {}, "image/jpeg": {}}}}
    app.add_api_route(
        "/v1/pictures/{name}",
        give_picture,
        methods=["GET"],
        responses=pictures,
        response_class=Response,
    )
