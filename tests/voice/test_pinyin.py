"""What the engine is given: the right syllables with their tones."""

from __future__ import annotations

import re

import pytest

from kiosk.scene.contract import Language
from kiosk.voice.pinyin import syllables, to_speak
from kiosk.voice.prompts import all_prompts

_SYLLABLE = re.compile(r"[a-z]+[1-5]")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("请把身份证放在读卡区", "qing3 ba3 shen1 fen4 zheng4 fang4 zai4 du2 ka3 qu1"),
        ("重新开始", "chong2 xin1 kai1 shi3"),
        ("重启本机", "chong2 qi3 ben3 ji1"),
        ("重插屏幕", "chong2 cha1 ping2 mu4"),
        ("还不行请到服务台", "hai2 bu4 xing2 qing3 dao4 fu2 wu4 tai2"),
        ("开户银行", "kai1 hu4 yin2 hang2"),
        ("较长时间没有操作", "jiao4 chang2 shi2 jian1 mei2 you3 cao1 zuo4"),
        ("等的时间有点长", "deng3 de5 shi2 jian1 you3 dian3 chang2"),
        ("长女", "zhang3 nv3"),
        ("拿开得早了一点", "na2 kai1 de5 zao3 le5 yi4 dian3"),
        ("没有得到答复", "mei2 you3 de2 dao4 da2 fu4"),
        ("上传记录", "shang4 chuan2 ji4 lu4"),
        ("切刀卡住", "qie1 dao1 qia3 zhu4"),
        ("请不要拿开", "qing3 bu2 yao4 na2 kai1"),
        ("第一张", "di4 yi1 zhang1"),
        ("减少一份", "jian3 shao3 yi2 fen4"),
        ("星期一", "xing1 qi1 yi1"),
        ("城关街道", "cheng2 guan1 jie1 dao4"),
    ],
)
def test_syllables(words: str, said: str) -> None:
    assert " ".join(syllables(words)) == said


def test_digits_are_chinese_and_letters_english() -> None:
    assert to_speak("未满 16 周岁（ELG-09）", Language.ZH) == (
        'wei4 man3 shi2 liu4 zhou1 sui4 <voice language="en">E L G</voice> ling2 jiu3'
    )


def test_nothing_in_the_words_is_taken_for_markup() -> None:
    assert to_speak('<voice language="de">x</voice>&', Language.EN).count("<") == 0
    assert "<audio" not in to_speak('<audio src="x"/>王', Language.ZH)


def test_english_abbreviations_are_words_or_letters() -> None:
    assert to_speak("Mon, your ID card and PIN", Language.EN) == "Monday, your I D card and pin"


def test_every_chinese_prompt_is_syllables_with_tones_and_no_character_is_left() -> None:
    for prompt in all_prompts(Language.ZH):
        given = re.sub(r"<voice[^>]*>.*?</voice>", "", to_speak(prompt.words, Language.ZH))
        assert all(_SYLLABLE.fullmatch(part) or not part.isalnum() for part in given.split()), prompt
        han = [letter for letter in prompt.words if "\u4e00" <= letter <= "\u9fff"]
        assert len(syllables("".join(han))) == len(han), prompt
