"""The two structures of SQLite's file layer, as in sqlite3.h (https://sqlite.org/c3ref/vfs.html)."""

from __future__ import annotations

import ctypes as c

OK = 0
IOERR_WRITE = 10 | 3 << 8
IOERR_FSYNC = 10 | 4 << 8
IOERR_TRUNCATE = 10 | 6 << 8
FULL = 13

Pointer = c.c_void_p
Open = c.CFUNCTYPE(c.c_int, Pointer, Pointer, Pointer, c.c_int, Pointer)
Delete = c.CFUNCTYPE(c.c_int, Pointer, c.c_char_p, c.c_int)
Write = c.CFUNCTYPE(c.c_int, Pointer, Pointer, c.c_int, c.c_int64)
Truncate = c.CFUNCTYPE(c.c_int, Pointer, c.c_int64)
Sync = c.CFUNCTYPE(c.c_int, Pointer, c.c_int)
Close = c.CFUNCTYPE(c.c_int, Pointer)


class Methods(c.Structure):
    """sqlite3_io_methods up to version 3."""

    _fields_ = (
        ("version", c.c_int),
        ("close", Pointer),
        ("read", Pointer),
        ("write", Pointer),
        ("truncate", Pointer),
        ("sync", Pointer),
        *((f"rest_{number}", Pointer) for number in range(13)),
    )


class Vfs(c.Structure):
    """sqlite3_vfs up to version 3."""

    _fields_ = (
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("longest_path", c.c_int),
        ("next", Pointer),
        ("name", c.c_char_p),
        ("data", Pointer),
        ("open", Pointer),
        ("delete", Pointer),
        *((f"rest_{number}", Pointer) for number in range(14)),
    )


class File(c.Structure):
    """sqlite3_file: what is behind `methods` belongs to the layer below."""

    _fields_ = (("methods", c.POINTER(Methods)),)
