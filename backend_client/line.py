"""One exchange with the platform: whole answer or a fault, within the deadline whatever the line does."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING

import requests
from pydantic import ValidationError
from urllib3 import Timeout
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from backend_client.clocked_http import ClockedAdapter
from backend_client.contract import PlatformCode, PlatformFault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

LARGEST_REPLY_BYTES = 4 * 1024 * 1024
_LARGEST_PROBLEM_BYTES = 4096
_LENGTH = re.compile(r"[0-9]{1,10}")  # more digits are no length, and int() refuses very many
_SLACK_S = 0.05  # lets an exchange that notices its deadline itself say what was wrong
_LONGEST_CODE = 16
_OK = 200
_CLIENT_ERRORS, _SERVER_ERRORS = 400, 500
_CREDENTIAL_REFUSED = (401, 403)


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `body` is JSON, None where there is none. An answer longer than `largest` is not read."""

    method: str
    path: str
    body: bytes | None = field(default=None, repr=False)
    largest: int = LARGEST_REPLY_BYTES


class _BrokenLineError(Exception):
    """The connection ended before the answer was whole."""


@dataclass(slots=True)
class _Lane:
    """The connection of one thread."""

    session: requests.Session
    is_used: bool = False


class Line:
    """The way to one platform. Each calling thread has a connection of its own, so none waits for another."""

    def __init__(
        self, url: str, credential: str, on_server_time: Callable[[datetime], None] | None = None
    ) -> None:
        """`on_server_time` is told what time it is at the platform, with each whole answer."""
        self._url = url.rstrip("/")
        self._on_server_time = on_server_time
        self._headers = {
            "Authorization": f"Bearer {credential}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # Content-Length then counts the bytes that we parse
            "Content-Type": "application/json",
            "User-Agent": "community-kiosk",
        }
        self._lanes = threading.local()

    def exchange(self, call: Call, deadline: timedelta) -> bytes | PlatformFault:
        """The body of a whole 200 reply, or what was wrong."""
        until = time.monotonic() + deadline.total_seconds()
        lane = self._lane()
        answer: Future[bytes | PlatformFault] = Future()
        # In a thread of its own, because looking up a host name has no time-out at all.
        threading.Thread(target=self._run, args=(answer, lane, call, until), daemon=True).start()
        try:
            return answer.result(max(0.0, until - time.monotonic()) + _SLACK_S)
        except TimeoutError:
            self._lanes.lane = None  # the abandoned exchange keeps its connection to itself
            return PlatformFault(PlatformCode.TOO_SLOW, "abandoned")

    def hang_up(self) -> None:
        """Drop this thread's connection: what came was no answer to the question, and another may follow."""
        lane: _Lane | None = getattr(self._lanes, "lane", None)
        self._lanes.lane = None
        if lane:
            lane.session.close()

    def _lane(self) -> _Lane:
        lane: _Lane | None = getattr(self._lanes, "lane", None)
        if lane is None:
            lane = self._lanes.lane = _Lane(self._open_session())
        return lane

    def _open_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no proxy and no password from the environment
        # What a stranger on the line once set would spoil every later request to the platform.
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers.update(self._headers)
        for scheme in ("http://", "https://"):
            session.mount(scheme, ClockedAdapter())
        return session

    def _run(self, answer: Future[bytes | PlatformFault], lane: _Lane, call: Call, until: float) -> None:
        try:
            answer.set_result(self._converse(lane, call, until))
        except Exception as bug:  # noqa: BLE001  # top of a thread: the caller raises it
            answer.set_exception(bug)

    def _converse(self, lane: _Lane, call: Call, until: float) -> bytes | PlatformFault:
        try:
            return self._try(lane, call, until)
        except _BrokenLineError:
            if not lane.is_used:
                return PlatformFault(PlatformCode.HALF_REPLY, "no whole answer")
        # The platform may have closed a connection that was kept; every request may be sent twice.
        lane.session.close()
        lane.session, lane.is_used = self._open_session(), False
        try:
            return self._try(lane, call, until)
        except _BrokenLineError:
            return PlatformFault(PlatformCode.HALF_REPLY, "no whole answer")

    def _try(self, lane: _Lane, call: Call, until: float) -> bytes | PlatformFault:
        left = until - time.monotonic()
        if left <= 0:
            return PlatformFault(PlatformCode.TOO_SLOW)
        try:
            with lane.session.request(
                call.method,
                self._url + call.path,
                data=call.body,
                timeout=Timeout(total=left),  # type: ignore[arg-type]  # the stubs miss what requests takes
                allow_redirects=False,
                stream=True,
            ) as response:
                outcome = _read(response, call.largest)
                lane.is_used = True
                if self._on_server_time and isinstance(outcome, bytes):
                    _tell_time(response, self._on_server_time)
                return outcome
        except (requests.RequestException, HTTPError) as error:
            return _fault(error)
        except ValueError as error:  # requests parses the target of a redirect that nobody follows
            return PlatformFault(PlatformCode.NOT_THE_CONTRACT, type(error).__name__)


