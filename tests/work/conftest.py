from __future__ import annotations

import threading

import pytest


@pytest.fixture
def is_printing() -> threading.Event:
    """The flag that a running print sets."""
    return threading.Event()
