from __future__ import annotations

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError

from kiosk.domain.codes import StoreCode

_PRIMARY = 0xFF  # the lower byte of an extended result code names the fault
_BY_RESULT: Final = {
    sqlite3.SQLITE_FULL: StoreCode.DISK_FULL,
    sqlite3.SQLITE_IOERR: StoreCode.IO_ERROR,
    sqlite3.SQLITE_CANTOPEN: StoreCode.IO_ERROR,
    sqlite3.SQLITE_READONLY: StoreCode.IO_ERROR,
    sqlite3.SQLITE_PERM: StoreCode.IO_ERROR,
    sqlite3.SQLITE_BUSY: StoreCode.IO_ERROR,  # another program holds the file
    sqlite3.SQLITE_LOCKED: StoreCode.IO_ERROR,
    sqlite3.SQLITE_PROTOCOL: StoreCode.IO_ERROR,
    sqlite3.SQLITE_CORRUPT: StoreCode.DAMAGED,
    sqlite3.SQLITE_NOTADB: StoreCode.DAMAGED,
    sqlite3.SQLITE_FORMAT: StoreCode.DAMAGED,
}


def store_code(error: Exception) -> StoreCode | None:
    """The stable code of a fault of disk or file; None = not the world's fault but a bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        full = cause.errno in {errno.ENOSPC, errno.EDQUOT}
        return StoreCode.DISK_FULL if full else StoreCode.IO_ERROR
    result = getattr(cause, "sqlite_errorcode", None)
    return None if result is None else _BY_RESULT.get(result & _PRIMARY)
