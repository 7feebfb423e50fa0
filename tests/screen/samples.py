"""One scene of each name as the flow sends them, with the texts of invented people, in both languages."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scene.contract import Language, Scene, Text, TextSize, Theme
from tests.screen import sample_browse as browse
from tests.screen import sample_result as result
from tests.screen import sample_session as session
from tests.screen import sample_staff as staff

_PAGES = {
    "attract": browse.draw_attract,
    "home": browse.draw_home,
    "notices": browse.draw_notices,
    "notice": browse.draw_notice,
    "organisations": browse.draw_organisations,
    "organisation": browse.draw_organisation,
    "lay_card": session.draw_lay_card,
    "reading": session.draw_reading,
    "looking_up": session.draw_looking_up,
    "who_you_are": session.draw_who_you_are,
    "services": session.draw_services,
    "purpose": session.draw_purpose,
    "preparing": session.draw_preparing,
    "preview": session.draw_preview,
    "printing": result.draw_printing,
    "printer_waits": result.draw_printer_waits,
    "came_out": result.draw_came_out,
    "take_paper": result.draw_take_paper,
    "take_card": result.draw_take_card,
    "refusal": result.draw_refusal,
    "trouble": result.draw_trouble,
    "staff_called": browse.draw_staff_called,
    "out_of_service": browse.draw_out_of_service,
    "slip": staff.draw_slip,
    "staff_door": staff.draw_staff_door,
    "warning": result.draw_warning,
}


def sample_scenes(language: Language) -> tuple[Scene, ...]:
    """Every sample in one language, normal size, standard theme."""

    def say(chinese: str, english: str) -> Text:
        return Text(literal=chinese if language is Language.ZH else english)

    return tuple(
        Scene(name, number, language, TextSize.NORMAL, Theme.STANDARD, draw(say))
        for number, (name, draw) in enumerate(_PAGES.items(), 1)
    )


def sample(name: str, language: Language = Language.ZH) -> Scene:
    """One sample by name."""
    return next(scene for scene in sample_scenes(language) if scene.name == name)


def dressed(scene: Scene, size: TextSize, theme: Theme) -> Scene:
    """The same scene in another size of text and another theme."""
    return replace(scene, text_size=size, theme=theme)
