"""espeak-ng itself, the program that reads what nobody recorded, the mixer, and the tool that records."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.scene.contract import Language, Text
from kiosk.voice.bank import Bank
from kiosk.voice.contract import Utterance
from kiosk.voice.espeak import Espeak, find_espeak
from kiosk.voice.live_engine import LiveReader
from kiosk.voice.mixer import SOUND_MISSING, MixerSink
from kiosk.voice.sound import even_out, read_wav
from kiosk.voice.speaker import Speaker
from tools.prompts.__main__ import main as prompts_main
from tools.prompts.checking import check_all
from tools.prompts.recording import Wish, list_wishes, record_all, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZH, EN = Language.ZH, Language.EN
_PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    found = find_espeak()
    assert found is not None
    return found


@pytest.fixture
def mixer(monkeypatch: pytest.MonkeyPatch) -> Iterator[MixerSink]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.mixer.quit()
    sink = MixerSink()
    yield sink
    sink.rest()


def _wanted() -> bool:
    return True


@pytest.mark.parametrize(
    ("words", "language", "shortest", "longest"),
    [
        ("请把身份证平放在读卡区", ZH, 1.5, 6.0),
        ("二十三", ZH, 0.4, 2.0),
        ("Lay your ID card on the reader", EN, 1.0, 4.0),
    ],
)
def test_the_engine_says_words_in_a_sound_length(
    espeak: Espeak, words: str, language: Language, shortest: float, longest: float
) -> None:
    """With its voice for Chinese characters, 11 syllables would be English letters and far longer."""
    wav = espeak.render(words, language)
    sound = read_wav(wav)

    assert wav[:4] == b"RIFF"
    assert int.from_bytes(wav[4:8], "little") == len(wav) - 8
    assert shortest < sound.seconds < longest
    assert 0.6 < sound.peak < 0.8


def test_what_changes_in_the_pinyin_changes_the_sound(espeak: Espeak) -> None:
    assert espeak.render("买", ZH) != espeak.render("卖", ZH)


def test_silence_around_the_words_is_cut_off_and_silence_stays_silence() -> None:
    quiet = read_wav(_wav(b"\0\0" * 22050))
    spoken = read_wav(_wav(b"\0\0" * 22050 + b"\x00\x20" * 2205 + b"\0\0" * 22050))

    assert even_out(quiet) == quiet
    assert 0.1 <= even_out(spoken).seconds < 0.25


def test_no_engine_and_no_wav_are_no_sound(tmp_path: Path) -> None:
    assert Espeak(str(tmp_path / "none")).render("好", ZH) == b""
    with pytest.raises(ValueError, match="no WAV"):
        read_wav(b"RIFF")


def test_the_live_reader_reads_and_starts_again_after_it_forgot() -> None:
    reader = LiveReader()
    name = reader.render("王秀英", ZH, _wanted)
    reader.forget()
    again = reader.render("王秀英", ZH, _wanted)
    news = reader.render("Notice", EN, _wanted)
    reader.forget()

    assert name == again
    assert 0.5 < read_wav(name).seconds < 3
    assert read_wav(news).peak > 0.6


def test_a_wish_that_is_over_is_not_waited_for_and_its_answer_is_not_taken_for_the_next() -> None:
    reader = LiveReader()
    assert reader.render("第一条通知", ZH, lambda: False) == b""
    second = reader.render("好", ZH, _wanted)
    alone = reader.render("好", ZH, _wanted)
    reader.forget()

    assert second == alone != b""


@pytest.mark.parametrize("program", ["", "import sys; sys.stdin.readline()", "raise SystemExit(1)"])
def test_a_reader_whose_program_ends_says_nothing(program: str) -> None:
    reader = LiveReader((sys.executable, "-c", program))

    assert reader.render("好", ZH, _wanted) == b""
    reader.forget()


def test_the_mixer_plays_stops_and_closes_its_device(mixer: MixerSink, espeak: Espeak) -> None:
    assert mixer.play(espeak.render("请稍候", ZH), 0.5) == pytest.approx(0.9, abs=0.7)
    assert pygame.mixer.get_busy()
    mixer.stop()
    assert not pygame.mixer.get_busy()
    mixer.rest()
    assert pygame.mixer.get_init() is None


def test_without_a_sound_device_it_says_so_once_and_goes_on(
    mixer: MixerSink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no_such_driver")
    with caplog.at_level(logging.ERROR):
        assert (mixer.play(b"RIFF", 1.0), mixer.play(b"RIFF", 1.0)) == (0.0, 0.0)
        mixer.stop()

    assert [record.getMessage().split()[0] for record in caplog.records] == [SOUND_MISSING]


def test_what_was_recorded_is_checked_found_and_played(
    espeak: Espeak, tmp_path: Path, mixer: MixerSink
) -> None:
    wishes = tuple(
        wish for wish in list_wishes(espeak) if wish.words in {"您想办什么", "正在启动，请稍候", "二十三"}
    )
    told: list[tuple[int, int]] = []
    assert record_all(espeak, wishes[:2], tmp_path, lambda *done: told.append(done)) == ()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.suffix == ".ogg"}

    assert [sentence.endswith("is not recorded") for sentence in check_all(tmp_path, wishes)] == [True]
    assert record_all(espeak, wishes, tmp_path, lambda *done: told.append(done)) == ()
    assert all(path.stat().st_mtime_ns == when for path, when in before.items())
    assert list(check_all(tmp_path, wishes)) == []
    assert told == [(1, 2), (2, 2), (1, 3), (2, 3), (3, 3)]
    assert all(Bank(tmp_path).find(wish.words, wish.language) for wish in wishes)

    speaker = Speaker(Bank(tmp_path), mixer)
    speaker.say((Utterance("title", (Text("home.title"),)),), ZH)
    assert speaker.wait_until_quiet(_PATIENCE_S)
    speaker.close()
    assert [spoken.prompt for spoken in speaker.spoken] == ["home.title"]


def test_the_check_of_an_empty_folder_names_every_prompt_and_fails(
    tmp_path: Path, mixer: MixerSink, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prompts_main(["--out", str(tmp_path), "--check"]) == 1

    said = capsys.readouterr().out.splitlines()
    assert "zh-Hans '您想办什么' is not recorded" in said
    assert said[-1] == f"{len(said) - 1} prompts, {len(said) - 1} with something wrong"


def test_damaged_silent_and_stale_recordings_are_found(
    espeak: Espeak, tmp_path: Path, mixer: MixerSink
) -> None:
    damaged, silent, short = (Wish(words, ZH, words) for words in ("damaged", "silent", "short"))
    (tmp_path / "damaged.ogg").write_bytes(b"OggS")
    (tmp_path / "silent.wav").write_bytes(_wav(b"\0\0" * 22050))
    (tmp_path / "short.wav").write_bytes(_wav(b"\x00\x60" * 220))

    wrong = list(check_all(tmp_path, (damaged, silent, short)))

    assert ["no sound" in wrong[0], "peak of 0.00" in wrong[1], "lasts 0.01 s" in wrong[2]] == [True] * 3
    assert sweep(tmp_path, (silent,)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["silent.wav"]


def _wav(samples: bytes) -> bytes:
    head = b"WAVEfmt " + (16).to_bytes(4, "little") + b"\1\0\1\0" + (22050).to_bytes(4, "little")
    head += (44100).to_bytes(4, "little") + b"\2\0\x10\0data" + len(samples).to_bytes(4, "little")
    return b"RIFF" + (len(head) + len(samples)).to_bytes(4, "little") + head + samples
