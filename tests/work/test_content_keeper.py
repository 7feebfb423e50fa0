"""Content comes from the cache at once, from the platform when there is a line, and survives faults."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from backend_client.contract import PlatformCode, PlatformFault
from kiosk.flow.commands import LoadPicture
from kiosk.flow.events import ContentArrived, PictureLoaded
from kiosk.work.content_cache import ContentCache
from kiosk.work.content_keeper import AFTER_FAULT_S, INTERVAL_S, ContentKeeper, ContentTools
from kiosk.work.link_codes import code_png
from tests.core.stand import LogBook
from tests.work.content import AS_OF, ShowingPlatform, make_notices, name_of, picture

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.flow.events import Event

RED, BLUE = picture("red"), picture("blue", "JPEG")


class House:
    """A keeper that is driven round by round."""

    def __init__(self, folder: Path, platform: ShowingPlatform, *, least_free_bytes: int = 0) -> None:
        self.platform = platform
        self.line_is_up = platform.up
        self.events: list[Event] = []
        self.book = LogBook()
        self.damage: list[str] = []
        cache = ContentCache(folder, self.damage.append, least_free_bytes=least_free_bytes)
        self.keeper = ContentKeeper(
            ContentTools(platform, cache, lambda: self.line_is_up, self.events.append, self.book.log)
        )
        self.keeper.begin()

    def round(self) -> float:
        """The next round, as if the line had come back."""
        self.keeper.nudge()
        return self.keeper.round()

    def arrived(self) -> list[ContentArrived]:
        return [event for event in self.events if isinstance(event, ContentArrived)]

    def brought(self) -> list[bytes]:
        return [event.raster for event in self.events if isinstance(event, PictureLoaded)]


@pytest.fixture
def platform() -> ShowingPlatform:
    rasters = (RED, BLUE)
    return ShowingPlatform(shown=make_notices(*rasters), pictures={name_of(each): each for each in rasters})


def test_content_arrives_with_codes_and_its_pictures_are_fetched(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    house = House(tmp_path, platform)

    pause = house.round()

    assert pause == INTERVAL_S
    assert [event.notices for event in house.arrived()] == [platform.shown]
    assert [link.url for link in house.arrived()[0].links] == ["https://platform.example/app"]
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == sorted(platform.pictures)
    assert house.brought() == []  # nobody asked to see one


def test_a_restart_without_a_line_shows_what_was_kept_as_of_then(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    House(tmp_path, platform).round()
    platform.up = False

    house = House(tmp_path, platform)

    assert [event.notices for event in house.arrived()] == [platform.shown]
    house.keeper.order(LoadPicture(name_of(RED)))
    house.round()
    assert house.brought() == [RED]


def test_a_damaged_cache_is_told_and_the_platform_asked(tmp_path: Path, platform: ShowingPlatform) -> None:
    House(tmp_path, platform).round()
    (tmp_path / "content").write_bytes(b"\0" * 4096)

    house = House(tmp_path, platform)
    assert house.arrived() == []
    assert house.damage == ["ValueError"]

    house.round()
    assert len(house.arrived()) == 1


def test_what_is_in_the_cache_is_not_fetched_again(tmp_path: Path, platform: ShowingPlatform) -> None:
    House(tmp_path, platform).round()
    platform.asked.clear()

    House(tmp_path, platform).round()

    assert platform.asked == []


def test_a_picture_that_is_waited_for_is_brought_when_it_comes(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    late = platform.pictures.pop(name_of(BLUE))
    house = House(tmp_path, platform)
    house.keeper.order(LoadPicture(name_of(BLUE)))
    assert house.round() == AFTER_FAULT_S
    assert house.brought() == []

    platform.pictures[name_of(BLUE)] = late
    house.round()

    assert house.brought() == [BLUE]


def test_a_picture_that_was_changed_on_the_way_is_neither_kept_nor_shown(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    platform.pictures[name_of(RED)] = BLUE
    house = House(tmp_path, platform)
    house.keeper.order(LoadPicture(name_of(RED)))

    house.round()
    house.round()

    assert house.brought() == []
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [name_of(BLUE)]
    assert [line["code"] for line in house.book.lines("content_failed")] == ["picture"]


def test_a_picture_that_the_platform_does_not_give_keeps_no_other_from_coming(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    platform.pictures[name_of(RED)] = PlatformFault(PlatformCode.REFUSED, "404")
    house = House(tmp_path, platform)

    assert [house.round(), house.round()] == [INTERVAL_S] * 2
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [name_of(BLUE)]
    assert [line["code"] for line in house.book.lines("content_failed")] == [PlatformCode.REFUSED]


def test_pictures_of_notices_that_are_gone_are_removed(tmp_path: Path, platform: ShowingPlatform) -> None:
    house = House(tmp_path, platform)
    house.round()
    platform.shown = make_notices(BLUE)

    house.round()

    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [name_of(BLUE)]


def test_without_room_the_content_is_shown_all_the_same(tmp_path: Path, platform: ShowingPlatform) -> None:
    house = House(tmp_path, platform, least_free_bytes=1 << 60)

    house.round()

    assert len(house.arrived()) == 1
    assert house.book.lines("content_not_kept")
    assert not (tmp_path / "content").exists()


def test_content_that_only_became_younger_is_not_written_each_time(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    house = House(tmp_path, platform)
    house.round()
    kept = (tmp_path / "content").read_bytes()

    younger = AS_OF + timedelta(minutes=5)
    platform.shown = platform.shown.model_copy(update={"as_of": younger})
    house.round()
    assert house.arrived()[-1].notices.as_of == younger
    assert (tmp_path / "content").read_bytes() == kept

    platform.shown = make_notices(RED, BLUE, title="供水恢复")
    house.round()
    assert "供水恢复" in (tmp_path / "content").read_text(encoding="utf-8")


def test_a_line_that_is_down_is_not_asked_and_a_fault_is_told_once(
    tmp_path: Path, platform: ShowingPlatform
) -> None:
    platform.up = False
    house = House(tmp_path, platform)
    house.round()
    assert platform.deadlines == []

    house.line_is_up = True  # it is said to be, and is not
    assert house.round() == AFTER_FAULT_S
    house.round()

    assert house.arrived() == []
    assert len(house.book.lines("content_failed")) == 1


def test_news_do_not_wait_for_links(tmp_path: Path, platform: ShowingPlatform) -> None:
    """A platform of before has none."""
    platform.has_links = False
    house = House(tmp_path, platform)

    assert house.round() == INTERVAL_S
    house.round()

    assert [(event.notices, event.links) for event in house.arrived()] == [(platform.shown, ())] * 2
    assert len(house.book.lines("content_failed")) == 1


def test_a_code_is_read_back_and_has_its_quiet_zone() -> None:
    url = "https://platform.example/app?from=kiosk&place=610525001003"

    image = Image.open(BytesIO(code_png(url)))

    found = zxingcpp.read_barcodes(image.convert("L"))
    assert [code.text for code in found] == [url]
    corner = min(found[0].position.top_left.x, found[0].position.top_left.y)
    assert corner >= 4 * 12 - 1  # four modules of twelve pixels


def test_no_code_holds_a_text_without_end() -> None:
    assert code_png("x" * 5000) == b""
