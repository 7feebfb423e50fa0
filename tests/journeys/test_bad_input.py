"""Whatever the wires bring: a clear sentence, a stable code, and then the next resident is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys import line
from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-bad-input")]


@pytest.mark.parametrize(
    ("distortion", "code"),
    [
        (line.wrong_json, "NET-06"),
        (line.not_json, "NET-06"),
        (line.another_kiosk, "NET-07"),
        (line.another_person, "NET-07"),
    ],
)
def test_a_bad_answer_of_the_platform_is_told_and_never_used(
    hall: Hall, distortion: Callable[[str, line.Reply], line.Reply | None], code: str
) -> None:
    hall.line.distort = distortion

    hall.lay("tenant")
    scene = hall.visitor.await_scene("trouble")

    assert f"code.{code}.say" in keys(scene)
    hall.line.distort = None
    hall.visitor.touch_and_await("retry", "who_you_are", "looking_up")
    hall.visitor.await_scene("who_you_are")


@pytest.mark.parametrize("distortion", [line.server_error, line.half_a_reply])
def test_a_platform_that_is_down_leaves_the_own_register(
    hall: Hall, distortion: Callable[[str, line.Reply], line.Reply | None]
) -> None:
    hall.await_event("register_synchronised")
    hall.line.distort = distortion

    hall.lay("tenant")
    scene = hall.visitor.await_scene("who_you_are")

    assert "line.own_register" in keys(scene)


def test_with_the_line_cut_the_kiosk_says_so_and_stays_usable(hall: Hall) -> None:
    hall.await_event("register_synchronised")
    hall.line.cut = True
    hall.lay("tenant")

    scene = hall.visitor.await_scene("who_you_are")
    hall.await_text("line.offline")
    hall.visitor.touch_and_await("back", "take_card")
    hall.lift()
    hall.visitor.await_scene("attract")
    home = hall.visitor.touch_and_await("start", "home")
    hall.visitor.touch_and_await("party", "columns")
    news = hall.visitor.touch_and_await("column:notice", "notices")

    assert "line.own_register" in keys(scene)
    assert {"line.certificates", "line.slips"} & keys(home)
    assert any(node.action.startswith("notice:") for node in hall.visitor.controls())
    assert "line.offline" in keys(news)
    hall.line.cut = False
    hall.await_event("line_changed", code=None)
    hall.to_preview("tenant")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("card_unreadable", "IDR-07"),
        ("not_id", "IDR-08"),
        ("not_genuine", "IDR-09"),
        ("damaged_text", "IDR-11"),
    ],
)
def test_a_card_that_gives_no_identity_is_told_and_the_next_one_reads(
    hall: Hall, fault: str, code: str
) -> None:
    hall.reader_fault(fault)

    hall.lay("tenant")
    scene = hall.visitor.await_scene("trouble")

    assert f"code.{code}.say" in keys(scene)
    hall.lift()
    hall.to_preview("owner")


@pytest.mark.parametrize(
    "fault", ["wrong_checksum", "half_answer", "garbage_before", "foreign_frame", "slow"]
)
def test_a_bad_frame_is_overcome_without_anybody_noticing(hall: Hall, fault: str) -> None:
    hall.reader_fault(fault)

    scene = hall.to_preview("tenant")

    assert scene.name == "preview"


def test_a_reader_that_comes_back_as_another_device_reads_again(hall: Hall) -> None:
    hall.reader_fault("comes_back_new")

    hall.await_event("flow_stepped", cause="ReaderFailed")
    hall.await_event("flow_stepped", cause="ReaderRecovered")

    hall.to_preview("tenant")


def test_a_full_disk_stops_certificates_only_and_for_as_long_as_it_is_full(hall: Hall) -> None:
    """It says so with a code, loses no number, and goes on by itself once there is room."""
    hall.ask_for_certificate("tenant")
    hall.fill_disk()

    trouble = hall.visitor.touch_and_await("purpose:school", "trouble")
    hall.visitor.touch_and_await("back", "services")
    shown = hall.visitor.await_scene("services")
    offered = {node.action: node.enabled for node in hall.visitor.controls()}
    hall.free_disk()
    hall.await_event("store_recovered")
    hall.go_home()
    hall.print_certificate("owner")

    assert {"code.STO-01.say", "code.STO-04.say"} & keys(trouble)
    assert "off.STO" in keys(shown)
    assert not offered["service:residence"]
    assert offered["service:allowance"]
    assert hall.await_delivery(hall.number())["state"] == "valid"
