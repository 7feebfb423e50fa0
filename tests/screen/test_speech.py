"""Pages are read out while somebody wants it, once each, and broken off by whatever the person does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.screen.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.voice.contract import Utterance


@dataclass
class Listener:
    """A voice that only notes what it is told."""

    heard: list[str] = field(default_factory=list)

    def say(self, utterances: Sequence[Utterance], language: Language) -> None:
        self.heard.append(f"{language}: {' '.join(each.node for each in utterances)}")

    def stop(self) -> None:
        self.heard.append("stop")

    def louder(self) -> None:
        self.heard.append("louder")

    def reset(self) -> None:
        self.heard.append("reset")

    def plug(self, *, headset: bool) -> None:
        self.heard.append(f"plug {headset}")

    def close(self) -> None:
        self.heard.append("close")


def page(title: str, now: str = "09:41", *, speech: bool = True) -> Scene:
    band = Node(
        "band", Role.BAND, Text(literal="place"), children=(Node("now", Role.TEXT, Text(literal=now)),)
    )
    nodes = (band, Node("title", Role.TITLE, Text(title)))
    return Scene("page", 1, Language.ZH, TextSize.NORMAL, Theme.STANDARD, nodes, speech=speech)


def test_a_page_is_said_once_and_not_again_when_only_the_clock_goes_on() -> None:
    voice = Listener()
    speech = Speech(lambda: voice)
    speech.show(page("attract.title"))
    speech.show(page("attract.title", now="09:42"))
    speech.show(page("home.title"))

    assert voice.heard == ["zh-Hans: title", "zh-Hans: title"]


def test_without_the_wish_no_voice_is_even_made() -> None:
    made: list[Listener] = []

    def make() -> Listener:
        made.append(Listener())
        return made[-1]

    speech = Speech(make)
    speech.show(page("attract.title", speech=False))
    speech.interrupt()
    speech.close()

    assert made == []


def test_any_act_breaks_it_off_and_the_end_of_the_wish_makes_it_as_soft_as_for_everybody() -> None:
    voice = Listener()
    speech = Speech(lambda: voice)
    speech.show(page("attract.title"))
    speech.interrupt()
    speech.show(page("attract.title", speech=False))
    speech.show(page("attract.title", speech=False))
    speech.close()

    assert voice.heard == ["zh-Hans: title", "stop", "reset", "close"]


def test_the_next_person_who_wants_it_hears_the_page_again() -> None:
    voice = Listener()
    speech = Speech(lambda: voice)
    for wish in (True, False, True):
        speech.show(replace(page("attract.title"), speech=wish))

    assert voice.heard == ["zh-Hans: title", "reset", "zh-Hans: title"]


def test_whoever_types_hears_what_stands_there_now_and_not_the_whole_page_again() -> None:
    voice = Listener()
    speech = Speech(lambda: voice)
    for typed in ("", "z", "zs"):
        entry = Node("who", Role.ENTRY, Text("search.entry"), Text(literal=typed), action="who")
        plain = page("search.title")
        speech.show(replace(plain, nodes=(*plain.nodes, Node("content", Role.CONTENT, children=(entry,)))))

    assert voice.heard == ["zh-Hans: title who", "zh-Hans: who", "zh-Hans: who"]
