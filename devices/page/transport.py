"""One HTTP connection to a printer: request bytes out, whole response bytes in, each with a deadline."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import requests
from urllib3 import Timeout
from urllib3.exceptions import HTTPError, NewConnectionError

from devices.page.address import http_url
from devices.page.clocked_http import ClockedAdapter
from devices.page.errors import HungUpError, IppError, LinkLostError, NeverConnectedError, NotIppError
from devices.trace.recorder import Silence

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.page.deadline import Deadline
    from devices.trace.recorder import Tap

_CHUNK_BYTES = 65_536
_MAX_RESPONSE_BYTES = 4 * 1024 * 1024
_HEADERS = {
    "Content-Type": "application/ipp",
    "Accept": "application/ipp",
    "Accept-Encoding": "identity",  # the length that is checked is the length on the wire
}
# requests refuses 0 as a timeout.
_SHORTEST_S = 0.001


class Link:
    """Keeps one connection alive between exchanges and opens it anew when it is gone."""

    def __init__(self, address: str, tap: Tap | None = None) -> None:
        """AddressError if `address` is not ipp://HOST[:PORT]/PATH. `tap` is told of whole messages."""
        self._url = http_url(address)
        self._tap = tap or Silence()
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the environment has no business with a printer
        self._session.headers.update(_HEADERS)
        self._session.mount("http://", ClockedAdapter())

    def post(self, body: bytes, connect: timedelta, deadline: Deadline) -> bytes:
        """The body of the response; NeverConnectedError, LinkLostError or NotIppError (an HTTP error)."""
        self._tap.sent(body)
        try:
            answer = self._post(body, connect, deadline)
        except IppError:
            self._tap.gone()
            raise
        self._tap.came(answer)
        return answer

    def _post(self, body: bytes, connect: timedelta, deadline: Deadline) -> bytes:
        # urllib3 lets `connect` rule the sending of the body as well; `total` rules the answer, headers too.
        timeout = Timeout(total=_seconds(deadline), connect=connect.total_seconds())
        try:
            with self._session.post(
                self._url,
                data=body,
                timeout=timeout,  # type: ignore[arg-type]  # the stubs miss what requests takes
                stream=True,
                allow_redirects=False,
            ) as response:
                return _read_whole(response)
        except requests.ConnectTimeout as failure:
            raise NeverConnectedError(_brief(failure)) from failure
        except requests.ConnectionError as failure:
            raise _broken(failure) from failure
        except (requests.RequestException, HTTPError, OSError) as failure:
            raise LinkLostError(_brief(failure)) from failure
        except ValueError as failure:  # requests parses the target of a redirect that nobody follows
            raise NotIppError(_brief(failure)) from failure

    def close(self) -> None:
        """Let go of the connection; the next exchange opens a new one."""
        self._session.close()


def _read_whole(response: requests.Response) -> bytes:
    """The body, complete: urllib3 2 raises where less than Content-Length comes (urllib3 1 did not)."""
    if response.status_code != HTTPStatus.OK:
        raise NotIppError(f"HTTP {response.status_code}")
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK_BYTES):
        body += chunk
        if len(body) > _MAX_RESPONSE_BYTES:
            raise NotIppError(f"a response of more than {_MAX_RESPONSE_BYTES} bytes")
    return bytes(body)


def _broken(failure: requests.ConnectionError) -> LinkLostError:
    cause = getattr(failure.args[0], "reason", None) if failure.args else None
    if isinstance(cause, NewConnectionError):
        return NeverConnectedError(_brief(cause))
    return HungUpError(_brief(failure))


def _brief(failure: Exception) -> str:
    return type(failure).__name__


def _seconds(deadline: Deadline) -> float:
    return max(_SHORTEST_S, deadline.left_s())
