"""After the session nothing that the kiosk keeps names the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.visitor import texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-privacy")]


def test_no_name_and_no_number_stays_in_log_database_spool_or_socket(hall: Hall) -> None:
    """The paper that lies in the tray is the only thing that names the person."""
    hall.print_certificate("tenant")
    hall.await_delivery(hall.number())
    hall.lift()
    hall.collect()
    hall.visitor.touch_and_await("finish", "rating")
    hall.visitor.touch_and_await("finish", "attract")

    traces = {
        path.name: found for path in hall.kept_files() if (found := _finds(path, hall.secrets("tenant")))
    }

    assert traces == {}


def test_the_wire_to_the_platform_carries_neither_name_nor_number(hall: Hall) -> None:
    hall.print_certificate("rare_name")
    hall.await_delivery(hall.number())

    carried = b"".join(hall.line.heard)

    assert carried
    assert [secret for secret in hall.secrets("rare_name") if secret in carried] == []


def test_the_next_residents_scenes_hold_nothing_of_the_last_one(hall: Hall) -> None:
    hall.print_certificate("tenant")
    hall.go_home()
    first = len(hall.visitor.seen)

    hall.to_preview("owner")

    shown = repr([texts(scene) for scene in hall.visitor.seen[first:]])
    assert hall.person("tenant")["name"] not in shown
    assert hall.person("tenant")["number"] not in shown


def test_after_a_jam_the_next_person_gets_nothing_of_the_last_one(hall: Hall) -> None:
    """The first one leaves with the card while the printer is stuck; the second lays down another card."""
    hall.to_preview("tenant")
    hall.visitor.touch("print")
    hall.await_event("job_accepted", number=hall.number())
    hall.printer_fault("jam")
    hall.visitor.await_scene("printer_waits")
    hall.lift()
    hall.await_event("flow_stepped", cause="CardLifted", scene="printer_waits")

    hall.lay("owner")
    hall.await_event("flow_stepped", cause="CardLaid", scene="printer_waits")
    hall.visitor.touch_and_await("cancel_print", "trouble")
    offered = {node.action for node in hall.visitor.controls()}
    hall.printer_clear()
    hall.go_home()
    hall.print_certificate("owner")

    assert not any(action.startswith(("retry", "purpose", "print")) for action in offered)
    assert hall.person("owner")["name"] in hall.paper_text()
    assert hall.person("tenant")["name"] not in hall.paper_text()


def test_the_search_itself_finds_a_name_where_there_is_one(hall: Hall, tmp_path: Path) -> None:
    """A search that can find nothing would prove nothing."""
    for number, secret in enumerate(hall.secrets("tenant")):
        (tmp_path / f"{number}.log").write_bytes(b"before " + secret + b" after")

    assert all(_finds(path, hall.secrets("tenant")) for path in tmp_path.iterdir())


def _finds(path: Path, secrets: tuple[bytes, ...]) -> list[bytes]:
    content = path.read_bytes()
    return [secret for secret in secrets if secret in content]
