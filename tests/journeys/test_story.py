"""The main job end to end, on real wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = pytest.mark.journey


def test_a_tenant_leaves_with_a_residence_certificate(hall: Hall) -> None:
    """Card down, certificate chosen, paper seen, paper printed, card taken; the platform knows the number."""
    visitor = hall.visitor

    hall.print_certificate("tenant")
    hall.collect()
    hall.lift()
    visitor.await_scene("attract")

    assert hall.papers() == 1
    assert hall.await_verification(hall.numbers()[-1])["state"] == "valid"


def test_the_paper_is_the_one_that_was_shown_and_holds_the_persons_number(hall: Hall) -> None:
    hall.print_certificate("tenant")

    text = hall.paper_text(-1)

    assert hall.person("tenant")["name"] in text
    assert hall.person("tenant")["number"] in text
    assert hall.numbers()[-1] in text


def test_a_lease_that_has_ended_is_refused_with_the_way_out(hall: Hall) -> None:
    scene = hall.ask_for_certificate("lease_ended", "refusal")

    assert any("ELG-05" in key for key in keys(scene))
    assert hall.papers() == 0
    hall.lift()
    hall.visitor.await_scene("attract", "take_card", "home")
    hall.print_certificate("tenant")


def test_a_card_pulled_while_it_is_read_is_told_and_the_next_card_reads(hall: Hall) -> None:
    hall.reader_fault("lifted_while_reading")
    hall.lay("tenant")

    scene = hall.visitor.await_scene("trouble", "lay_card")

    assert any("IDR-10" in key or "IDR-07" in key for key in keys(scene))
    hall.lift()
    hall.print_certificate("tenant")


def test_paper_out_in_mid_job_waits_and_goes_on_after_the_refill(hall: Hall) -> None:
    hall.printer_fault("paper_out")
    hall.to_preview("tenant")

    hall.visitor.touch_and_await("print", "printer_waits")
    hall.printer_clear()
    hall.visitor.await_scene("take_paper")

    assert hall.papers() == 1
    assert hall.await_verification(hall.numbers()[-1])["state"] == "valid"


def test_a_jam_voids_the_number_and_prints_nothing(hall: Hall) -> None:
    hall.to_preview("tenant")
    hall.printer_fault("jam")

    hall.visitor.touch_and_await("print", "trouble")

    assert hall.papers() == 0
    assert hall.await_verification(hall.numbers()[-1])["state"] == "voided"


def test_with_the_line_cut_the_kiosk_says_so_and_stays_usable(hall: Hall) -> None:
    hall.cut_line()
    hall.lay("tenant")

    scene = hall.visitor.await_scene("trouble")

    assert any("NET-" in key for key in keys(scene))
    hall.lift()
    hall.visitor.await_scene("attract", "home")
    hall.restore_line()
    hall.print_certificate("tenant")


def test_a_core_killed_while_printing_comes_back_uncertain_and_prints_nothing_again(hall: Hall) -> None:
    hall.to_preview("tenant")
    hall.printer_fault("slow")
    hall.visitor.touch_and_await("print", "printing")
    hall.await_job()

    hall.kill_core()
    hall.printer_clear()
    hall.start_core()

    assert hall.await_verification(hall.numbers()[-1])["state"] in {"uncertain", "valid"}
    assert hall.papers() <= 1
