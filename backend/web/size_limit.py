from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import status

from backend.web.problems import ProblemCode, ProblemError, problem_reply

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class SizeLimit:
    """Refuses request bodies above `limit_bytes`, announced or not, before they fill the memory."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _announced_bytes(scope) > self._limit_bytes:
            await _too_large(scope, receive, send)
        else:
            await self._app(scope, self._counting(receive), send)

    def _counting(self, receive: Receive) -> Receive:
        received_bytes = 0

        async def count() -> Message:
            nonlocal received_bytes
            message = await receive()
            received_bytes += len(message.get("body", b""))
            if received_bytes > self._limit_bytes:
                raise ProblemError(status.HTTP_413_CONTENT_TOO_LARGE, ProblemCode.TOO_LARGE)
            return message

        return count


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    reply = problem_reply(
        status.HTTP_413_CONTENT_TOO_LARGE, ProblemCode.TOO_LARGE, headers={"Connection": "close"}
    )
    await reply(scope, receive, send)


def _announced_bytes(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
