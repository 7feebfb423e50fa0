"""Keyed look-ups: neither citizen number nor name goes to the platform in clear."""

from __future__ import annotations

import hashlib
import hmac

_DOTS = str.maketrans(dict.fromkeys("•‧・．﹒･", "·"))


def citizen_key(key: bytes, citizen_number: str) -> str:
    """HMAC-SHA-256 of the citizen number, 64 hex digits; 18-digit numbers are too few for a bare hash."""
    return _keyed(key, "citizen:" + citizen_number.strip().upper())


def name_key(key: bytes, name: str) -> str:
    """HMAC-SHA-256 of a name, 64 hex digits; dots between the parts of a name are all the same dot."""
    return _keyed(key, "name:" + "".join(name.translate(_DOTS).split()))


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
