"""What is said of a page: everything, in order, and nothing of a person without saying that it is private."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kiosk.flow.view import view
from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.scene.nodes import walk
from kiosk.voice.contract import Utterance
from kiosk.voice.prompts import Live, all_prompts, pieces_of
from kiosk.voice.script import of_node, script, where_am_i, without_speech
from tests.flow.situations import every_look

_SURROUNDINGS = {Role.BAND, Role.STEPS}
_CALL = Node("call", Role.BUTTON, Text("act.call_staff"), action="call_staff")


def _scene(*nodes: Node) -> Scene:
    return Scene("page", 1, Language.ZH, TextSize.NORMAL, Theme.STANDARD, nodes)


def _literals_of(text: Text) -> set[str]:
    """Everything in it that is no text of the catalogue."""
    values = [text.literal, *(value for _, value in text.values if isinstance(value, str))]
    inner = [_literals_of(value) for _, value in text.values if isinstance(value, Text)]
    return {value.strip() for value in values}.union(*inner)


@cache
def _every_scene() -> tuple[Scene, ...]:
    return tuple(dict.fromkeys(view(kiosk) for kiosk in every_look()))


def test_on_every_page_everything_is_said_and_is_recorded_but_for_content() -> None:
    looked_at: set[Text] = set()
    recorded = {language: {prompt.id for prompt in all_prompts(language)} for language in Language}
    for scene in _every_scene():
        assert without_speech(scene) == ()
        said = (*script(scene), *where_am_i(scene))
        assert all(utterance.texts for utterance in said)
        texts = {text for utterance in said for text in utterance.texts} - looked_at
        looked_at |= texts
        for language in Language:
            for text in texts:
                for piece in pieces_of(text, language):
                    if isinstance(piece, Live):
                        assert piece.words in _literals_of(text), scene.name
                    else:
                        assert piece.id in recorded[language], piece


def test_every_node_of_every_page_that_is_read_or_touched_is_in_its_script() -> None:
    for scene in _every_scene():
        said = {utterance.node for utterance in script(scene)}
        dialogs = tuple(node for node in scene.nodes if node.role is Role.DIALOG)
        shown = dialogs or tuple(node for node in scene.nodes if node.role not in _SURROUNDINGS)
        for node in walk(shown):
            assert node.id in said or not (node.action or node.label or node.detail), (scene.name, node.id)


def test_the_private_of_every_page_is_private_in_its_script() -> None:
    private_seen = 0
    for scene in _every_scene():
        private = {node.id for node in walk(scene.nodes) if node.private}
        for utterance in (*script(scene), *where_am_i(scene)):
            assert utterance.private >= (utterance.node in private)
            private_seen += utterance.private
    assert private_seen > 100


def test_title_help_and_notices_come_first_and_the_rest_as_it_stands() -> None:
    content = Node(
        "content",
        Role.CONTENT,
        children=(
            Node("choice", Role.CHOICE, Text("service.residence.name"), action="residence"),
            Node("low", Role.NOTICE, Text("services.paper_low")),
        ),
    )
    title, words = Node("title", Role.TITLE, Text("home.title")), Node("help", Role.HELP, Text("home.help"))
    scene = _scene(Node("foot", Role.FOOT, children=(_CALL,)), content, words, title)

    assert [each.node for each in script(scene)] == ["title", "help", "low", "call", "choice"]


def test_a_dialog_is_said_alone() -> None:
    dialog = Node("warning", Role.DIALOG, children=(Node("t", Role.TITLE, Text("warning.title")),))

    assert [each.node for each in script(_scene(Node("title", Role.TITLE, Text("home.title")), dialog))] == [
        "t"
    ]


def test_a_button_says_that_it_is_one_and_why_it_cannot_be_pressed_now() -> None:
    reason = Text("off.IDR", (("code", "IDR-03"),))
    off = replace(_CALL, enabled=False, detail=reason)

    assert of_node(_scene(_CALL), "call") == (
        Utterance("call", (Text("act.call_staff"), Text("voice.button"))),
    )
    assert of_node(_scene(off), "call")[0].texts == (
        Text("act.call_staff"),
        Text("voice.button"),
        Text("voice.not_now"),
        reason,
    )


def test_words_for_speech_stand_in_for_label_and_detail() -> None:
    node = Node("n", Role.TEXT, Text("home.title"), Text("home.help"), speech=Text("attract.title"))

    assert of_node(_scene(node), "n")[0].texts == (Text("attract.title"),)


def test_what_lies_in_something_private_is_private() -> None:
    name = Node("name", Role.FIELD, Text("who_you_are.name"), Text(literal="王××"))
    scene = _scene(Node("who", Role.FIELDS, private=True, children=(name,)))

    assert [each.private for each in script(scene)] == [True]


def test_hidden_characters_are_counted_and_typed_ones_told_one_by_one() -> None:
    hidden = Node("pin", Role.KEYPAD, detail=Text(literal="●●●●"))
    typed = Node("badge", Role.KEYPAD, detail=Text(literal="1207"))
    empty = Node("entry", Role.ENTRY, Text("staff_door.badge"), action="type")

    def words(node: Node) -> str:
        said = of_node(_scene(node), node.id)[0].texts
        return "|".join(piece.words for text in said for piece in pieces_of(text, Language.ZH))

    assert words(hidden) == "已输入|四|位"
    assert words(typed) == "已输入|幺|二|零|七"
    assert words(empty) == "请输入工号|还没有输入|输入框"


def test_where_am_i_tells_page_step_place_time_and_focus() -> None:
    step = Node("step-print", Role.STEP, Text("step.print"), chosen=True)
    steps = Node("steps", Role.STEPS, children=(Node("step-card", Role.STEP, Text("step.card")), step))
    band = Node(
        "band", Role.BAND, Text(literal="乐楼社区"), children=(Node("now", Role.TEXT, Text("line.online")),)
    )
    title = Node("title", Role.TITLE, Text("printing.title"))

    said = where_am_i(_scene(band, steps, title, _CALL), "call")

    assert [each.node for each in said] == ["where", "band", "now", "step-print", "title", "focus", "call"]
    assert said[3].texts[0] == Text("voice.step", (("number", "2"), ("count", "2")))


def test_a_node_without_words_is_found() -> None:
    dumb = (Node("icon", Role.BUTTON, icon="check", action="go"), Node("dash", Role.TEXT, Text(literal="—")))

    assert without_speech(_scene(*dumb, _CALL)) == ("icon", "dash")
