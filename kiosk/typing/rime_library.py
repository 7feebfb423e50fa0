"""The parts of librime's C interface that are used here (rime_api.h of 1.8), as ctypes sees them."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from typing import Any, ClassVar

LIBRARY = "librime.so.1"
_FATAL_ONLY = 3  # of glog's levels
KEY_DOWN = 0xFF54  # X11 keysym: the next candidate


class Traits(Structure):
    """Where the library finds its data, and where it may write."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", POINTER(c_char_p)),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    ]


class Composition(Structure):
    """What was typed, cut into syllables; the marked part is what the highlighted candidate stands for."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("length", c_int),
        ("cursor_pos", c_int),
        ("sel_start", c_int),
        ("sel_end", c_int),
        ("preedit", c_char_p),
    ]


class CandidateEntry(Structure):
    """One candidate."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("text", c_char_p),
        ("comment", c_char_p),
        ("reserved", c_void_p),
    ]


class Menu(Structure):
    """The page of candidates that is open."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("page_size", c_int),
        ("page_no", c_int),
        ("is_last_page", c_int),
        ("highlighted", c_int),
        ("num_candidates", c_int),
        ("candidates", POINTER(CandidateEntry)),
        ("select_keys", c_char_p),
    ]


class Context(Structure):
    """Everything of a session."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [
        ("data_size", c_int),
        ("composition", Composition),
        ("menu", Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", POINTER(c_char_p)),
    ]


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "RimeSetup": (None, [c_void_p]),
    "RimeInitialize": (None, [c_void_p]),
    "RimeFinalize": (None, []),
    "RimeCreateSession": (c_size_t, []),
    "RimeDestroySession": (c_int, [c_size_t]),
    "RimeSelectSchema": (c_int, [c_size_t, c_char_p]),
    "RimeProcessKey": (c_int, [c_size_t, c_int, c_int]),
    "RimeClearComposition": (None, [c_size_t]),
    "RimeGetContext": (c_int, [c_size_t, c_void_p]),
    "RimeFreeContext": (c_int, [c_void_p]),
}


@cache
def load_rime() -> ctypes.CDLL:
    """The library, silent. Raises OSError where there is none, AttributeError where it is another one."""
    library = ctypes.CDLL(LIBRARY)
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    # Once in the life of a process, for its logging ends the process at the second time; and silent, for
    # else it writes what it does into files of its own.
    silent = Traits(
        data_size=own_size(Traits), app_name=b"rime.community-kiosk", min_log_level=_FATAL_ONLY, log_dir=b""
    )
    library.RimeSetup(ctypes.byref(silent))
    return library


def own_size(kind: type[Structure]) -> int:
    """What `data_size` of such a structure says: its size without that field."""
    return ctypes.sizeof(kind) - ctypes.sizeof(c_int)
