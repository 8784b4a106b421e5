"""The words of the command: complete in both languages, with the same placeholders."""

from __future__ import annotations

import re

import pytest

from bot.words import all_words, language_of, words

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    english, french = words("en"), words("fr")
    assert english.keys() == french.keys()
    for key, text in english.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(french[key])), key


def test_no_text_is_empty_and_none_is_the_same_in_both_languages() -> None:
    for key, text in words("en").items():
        assert text.strip()
        assert text != words("fr")[key], key


@pytest.mark.parametrize("text", list(all_words()["fr"].values()))
def test_french_has_a_no_break_space_before_a_colon_and_none_before_other_signs(text: str) -> None:
    assert not re.search(r"(?<!\N{NO-BREAK SPACE}):(?!//)", text)
    assert not re.search(r"\s[;!?]", text)
    assert "'" not in text


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_CA.UTF-8"}, "fr"),
        ([], {"LANG": "fr_FR", "LC_ALL": "en_CA.UTF-8"}, "en"),
        (["--lang", "fr"], {"LANG": "en_CA"}, "fr"),
        (["rules", "--lang=fr"], {}, "fr"),
        (["--lang", "de"], {"LANG": "fr_CA"}, "fr"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_asked_for_wins_over_that_of_the_environment(
    arguments: list[str], environment: dict[str, str], lang: str
) -> None:
    assert language_of(arguments, environment) == lang
