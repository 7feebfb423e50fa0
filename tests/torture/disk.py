"""A disk under the real store that remembers every write and every sync, and that can fail.

SQLite asks its file layer (VFS) for everything. `Disk` stands in that layer, in the very libsqlite3 that
Python's sqlite3 uses: it hands all calls on to the usual layer and keeps a log of what changed. From the log
`tests.torture.power_cut` makes the files as a power cut would have left them. The product knows none of it.
"""

from __future__ import annotations

import ctypes as c
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.torture import sqlite_types as t

if TYPE_CHECKING:
    from collections.abc import Callable

_NAME = b"community-kiosk-torture"
_LEFT: list[Disk] = []


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes on their way to the disk; not there before the next `Synced` of the same file."""

    path: str
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """The file was cut to `size`; not so on the disk before the next `Synced` of the same file."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to this file is on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The file is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Promised:
    """The store said that something is durable: a power cut from here on must not take it back."""

    promise: object


DiskEvent = Written | Truncated | Synced | Deleted | Promised


@dataclass
class Disk:
    """Use it as a context; every database below `root` that is opened meanwhile lies on it.

    `fault` is asked before each "write", "truncate" and "sync" and returns an SQLite result code, 0 = none.
    """

    root: Path
    log: list[DiskEvent] = field(default_factory=list)
    fault: Callable[[str], int] | None = None
    faults: int = 0

    def __enter__(self) -> Self:
        """Become the file layer of this process."""
        self._library = c.CDLL("libsqlite3.so.0")
        self._library.sqlite3_vfs_find.restype = c.POINTER(t.Vfs)
        self._library.sqlite3_vfs_find.argtypes = (c.c_char_p,)
        self._library.sqlite3_vfs_register.argtypes = (c.POINTER(t.Vfs), c.c_int)
        self._library.sqlite3_vfs_unregister.argtypes = (c.POINTER(t.Vfs),)
        below = self._library.sqlite3_vfs_find(None)
        self._below = below.contents
        self._methods: dict[int, t.Methods] = {}  # by the address of the layer's own methods
        self._alive: list[Any] = []  # ctypes callbacks must outlive their use
        self._paths: dict[int, str] = {}
        self._vfs = t.Vfs()
        c.memmove(c.byref(self._vfs), below, c.sizeof(t.Vfs))
        self._vfs.name = _NAME
        self._vfs.open = self._callback(t.Open, self._open)
        self._vfs.delete = self._callback(t.Delete, self._delete)
        assert self._library.sqlite3_vfs_register(c.byref(self._vfs), 1) == t.OK
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the file layer to what was there before; no database may be open any more."""
        self._library.sqlite3_vfs_unregister(c.byref(self._vfs))
        # A connection that is collected later still closes its file through our functions.
        _LEFT.append(self)

    def promise(self, promise: object) -> None:
        """Note in the log that the store said this is durable."""
        self.log.append(Promised(promise))

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out_flags: int | None) -> int:
        below = t.Open(self._below.open)
        result = below(c.addressof(self._below), name, file, flags, out_flags)
        opened = c.cast(file, c.POINTER(t.File)).contents
        if result == t.OK and opened.methods:
            path = self._name(c.cast(name, c.c_char_p).value if name else None)
            if path:
                self._paths[file] = path
                opened.methods = c.pointer(self._own_methods(opened.methods))
        return int(result)

    def _name(self, path: bytes | None) -> str:
        """The path below the root; "" = temporary or elsewhere, and nobody misses it after a power cut."""
        found = Path(path.decode()) if path else self.root.parent
        return str(found.relative_to(self.root)) if found.is_relative_to(self.root) else ""

    def _own_methods(self, methods: Any) -> t.Methods:
        address = c.addressof(methods.contents)
        if address not in self._methods:
            own = t.Methods()
            c.memmove(c.byref(own), methods, c.sizeof(t.Methods))
            below = methods.contents
            own.write = self._callback(t.Write, self._writer(t.Write(below.write)))
            own.truncate = self._callback(t.Truncate, self._truncater(t.Truncate(below.truncate)))
            own.sync = self._callback(t.Sync, self._syncer(t.Sync(below.sync)))
            own.close = self._callback(t.Close, self._closer(t.Close(below.close)))
            self._methods[address] = own
        return self._methods[address]

    def _writer(self, below: Any) -> Callable[[int, int, int, int], int]:
        def write(file: int, content: int, size: int, offset: int) -> int:
            if code := self._failure("write"):
                return code
            self.log.append(Written(self._paths[file], offset, c.string_at(content, size)))
            return int(below(file, content, size, offset))

        return write

    def _truncater(self, below: Any) -> Callable[[int, int], int]:
        def truncate(file: int, size: int) -> int:
            if code := self._failure("truncate"):
                return code
            self.log.append(Truncated(self._paths[file], size))
            return int(below(file, size))

        return truncate

    def _syncer(self, below: Any) -> Callable[[int, int], int]:
        def sync(file: int, flags: int) -> int:
            if code := self._failure("sync"):
                return code
            result = int(below(file, flags))
            self.log.append(Synced(self._paths[file]))
            return result

        return sync

    def _closer(self, below: Any) -> Callable[[int], int]:
        def close(file: int) -> int:
            self._paths.pop(file, None)
            return int(below(file))

        return close

    def _delete(self, _vfs: int, name: bytes, sync_directory: int) -> int:
        if path := self._name(name):
            self.log.append(Deleted(path))
        return int(t.Delete(self._below.delete)(c.addressof(self._below), name, sync_directory))

    def _failure(self, operation: str) -> int:
        code = self.fault(operation) if self.fault else t.OK
        self.faults += code != t.OK
        return code

    def _callback(self, kind: Any, function: Callable[..., int]) -> Any:
        made = kind(function)
        self._alive.append(made)
        return c.cast(made, t.Pointer)
