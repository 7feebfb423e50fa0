"""The speaker: begins at once, breaks off at once, and keeps a person's data to the headset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.contract import Language, Text
from kiosk.voice.bank import INDEX, Bank
from kiosk.voice.contract import Utterance
from kiosk.voice.sinks import SilentSink
from kiosk.voice.speaker import VOLUMES, Speaker, Spoken, make_voice
from tests.voice.sinks import EchoReader, EndlessSink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZH = Language.ZH
_TITLE = Utterance("title", (Text("home.title"),))
_HELP = Utterance("help", (Text("home.help"),))
_NAME = Utterance("name", (Text("who_you_are.name"), Text(literal="王秀英")), private=True)
_NUMBER = Utterance("number", (Text("who_you_are.number"), Text(literal="61**********1234")), private=True)
_WAY = Utterance("way", (Text("who_you_are.way"), Text("mode.rented")), private=True)
_UNTIL = Utterance("until", (Text("who_you_are.way_until", (("mode", Text("mode.rented")),)),), private=True)
_ON_SCREEN = "个人信息显示在屏幕上。插上耳机可以听"
_PATIENCE_S = 20.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank in which two prompts are recorded."""
    (tmp_path / "title.ogg").write_bytes(b"recorded title")
    (tmp_path / "help.wav").write_bytes(b"recorded help")
    index = {"zh-Hans": {"您想办什么": "title.ogg", "也可以直接把身份证放在读卡区": "help.wav"}}
    (tmp_path / INDEX).write_text(json.dumps(index), encoding="utf-8")
    return tmp_path


@pytest.fixture
def sink() -> EndlessSink:
    return EndlessSink()


@pytest.fixture
def reader() -> EchoReader:
    return EchoReader()


@pytest.fixture
def speaker(folder: Path, sink: EndlessSink, reader: EchoReader) -> Iterator[Speaker]:
    speaker = Speaker(Bank(folder), sink, reader)
    yield speaker
    speaker.close()


@pytest.fixture
def quick(folder: Path, reader: EchoReader) -> Iterator[Speaker]:
    """What it says lasts no time."""
    speaker = Speaker(Bank(folder), SilentSink(), reader)
    yield speaker
    speaker.close()


def _say(speaker: Speaker, *utterances: Utterance) -> list[Spoken]:
    speaker.say(utterances, ZH)
    assert speaker.wait_until_quiet(_PATIENCE_S)
    return list(speaker.spoken)


def test_prompts_are_said_in_order_and_their_ids_are_remembered(quick: Speaker) -> None:
    assert _say(quick, _TITLE, _HELP) == [Spoken("title", "home.title"), Spoken("help", "home.help")]


def test_a_recording_sounds_and_what_is_not_recorded_is_read(quick: Speaker, reader: EchoReader) -> None:
    title = Utterance("title", (Text("printing.title"),))

    _say(quick, _TITLE, title, Utterance("news", (Text(literal="通知"),)))

    assert reader.asked == ["正在打印，请稍候", "通知"]


def test_a_new_order_breaks_off_the_one_before(speaker: Speaker, sink: EndlessSink) -> None:
    speaker.say((_TITLE, _HELP), ZH)
    assert sink.next().sound == b"recorded title"

    speaker.say((_HELP,), ZH)

    assert sink.next().sound == b"recorded help"
    assert not sink.has_more


def test_stop_is_silence_before_it_returns(speaker: Speaker, sink: EndlessSink) -> None:
    speaker.say((_TITLE, _HELP), ZH)
    assert sink.next().sound

    speaker.stop()

    assert not sink.is_sounding
    assert speaker.wait_until_quiet(_PATIENCE_S)
    assert not sink.has_more


def test_the_first_prompt_sounds_within_50_ms_and_so_after_an_interruption(
    speaker: Speaker, sink: EndlessSink
) -> None:
    """The quickest of several: how busy this machine is, is not what is asked."""
    taken = []
    for _ in range(10):
        speaker.say((_TITLE,), ZH)
        began = sink.next().at
        speaker.say((_HELP,), ZH)
        taken.append(sink.next().at - began)
    assert min(taken) < 0.05


def test_without_a_headset_nothing_private_is_said_or_even_read(quick: Speaker, reader: EchoReader) -> None:
    said = _say(quick, _TITLE, _NAME, _NUMBER, _HELP)

    assert [each.node for each in said] == ["title", "name", "help"]
    assert said[1].prompt == "voice.private"
    assert reader.asked == [_ON_SCREEN]


def test_with_the_headset_the_private_is_said_and_the_log_does_not_tell_it(
    quick: Speaker, reader: EchoReader
) -> None:
    quick.plug(headset=True)

    said = _say(quick, _NAME, _NUMBER, _UNTIL)

    assert "王秀英" in reader.asked
    assert {each.prompt for each in said if each.node == "name"} == {"who_you_are.name", "private"}
    assert {each.prompt for each in said if each.node == "number"} == {"who_you_are.number", "private"}
    assert {each.prompt for each in said if each.node == "until"} == {"private", "who_you_are.way_until#1"}
    assert "王秀英" not in repr(said)


def test_pulling_out_the_headset_is_silence_at_once(speaker: Speaker, sink: EndlessSink) -> None:
    speaker.plug(headset=True)
    speaker.say((_NAME,), ZH)
    sink.next()

    speaker.plug(headset=False)

    assert not sink.is_sounding
    speaker.say((_NAME,), ZH)
    assert sink.next().sound.decode() == _ON_SCREEN


def test_the_volume_goes_up_by_steps_and_back_with_the_session(speaker: Speaker, sink: EndlessSink) -> None:
    def volume() -> float:
        speaker.say((_TITLE,), ZH)
        return sink.next().volume

    heard = [volume()]
    for _ in VOLUMES:
        speaker.louder()
        heard.append(volume())
    assert heard == [*VOLUMES, VOLUMES[0]]

    speaker.louder()
    speaker.reset()

    assert not sink.is_sounding
    assert volume() == VOLUMES[0]
    assert VOLUMES[-1] / VOLUMES[0] == 8  # 18 dB


def test_the_end_of_a_session_forgets_what_was_said(quick: Speaker, reader: EchoReader) -> None:
    quick.plug(headset=True)
    _say(quick, _NAME)

    quick.reset()

    assert _say(quick, _TITLE) == [Spoken("title", "home.title")]
    assert reader.forgotten == 1


def test_a_machine_without_sound_and_prompts_keeps_going(tmp_path: Path) -> None:
    voice = make_voice(tmp_path / "nowhere", audio=False)

    assert [each.prompt for each in _say(voice, _TITLE, _WAY)] == ["home.title", "voice.private"]
    voice.close()


@pytest.mark.parametrize(
    "index", ["{", "[]", '{"zh-Hans": 3}', '{"zh-Hans": {"您想办什么": "../title.ogg"}}']
)
def test_a_broken_index_is_an_empty_bank(folder: Path, index: str) -> None:
    (folder / INDEX).write_text(index, encoding="utf-8")

    assert Bank(folder).find("您想办什么", ZH) == b""
