"""What the platform last showed, on disk: a restart without a line has news, people and links to show.

One file holds all texts, and each picture is a file named by the SHA-256 of its bytes. Both are written
beside their place, made durable, and moved there, so that a power cut leaves the old one or the new one.
What does not stand the check when it is read is put aside, and never shown.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.contract import MAX_PICTURE_BYTES, Links, Notices, Organisations
from kiosk.scene.rasters import raster_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_SCHEMA = "content 1"
_LINES = 5  # schema, digest, notices, organisations, links
MAX_TEXT_BYTES = 32 * 1024 * 1024
MAX_PICTURES_BYTES = 30 * 1024 * 1024
MAX_PICTURE_SIDE = 1600
LEAST_FREE_BYTES = 100 * 1024 * 1024  # the last room on the disk is for records of papers


@dataclass(frozen=True, slots=True)
class Content:
    """All that the platform shows to everyone."""

    notices: Notices
    organisations: Organisations
    links: Links


class ContentCache:
    """The folder of the cache. `on_damage` is told what was put aside and why."""

    def __init__(
        self, folder: Path, on_damage: Callable[[str], None], *, least_free_bytes: int = LEAST_FREE_BYTES
    ) -> None:
        self._folder = folder
        self._texts = folder / "content"
        self._pictures = folder / "pictures"
        self._on_damage = on_damage
        self._least_free_bytes = least_free_bytes

    def load(self) -> Content | None:
        """The texts as they were kept; None where there are none, or none that can be believed."""
        try:
            if self._texts.stat().st_size > MAX_TEXT_BYTES:
                self._put_aside(self._texts, "too large")
                return None
            kept = self._texts.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._on_damage(type(error).__name__)
            return None
        try:
            return _parse(kept)
        except ValueError as error:
            # Without its words: those of a validation quote the document.
            self._put_aside(self._texts, type(error).__name__)
            return None

    def keep(self, content: Content) -> None:
        """Keep these texts in place of those before. Raises OSError; then those before stay."""
        parts = (content.notices, content.organisations, content.links)
        body = b"\n".join(part.model_dump_json().encode() for part in parts)
        head = f"{_SCHEMA}\n{hashlib.sha256(body).hexdigest()}\n".encode()
        self._write(self._texts, head + body)

    def picture(self, name: str) -> bytes:
        """The picture of this name; b"" where there is none, or only a damaged one."""
        path = self._pictures / name
        try:
            if path.stat().st_size <= MAX_PICTURE_BYTES and is_picture(name, raster := path.read_bytes()):
                return raster
            self._put_aside(path, "picture")
        except OSError:
            pass
        return b""

    def has_picture(self, name: str) -> bool:
        """Whether a picture of this name lies here, whatever it holds."""
        return (self._pictures / name).is_file()

    def keep_picture(self, name: str, raster: bytes) -> bool:
        """Keep a picture; False where all of them together have no room for it. Raises OSError."""
        if self._pictures_bytes() + len(raster) > MAX_PICTURES_BYTES:
            return False
        self._write(self._pictures / name, raster)
        return True

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove every picture that is shown no longer, and what a power cut left behind."""
        wanted = set(names)
        for path in self._picture_files():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _pictures_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._picture_files())

    def _picture_files(self) -> tuple[Path, ...]:
        return tuple(self._pictures.iterdir()) if self._pictures.is_dir() else ()

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        room = os.statvfs(path.parent)
        if room.f_bavail * room.f_frsize < self._least_free_bytes + len(content):
            raise OSError("the last room is for records")
        draft = path.with_name(f"{path.name}.new")
        try:
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)  # the name is durable too
        finally:
            os.close(descriptor)

    def _put_aside(self, path: Path, why: str) -> None:
        """The newest damaged file is kept for whoever looks into it; a picture is fetched again."""
        self._on_damage(why)
        try:
            path.replace(self._folder / "damaged")
        except OSError:
            path.unlink(missing_ok=True)


def is_picture(name: str, raster: bytes) -> bool:
    """Whether these bytes are the picture of this name, and one that may be shown."""
    size = raster_size(raster)
    fits = size is not None and max(size) <= MAX_PICTURE_SIDE and len(raster) <= MAX_PICTURE_BYTES
    return fits and hashlib.sha256(raster).hexdigest() == name


def _parse(kept: bytes) -> Content:
    """Raises ValueError."""
    lines = kept.split(b"\n")
    if len(lines) != _LINES or lines[0] != _SCHEMA.encode():
        raise ValueError("another schema")
    body = b"\n".join(lines[2:])
    if lines[1] != hashlib.sha256(body).hexdigest().encode():
        raise ValueError("another digest")
    return Content(
        Notices.model_validate_json(lines[2]),
        Organisations.model_validate_json(lines[3]),
        Links.model_validate_json(lines[4]),
    )
