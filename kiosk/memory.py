"""How the C library keeps memory that Python has given back."""

from __future__ import annotations

import ctypes

_M_MMAP_THRESHOLD = -3  # malloc.h


def return_freed_blocks(from_bytes: int) -> None:
    """Give freed blocks of so many bytes or more back to the system at once.

    glibc otherwise learns to keep blocks of up to 32 MB. Other C libraries are left as they are.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, from_bytes)
