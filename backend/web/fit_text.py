from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from backend_client.contract import Wire

    Message = TypeVar("Message", bound=Wire)

_LONGEST_TEXT = 64  # ids, codes, keys and hashes; kiosks send no prose
_LARGEST_NUMBER = (
    2**53
)  # what every reader of JSON keeps exactly; milliseconds since boot need more than 31 bits
_YEARS = range(2, 9999)  # a wrong clock is no reason to refuse; a date that no zone can express is


def is_fit(content: Any, longest: int = _LONGEST_TEXT) -> bool:
    """False where any part of a message holds a NUL, or is larger than databases take.

    `longest` is how many characters a text may have.
    """
    match content:
        case dict():
            return all(is_fit(part, longest) for part in content.values())
        case list() | tuple():
            return all(is_fit(part, longest) for part in content)
        case str():
            return len(content) <= longest and "\x00" not in content
        case datetime():
            return content.tzinfo is not None and content.year in _YEARS
        case int():
            return abs(content) <= _LARGEST_NUMBER
        case _:
            return True


def require_fit(message: Message) -> Message:
    """The message as it is. ValueError where it is unfit."""
    if not is_fit(message.model_dump()):
        raise ValueError("unfit text or number")
    return message
