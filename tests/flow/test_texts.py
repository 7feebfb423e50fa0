"""The two catalogues, and what the views ask of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import PlatformCode, ResidenceMode
from devices.contract import DeviceCode
from kiosk.domain.codes import EligibilityCode, FlowCode, StoreCode
from kiosk.domain.offline import OfflineCode
from kiosk.domain.purposes import PURPOSES
from kiosk.domain.relations import NAMED_CODES
from kiosk.domain.services import MAIN_SERVICES, NOT_ISSUED, ServiceKind
from kiosk.flow.view import view
from kiosk.scene.contract import Language
from printer_templates.contract import PaperCode
from tests.flow.catalogues import places_in, read_texts
from tests.flow.situations import every_look
from tests.flow.soundness import texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Text

TEXTS = {language: read_texts(language) for language in Language}
CODES = (*DeviceCode, *PlatformCode, *PaperCode, *StoreCode, *EligibilityCode, *OfflineCode, *FlowCode)


def shown_texts() -> Iterator[Text]:
    """Every text of every page in every situation."""
    for kiosk in every_look():
        yield from texts_in(view(kiosk).nodes)


def test_both_catalogues_hold_the_same_keys() -> None:
    assert TEXTS[Language.ZH].keys() == TEXTS[Language.EN].keys()


def test_both_catalogues_take_the_same_values() -> None:
    for key, words in TEXTS[Language.ZH].items():
        assert places_in(words) == places_in(TEXTS[Language.EN][key]), key


@pytest.mark.parametrize("language", Language)
def test_every_text_that_a_page_asks_for_is_there_with_all_its_values(language: Language) -> None:
    for text in shown_texts():
        if text.key:
            assert text.key in TEXTS[language]
            assert places_in(TEXTS[language][text.key]) <= dict(text.values).keys(), text.key


def test_a_text_has_either_a_key_or_words_of_its_own() -> None:
    for text in shown_texts():
        assert bool(text.key) != bool(text.literal)


@pytest.mark.parametrize("language", Language)
def test_every_code_has_a_sentence_that_ends_with_the_code(language: Language) -> None:
    """Plain words first; the code stands once, in brackets, at the end."""
    for code in CODES:
        sentence = TEXTS[language][f"code.{code}.say"]

        assert re.search(rf"[（(]{code}[）)]\.?$", sentence), sentence
        assert sentence.count(code) == 1


@pytest.mark.parametrize("language", Language)
def test_every_reason_for_a_refusal_says_what_to_do_and_what_to_bring(language: Language) -> None:
    for code in EligibilityCode:
        assert TEXTS[language][f"code.{code}.todo"]
        assert TEXTS[language][f"code.{code}.bring"]


@pytest.mark.parametrize("language", Language)
def test_services_purposes_relations_and_ways_of_residing_have_names(language: Language) -> None:
    keys = [f"service.{service.key}.name" for service in (*MAIN_SERVICES, *NOT_ISSUED)]
    keys += [f"purpose.{purpose.key}" for purpose in PURPOSES]
    keys += [f"relation.{code}" for code in NAMED_CODES]
    keys += [f"mode.{mode}" for mode in ResidenceMode]
    for service in (*MAIN_SERVICES, *NOT_ISSUED):
        if service.kind in {ServiceKind.GUIDE, ServiceKind.NOT_ISSUED}:
            keys += [f"service.{service.key}.{part}" for part in ("meaning", "where", "bring")]

    assert [key for key in keys if not TEXTS[language].get(key)] == []


def test_english_is_english_and_chinese_is_chinese() -> None:
    own_names = {"preference.language_zh-Hans"}  # a language is offered in its own writing
    chinese = re.compile(r"[\u4e00-\u9fff]")

    leaks = [key for key, words in TEXTS[Language.EN].items() if chinese.search(words)]

    assert set(leaks) <= own_names


def test_the_chinese_uses_no_western_punctuation_between_its_words() -> None:
    crude = re.compile(r"[\u4e00-\u9fff][,;:?!.]|[,;:?!][\u4e00-\u9fff]")

    assert [key for key, words in TEXTS[Language.ZH].items() if crude.search(words)] == []


@pytest.mark.parametrize("language", Language)
def test_no_text_is_empty_or_framed_by_blanks(language: Language) -> None:
    assert [key for key, words in TEXTS[language].items() if not words or words != words.strip()] == []


def test_paper_and_screen_name_a_purpose_alike() -> None:
    for purpose in PURPOSES:
        assert TEXTS[Language.ZH][f"purpose.{purpose.key}"] == purpose.on_paper
