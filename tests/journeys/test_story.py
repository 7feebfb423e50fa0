"""The main job end to end, on real wires, and what happens when something goes wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-story")]


def test_a_tenant_leaves_with_a_residence_certificate(hall: Hall) -> None:
    """Card down, certificate chosen, paper seen and printed, all taken and rated; the platform knows both."""
    before = len(hall.papers())

    hall.print_certificate("tenant")
    hall.collect()
    hall.lift()
    hall.visitor.await_scene("take_paper")
    hall.visitor.touch_and_await("finish", "rating")
    hall.visitor.touch_and_await("grade:2", "rating_reasons")
    hall.visitor.touch_and_await("reason:slow", "rating_reasons")
    hall.visitor.touch_and_await("rated", "rated")
    hall.visitor.touch_and_await("finish", "attract")

    assert len(hall.papers()) == before + 1
    assert hall.await_delivery(hall.number())["state"] == "valid"
    hall.await_event("record_acknowledged", number=hall.number(), type="rating")


def test_the_paper_names_the_person_whose_card_lay_there(hall: Hall) -> None:
    hall.print_certificate("rare_name")

    text = hall.paper_text()

    assert hall.person("rare_name")["name"] in text
    assert hall.person("rare_name")["number"] in text
    assert hall.number() in text
    assert "子女入学" in text


def test_two_copies_are_two_pages_of_one_number(hall: Hall) -> None:
    hall.to_preview("owner")

    hall.visitor.touch_and_await("copies:2", "preview")
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")

    text = hall.paper_text()
    assert text.count(hall.number()) == 2
    assert "第2份/共2份" in text


def test_going_back_from_the_preview_voids_the_number(hall: Hall) -> None:
    hall.to_preview("owner")
    number = hall.number()

    hall.visitor.touch_and_await("back", "purpose")

    assert hall.await_delivery(number)["state"] == "voided"


def test_a_certificate_can_be_had_in_english_and_large_text(hall: Hall) -> None:
    hall.ask_for_certificate("tenant", "purpose")

    hall.visitor.touch_and_await("language:en", "purpose")
    hall.visitor.touch_and_await("text_size:large", "purpose")

    assert (hall.visitor.scene.language, hall.visitor.scene.text_size) == ("en", "large")
    hall.lift()
    hall.visitor.await_scene("ended")
    hall.visitor.touch_and_await("finish", "attract")
    assert (hall.visitor.scene.language, hall.visitor.scene.text_size) == ("zh-Hans", "normal")


def test_a_card_pulled_while_it_is_read_is_told_and_the_next_card_reads(hall: Hall) -> None:
    hall.reader_fault("lifted_while_reading")
    hall.lay("tenant")

    scene = hall.visitor.await_scene("trouble")

    assert "code.IDR-10.say" in keys(scene)
    hall.lift()
    hall.to_preview("owner")


def test_lifting_the_card_ends_the_session_before_the_print(hall: Hall) -> None:
    hall.to_preview("tenant")
    number = hall.number()

    hall.lift()
    hall.visitor.await_scene("ended")

    assert hall.await_delivery(number)["state"] == "voided"


def test_paper_out_in_mid_job_waits_and_goes_on_after_the_refill(hall: Hall) -> None:
    hall.to_preview("tenant")
    before = len(hall.papers())
    hall.visitor.touch("print")
    hall.await_event("job_accepted", number=hall.number())
    hall.printer_fault("paper_out")

    scene = hall.visitor.await_scene("printer_waits")
    hall.printer_clear()
    hall.visitor.await_scene("take_paper")

    assert "printer_waits.paper_out" in keys(scene)
    assert len(hall.papers()) == before + 1
    assert hall.await_delivery(hall.number())["state"] == "valid"


def test_after_a_jam_the_resident_may_give_up_and_the_number_is_void(hall: Hall) -> None:
    hall.to_preview("tenant")
    before = len(hall.papers())
    hall.visitor.touch("print")
    hall.await_event("job_accepted", number=hall.number())
    hall.printer_fault("jam")

    waiting = hall.visitor.await_scene("printer_waits")
    hall.visitor.touch_and_await("cancel_print", "trouble", "came_out")

    assert "code.PRN-04.say" in keys(waiting)
    assert len(hall.papers()) == before
    assert hall.await_delivery(hall.number())["state"] == "voided"


def test_a_printer_that_gives_up_voids_the_attempt_and_the_next_one_prints_the_same_number(
    hall: Hall,
) -> None:
    hall.to_preview("tenant")
    number = hall.number()
    hall.printer_fault("abort")

    hall.visitor.touch_and_await("print", "printing")
    hall.visitor.await_scene("trouble")
    hall.printer_clear()
    assert hall.await_delivery(number)["state"] == "voided"
    hall.visitor.touch_and_await("reprint", "preview")
    assert hall.number() == number
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")

    assert hall.await_delivery(number, attempt=2)["state"] == "valid"
    assert hall.verification(number, attempt=1)["state"] == "superseded"


def test_a_printer_that_only_says_completed_is_not_believed(hall: Hall) -> None:
    hall.to_preview("tenant")
    hall.printer_fault("says_completed_but_prints_nothing")

    hall.visitor.touch_and_await("print", "printing")
    hall.visitor.await_scene("came_out")
    hall.visitor.touch_and_await("came_out:no", "not_out")

    assert hall.await_delivery(hall.number())["state"] in {"uncertain", "voided"}
    hall.await_event("record_acknowledged", number=hall.number(), type="settlement")
    assert hall.verification(hall.number())["state"] == "voided"


def test_after_the_residents_own_no_the_same_number_is_printed_again(hall: Hall) -> None:
    hall.to_preview("tenant")
    number = hall.number()
    hall.printer_fault("says_completed_but_prints_nothing")
    hall.visitor.touch_and_await("print", "printing")
    hall.visitor.await_scene("came_out")
    hall.printer_clear()
    before = len(hall.papers())

    hall.visitor.touch_and_await("came_out:no", "not_out")
    hall.visitor.touch_and_await("reprint", "preview")
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")

    assert len(hall.papers()) == before + 1
    assert number in hall.paper_text()
    assert "第2次打印" in hall.paper_text()
    hall.await_event("record_acknowledged", times=2, number=number, type="certificate")
    assert hall.verification(number, attempt=2)["state"] == "valid"
    assert hall.verification(number, attempt=1)["state"] == "superseded"
