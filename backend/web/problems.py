"""Error replies: a stable code and one sentence, never what the caller had sent."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fastapi import status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from backend_client.contract import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI, Request

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SHOWN_ERRORS = 5


class ProblemCode(StrEnum):
    """Stable codes of the platform's error replies."""

    NOT_FOUND = "PLT-01"
    METHOD = "PLT-02"
    CREDENTIAL = "PLT-03"  # missing, unknown or revoked
    MALFORMED = "PLT-04"  # not JSON, or not the contract
    TOO_LARGE = "PLT-05"
    TOO_MANY = "PLT-06"  # try again later
    OTHER_REQUEST = "PLT-07"  # the request id was used for another request
    SERIALS_USED_UP = "PLT-08"
    INTERNAL = "PLT-09"
    REQUEST = "PLT-10"  # any other request that cannot be answered
    ENROL_ANEW = "PLT-11"  # the kiosk lacks a key that newer enrolments give


_TITLES = {
    ProblemCode.NOT_FOUND: "there is nothing at this address",
    ProblemCode.METHOD: "this address does not take this method",
    ProblemCode.CREDENTIAL: "the platform does not accept this credential",
    ProblemCode.MALFORMED: "the request does not keep the contract",
    ProblemCode.TOO_LARGE: "the request is too large",
    ProblemCode.TOO_MANY: "too many requests, please try again in a minute",
    ProblemCode.OTHER_REQUEST: "this request id was used for another request",
    ProblemCode.SERIALS_USED_UP: "no certificate numbers of this kind are left this year",
    ProblemCode.INTERNAL: "the platform failed; the request may be sent again",
    ProblemCode.REQUEST: "the request cannot be answered",
    ProblemCode.ENROL_ANEW: "this kiosk has no key for a register; it must be enrolled anew",
}
_STATUS_CODES = {
    status.HTTP_400_BAD_REQUEST: ProblemCode.MALFORMED,
    status.HTTP_404_NOT_FOUND: ProblemCode.NOT_FOUND,
    status.HTTP_405_METHOD_NOT_ALLOWED: ProblemCode.METHOD,
    status.HTTP_413_CONTENT_TOO_LARGE: ProblemCode.TOO_LARGE,
}


class ProblemError(HTTPException):
    """Ends a request with an error reply."""

    def __init__(self, status_code: int, code: ProblemCode, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code, headers=headers)
        self.code = code


def add_problem_replies(app: FastAPI) -> None:
    """Every error of `app` becomes a Problem."""
    app.add_exception_handler(HTTPException, _reply_to_http_error)
    app.add_exception_handler(RequestValidationError, _reply_to_malformed)
    app.add_exception_handler(Exception, _reply_to_bug)


def problem_reply(status_code: int, code: ProblemCode, detail: str = "", headers: Any = None) -> JSONResponse:
    """The reply for one problem."""
    problem = Problem(code=code, title=_TITLES[code], detail=detail)
    return JSONResponse(problem.model_dump(), status_code, headers, "application/problem+json")


def describe_errors(errors: Iterable[Any]) -> str:
    """Where and how a message breaks the contract, without a word of its content."""
    return "; ".join(_describe(error) for error in list(errors)[:_SHOWN_ERRORS])


def _describe(error: Any) -> str:
    kind = str(error["type"])
    if kind == "extra_forbidden":
        return kind  # the name of a field that we do not know is content
    path = ".".join(part for part in map(str, error["loc"]) if part.isdigit() or _FIELD.fullmatch(part))
    return f"{path}: {kind}"


def _reply_to_http_error(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, ProblemError):
        return problem_reply(error.status_code, error.code, headers=error.headers)
    if not isinstance(error, HTTPException):
        raise TypeError("registered for HTTPException only")
    code = _STATUS_CODES.get(error.status_code, ProblemCode.REQUEST)
    return problem_reply(error.status_code, code, headers=error.headers)


def _reply_to_malformed(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise TypeError("registered for RequestValidationError only")
    detail = describe_errors(error.errors())
    return problem_reply(status.HTTP_422_UNPROCESSABLE_CONTENT, ProblemCode.MALFORMED, detail)


def _reply_to_bug(_request: Request, _error: Exception) -> JSONResponse:
    # The server logs the traceback; a 500 tells the caller only to try again.
    return problem_reply(status.HTTP_500_INTERNAL_SERVER_ERROR, ProblemCode.INTERNAL)
