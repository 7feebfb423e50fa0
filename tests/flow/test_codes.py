"""A code under the scanner is explained, never acted upon, and no more than its number is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.scan_steps import read_code
from kiosk.flow.step import step
from kiosk.flow.view import view
from tests.flow.content import SLIP_NUMBER
from tests.flow.situations import PLAN, QUIET, VERIFY_URL, every_state
from tests.flow.soundness import knows, strings_in
from tests.flow.story import Story

NUMBER = "610525001003-JZ-2026-000123-4"
CERTIFICATE = f"{VERIFY_URL}/{NUMBER}?c=8F2K-71QD"


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        (SLIP_NUMBER, s.CodeKind.PICKUP, SLIP_NUMBER),
        (f"{SLIP_NUMBER}\n", s.CodeKind.OTHER, ""),
        (CERTIFICATE, s.CodeKind.CERTIFICATE, NUMBER),
        (f"{VERIFY_URL}/{NUMBER}", s.CodeKind.CERTIFICATE, NUMBER),
        (f"{VERIFY_URL}/610525001003-JZ-2026-000123-7?c=8F2K", s.CodeKind.OTHER, ""),  # wrong check digit
        (f"https://elsewhere.example/v/{NUMBER}", s.CodeKind.OTHER, ""),
        (f"{VERIFY_URL}.elsewhere.example/{NUMBER}", s.CodeKind.OTHER, ""),
        (NUMBER, s.CodeKind.OTHER, ""),
        ("", s.CodeKind.OTHER, ""),
    ],
)
def test_only_numbers_of_ours_are_read(text: str, kind: s.CodeKind, number: str) -> None:
    assert read_code(text, VERIFY_URL) == s.CodeShown(kind, number)


def test_without_an_address_no_certificate_is_known() -> None:
    assert read_code(f"/{NUMBER}", "").kind is s.CodeKind.OTHER
    assert read_code(CERTIFICATE, "").kind is s.CodeKind.OTHER


@pytest.mark.parametrize("page", [s.Attract(), s.Home(), s.CodeShown(s.CodeKind.OTHER)])
def test_a_code_counts_where_nobody_is_in_the_middle_of_anything(page: s.Page) -> None:
    after, commands = step(replace(QUIET, page=page), e.CodeScanned(CERTIFICATE))

    assert after.page == s.CodeShown(s.CodeKind.CERTIFICATE, NUMBER)
    assert commands == ()
    assert not knows(after.page, ("8F2K-71QD",))
    assert NUMBER in set(strings_in(view(after)))
    assert PLAN.phone in set(strings_in(view(after)))


def test_everywhere_else_a_code_changes_nothing() -> None:
    open_pages = s.Attract | s.Dark | s.Home | s.CodeShown
    for kiosk in every_state():
        if kiosk.session or not isinstance(kiosk.page, open_pages):
            assert step(kiosk, e.CodeScanned(CERTIFICATE)) == (kiosk, ()) or kiosk.desk


def test_a_pickup_number_leads_to_the_card() -> None:
    story = Story()
    story.play(e.CodeScanned(SLIP_NUMBER))

    assert story.tap("services") == ["lay_card"]


def test_what_is_not_for_here_leads_home() -> None:
    story = Story()
    story.play(e.CodeScanned("6901234567892"))

    assert story.tap("home") == ["home"]
