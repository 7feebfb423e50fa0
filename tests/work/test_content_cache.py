"""The cache is whole, old or not there: nothing damaged is shown, and a full disk loses nothing old."""

from __future__ import annotations

import hashlib
import resource
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import Links, Organisations
from kiosk.work.content_cache import MAX_PICTURES_BYTES, Content, ContentCache
from tests.work.content import AS_OF, make_notices, name_of, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONTENT = Content(make_notices(), Organisations(items=(), as_of=AS_OF), Links(items=(), as_of=AS_OF))
NEWER = Content(make_notices(title="供水恢复"), CONTENT.organisations, CONTENT.links)


class Shelf:
    """A cache, and what it said was damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[str] = []
        self.cache = ContentCache(folder, self.told.append, least_free_bytes=0)

    @property
    def texts(self) -> Path:
        return self.folder / "content"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "content")


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """No file grows beyond so many bytes, as on a disk that fills up in the middle of one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_kept_is_there_again(shelf: Shelf) -> None:
    shelf.cache.keep(CONTENT)
    shelf.cache.keep(NEWER)

    assert Shelf(shelf.folder).cache.load() == NEWER
    assert shelf.told == []


def test_a_kiosk_that_never_had_content_has_none(shelf: Shelf) -> None:
    assert shelf.cache.load() is None
    assert shelf.cache.picture("a1" * 32) == b""
    assert shelf.told == []


def test_no_truncated_file_is_ever_shown_wherever_it_was_cut(shelf: Shelf) -> None:
    shelf.cache.keep(CONTENT)
    whole = shelf.texts.read_bytes()

    for length in (*range(0, len(whole), 97), len(whole) - 1):
        shelf.texts.write_bytes(whole[:length])

        assert shelf.cache.load() is None, length
        assert not shelf.texts.exists()
    assert (shelf.folder / "damaged").exists()
    assert set(shelf.told) == {"ValueError"}


@pytest.mark.parametrize("at", [0, 12, 40, 200, -3])
def test_one_changed_byte_is_told_apart(shelf: Shelf, at: int) -> None:
    shelf.cache.keep(CONTENT)
    kept = bytearray(shelf.texts.read_bytes())
    kept[at] ^= 1
    shelf.texts.write_bytes(kept)

    assert shelf.cache.load() is None
    assert shelf.told == ["ValueError"]


def test_texts_of_another_contract_are_put_aside_even_with_the_right_digest(
    shelf: Shelf,
) -> None:
    """A kiosk that was set back to an older program meets fields that it does not know."""
    shelf.cache.keep(CONTENT)
    schema, _, body = shelf.texts.read_bytes().split(b"\n", 2)
    strange = body[:-1] + b',"of_tomorrow":1}'
    shelf.texts.write_bytes(b"\n".join((schema, hashlib.sha256(strange).hexdigest().encode(), strange)))

    assert shelf.cache.load() is None
    assert shelf.told == ["ValidationError"]


def test_a_disk_that_fills_up_in_the_middle_leaves_what_was_there(
    shelf: Shelf, small_files: Callable[[int], None]
) -> None:
    shelf.cache.keep(CONTENT)
    small_files(100)

    with pytest.raises(OSError, match="File too large"):
        shelf.cache.keep(NEWER)

    assert shelf.cache.load() == CONTENT
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["content"]


def test_the_last_room_on_the_disk_is_for_records(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path, lambda _why: None, least_free_bytes=1 << 60)

    with pytest.raises(OSError, match="records"):
        cache.keep(CONTENT)
    with pytest.raises(OSError, match="records"):
        cache.keep_picture(name_of(picture()), picture())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_come_back_by_the_name_of_what_they_hold(shelf: Shelf, kind: str) -> None:
    raster = picture(kind=kind)

    assert shelf.cache.keep_picture(name_of(raster), raster)
    assert shelf.cache.picture(name_of(raster)) == raster


@pytest.mark.parametrize(
    "damage", [lambda raster: raster[:-7], lambda raster: raster[:-1] + b"!", lambda _raster: b""]
)
def test_a_damaged_picture_is_not_shown_and_is_gone(shelf: Shelf, damage: Callable[[bytes], bytes]) -> None:
    name = name_of(picture())
    shelf.cache.keep_picture(name, picture())
    (shelf.folder / "pictures" / name).write_bytes(damage(picture()))

    assert shelf.cache.picture(name) == b""
    assert not shelf.cache.has_picture(name)
    assert shelf.told == ["picture"]


def test_what_is_named_right_and_is_no_picture_or_too_large_is_not_shown(shelf: Shelf) -> None:
    for raster in (b"<svg/>", picture(side=1700)):
        shelf.cache.keep_picture(name_of(raster), raster)

        assert shelf.cache.picture(name_of(raster)) == b""


def test_pictures_that_are_named_no_longer_are_removed(shelf: Shelf) -> None:
    rasters = [picture(colour) for colour in ("red", "green", "blue")]
    for raster in rasters:
        shelf.cache.keep_picture(name_of(raster), raster)
    (shelf.folder / "pictures" / "half.new").write_bytes(b"left behind by a power cut")

    shelf.cache.keep_only([name_of(rasters[1])])

    assert [path.name for path in (shelf.folder / "pictures").iterdir()] == [name_of(rasters[1])]


def test_all_pictures_together_have_a_bound(shelf: Shelf) -> None:
    shelf.cache.keep_picture("a" * 64, b"")
    with (shelf.folder / "pictures" / ("a" * 64)).open("r+b") as file:
        file.truncate(MAX_PICTURES_BYTES)

    assert not shelf.cache.keep_picture(name_of(picture()), picture())
