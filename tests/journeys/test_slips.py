"""Slips come from the receipt printer where it can print, and from the page printer where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from kiosk.scene.nodes import walk
from tests.journeys.hall import Hall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.desk.box import BoxSimulators
    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-slips")]


@pytest.fixture(scope="module")
def fitted(town: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A kiosk with a box."""
    directory = tmp_path_factory.mktemp("slips")
    with Hall(directory / "desk", town.copy_to(directory / "town"), has_box=True) as hall:
        hall.await_event("register_synchronised")
        yield hall


def take_slip(hall: Hall) -> str:
    """A request that cannot be granted without a line; its pick-up number."""
    hall.line.cut = True
    hall.lay("record_too_old")
    hall.visitor.await_scene("slip_offer")
    hall.visitor.touch_and_await("slip", "purpose")
    hall.visitor.touch_and_await("purpose:school", "slip")
    hall.visitor.touch("print")
    slip = hall.visitor.await_scene("take_slip")
    number = next(node.detail.literal for node in walk(slip.nodes) if node.id == "number" and node.detail)
    hall.go_home()
    return number


def box_of(hall: Hall) -> BoxSimulators:
    assert hall.appliance.box
    return hall.appliance.box


def test_a_slip_comes_from_the_roll_and_its_code_can_be_read(fitted: Hall) -> None:
    number = take_slip(fitted)

    (slip,) = box_of(fitted).slips()
    (code,) = zxingcpp.read_barcodes(Image.open(slip).convert("L"))
    assert code.text == number
    assert fitted.appliance.papers() == ()


def test_without_a_roll_the_page_printer_prints_it(fitted: Hall) -> None:
    before = len(box_of(fitted).slips())
    box_of(fitted).receipt.order("fault", name="paper_out")

    number = take_slip(fitted)

    assert number in fitted.paper_text()
    assert len(box_of(fitted).slips()) == before
    box_of(fitted).receipt.order("clear")
