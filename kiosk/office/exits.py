"""What the office's programs end with."""

from __future__ import annotations

EXIT_RIGHT = 0
EXIT_WRONG = 1  # what was looked at is wrong, or what was asked for could not be done
EXIT_USAGE = 2  # the question itself was not understood
