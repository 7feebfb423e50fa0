"""A second pointer on the same display, so that two places really are pressed at once."""

from __future__ import annotations

import ctypes
from typing import Self

_ALL_DEVICES = 0
_ADD_MASTER, _REMOVE_MASTER = 1, 2
_FLOATING = 2
_FINGER = 1
_NAME = b"second finger"
_NOW = 0


class _NewMaster(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("send_core", ctypes.c_int),
        ("enable", ctypes.c_int),
    )


class _OldMaster(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_int)
        for name in ("kind", "device", "return_mode", "return_pointer", "return_keyboard")
    )


class _Device(ctypes.Structure):
    _fields_ = (
        ("id", ctypes.c_int),
        ("name", ctypes.c_char_p),
        *((name, ctypes.c_int) for name in ("use", "attachment", "enabled", "class_count")),
        ("classes", ctypes.c_void_p),
    )


class SecondPointer:
    """Presses and moves beside the pointer that everybody has; use it as a context."""

    def __init__(self, display: str) -> None:
        self._x11, self._xi, self._xtst = (
            ctypes.CDLL(name) for name in ("libX11.so.6", "libXi.so.6", "libXtst.so.6")
        )
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._xi.XOpenDevice.restype = ctypes.c_void_p
        self._xi.XIQueryDevice.restype = ctypes.POINTER(_Device)
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))
        version = ctypes.c_int(2), ctypes.c_int(0)
        self._xi.XIQueryVersion(self._display, *(ctypes.byref(each) for each in version))
        new = _NewMaster(_ADD_MASTER, _NAME, 1, 1)
        self._xi.XIChangeHierarchy(self._display, ctypes.byref(new), 1)
        self._master = self._find(_NAME + b" pointer")
        # Every master has a device of its own that XTEST moves.
        finger = self._xi.XOpenDevice(self._display, ctypes.c_ulong(self._find(_NAME + b" XTEST pointer")))
        self._finger = ctypes.c_void_p(finger)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        old = _OldMaster(_REMOVE_MASTER, self._master, _FLOATING, 0, 0)
        self._xi.XIChangeHierarchy(self._display, ctypes.byref(old), 1)
        self._x11.XCloseDisplay(self._display)

    def move(self, place: tuple[int, int]) -> None:
        """Bring the second finger there."""
        axes = (ctypes.c_int * 2)(*place)
        self._xtst.XTestFakeDeviceMotionEvent(
            self._display, self._finger, 0, 0, axes, 2, ctypes.c_ulong(_NOW)
        )
        self._x11.XSync(self._display, 0)

    def press(self, *, down: bool) -> None:
        """Put it down or lift it."""
        self._xtst.XTestFakeDeviceButtonEvent(
            self._display, self._finger, _FINGER, int(down), None, 0, ctypes.c_ulong(_NOW)
        )
        self._x11.XSync(self._display, 0)

    def _find(self, name: bytes) -> int:
        count = ctypes.c_int()
        devices = self._xi.XIQueryDevice(self._display, _ALL_DEVICES, ctypes.byref(count))
        found = [devices[at].id for at in range(count.value) if devices[at].name == name]
        self._xi.XIFreeDeviceInfo(devices)
        if not found:
            raise RuntimeError("this display takes no second pointer")
        return int(found[0])