def _tell_time(response: requests.Response, tell: Callable[[datetime], None]) -> None:
    try:
        moment = parsedate_to_datetime(response.headers.get("Date", ""))
    except (ValueError, OverflowError):  # the latter where an hour or a zone has very many digits
        return  # a platform, or something before it, that does not say the time
    if moment.tzinfo is not None:
        tell(moment)


def _read(response: requests.Response, largest: int) -> bytes | PlatformFault:
    if response.status_code != _OK:
        return _refusal(response)
    announced = _announced_bytes(response)
    if announced is None:
        # A reply that was cut inside its headers looks like this, too.
        return PlatformFault(PlatformCode.HALF_REPLY, "no length")
    if announced > largest:
        return PlatformFault(PlatformCode.NOT_THE_CONTRACT, "too large")
    body: bytes = response.raw.read(decode_content=False)
    return body if len(body) == announced else PlatformFault(PlatformCode.HALF_REPLY, "cut off")


def _announced_bytes(response: requests.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text) if _LENGTH.fullmatch(text) else None


def _refusal(response: requests.Response) -> PlatformFault:
    status = response.status_code
    if status >= _SERVER_ERRORS:
        code = PlatformCode.SERVER_ERROR
    elif status in _CREDENTIAL_REFUSED:
        code = PlatformCode.CREDENTIAL
    elif status >= _CLIENT_ERRORS:
        code = PlatformCode.REFUSED
    else:
        code = PlatformCode.NOT_THE_CONTRACT
    return PlatformFault(code, f"{status} {_problem_code(response)}".strip())


def _problem_code(response: requests.Response) -> str:
    """The stable code of an error reply, "" where it has none; nothing else of it is repeated."""
    if not 0 < (_announced_bytes(response) or 0) <= _LARGEST_PROBLEM_BYTES:
        return ""
    try:
        code = Problem.model_validate_json(response.raw.read(decode_content=False)).code
    except (ValidationError, HTTPError):
        return ""
    is_code = len(code) <= _LONGEST_CODE and code.isascii() and code.isprintable()
    return code if is_code else ""


def _fault(error: requests.RequestException | HTTPError) -> PlatformFault:
    """What a failed exchange means. Raises _BrokenLineError where a connection ended too early."""
    detail = type(error).__name__
    match error:
        case requests.ConnectTimeout():
            return PlatformFault(PlatformCode.UNREACHABLE, detail)
        case requests.ReadTimeout() | ReadTimeoutError():
            return PlatformFault(PlatformCode.TOO_SLOW, detail)
        case ProtocolError():
            raise _BrokenLineError from error
        case requests.ConnectionError(args=(ProtocolError(), *_)):
            raise _BrokenLineError from error
        case _:
            return PlatformFault(PlatformCode.UNREACHABLE, detail)
