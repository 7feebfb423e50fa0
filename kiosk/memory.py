"""How memory is looked after: by the C library, which keeps what Python gives back, and by Python itself."""

from __future__ import annotations

import contextlib
import ctypes
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_M_MMAP_THRESHOLD = -3  # malloc.h


def return_freed_blocks(from_bytes: int) -> None:
    """Give freed blocks of so many bytes or more back to the system at once.

    glibc otherwise learns to keep blocks of up to 32 MB. Other C libraries are left as they are.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, from_bytes)


@contextlib.contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: what a program loads at its start is there to stay.

    It would look dozens of times, which takes a tenth of the start of the core.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
