"""The lines of upsd's protocol (Network UPS Tools, 1.3): words, some of them quoted. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_LINE = 1024
MOST_VARIABLES = 512
_ESCAPE, _QUOTE = "\\", '"'


class UpsdError(StrEnum):
    """What upsd may say instead of an answer, as far as it matters here."""

    UNKNOWN_UPS = "UNKNOWN-UPS"
    DATA_STALE = "DATA-STALE"
    DRIVER_NOT_CONNECTED = "DRIVER-NOT-CONNECTED"
    ACCESS_DENIED = "ACCESS-DENIED"


class NotUpsdError(Exception):
    """What came is not this protocol; the text quotes nothing of it."""


class RefusedError(Exception):
    """upsd said ERR; the text is its word for it."""


def list_variables(name: str) -> bytes:
    """The request for all variables of a UPS."""
    return f"LIST VAR {name}\n".encode("ascii")


def words_of(line: bytes) -> tuple[str, ...]:
    """The words of one line; quotes hold blanks, a backslash takes the next character as it is."""
    text = line.decode("utf-8", errors="replace")
    words: list[str] = []
    word: list[str] | None = None
    is_quoted = is_escaped = False
    for sign in text:
        if is_escaped:
            word, is_escaped = [*(word or ()), sign], False
        elif sign == _ESCAPE:
            word, is_escaped = word or [], True
        elif sign == _QUOTE:
            word, is_quoted = word or [], not is_quoted
        elif sign.isspace() and not is_quoted:
            if word is not None:
                words.append("".join(word))
            word = None
        else:
            word = word if word is not None else []
            word.append(sign)
    if is_quoted or is_escaped:
        raise NotUpsdError("a quote that does not end")
    if word is not None:
        words.append("".join(word))
    return tuple(words)


@dataclass(slots=True)
class VariableList:
    """Takes an answer to LIST VAR line by line. Raises NotUpsdError or RefusedError."""

    name: str
    variables: dict[str, str] = field(default_factory=dict)
    is_whole: bool = False
    _has_begun: bool = False
    _rows: int = 0
    _buffer: bytearray = field(default_factory=bytearray)

    def feed(self, chunk: bytes) -> bool:
        """Take what came in; True once the list is whole."""
        self._buffer += chunk
        while not self.is_whole and (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 1]
            self._take(words_of(line))
        if len(self._buffer) > LONGEST_LINE:
            raise NotUpsdError("a line without an end")
        return self.is_whole

    def _take(self, words: tuple[str, ...]) -> None:
        match words:
            case ("ERR", reason, *_):
                raise RefusedError(reason)
            case ("BEGIN", "LIST", "VAR", name) if name == self.name and not self._has_begun:
                self._has_begun = True
            case ("VAR", name, variable, value) if name == self.name and self._has_begun:
                self._rows += 1
                if self._rows > MOST_VARIABLES:
                    raise NotUpsdError("a list without an end")
                self.variables[variable] = value
            case ("END", "LIST", "VAR", name) if name == self.name and self._has_begun:
                self.is_whole = True
            case _:
                raise NotUpsdError("a line that is no answer to LIST VAR")
