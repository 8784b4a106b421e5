"""What one does in each unit group: every group once, in both languages, in few words, set as each language is."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from conversations.session import Language
from scoring.duties import duties, official_page
from scoring.occupations import unit_groups
from scoring.resources import rows

ROWS = rows("data/duties.csv")
LANGUAGES: tuple[Language, ...] = get_args(Language)
MOST = {"en": 110, "fr": 125}
LEAST = 40
TITLES = {title.casefold() for group in unit_groups().values() for title in (group.title_en, group.title_fr)}


def test_every_unit_group_has_one_line_in_each_language_in_the_order_of_the_codes() -> None:
    assert [row["code"] for row in ROWS] == list(unit_groups()) == list(duties())
    assert list(ROWS[0]) == ["code", "en", "fr", "read"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_groups_are_told_alike_and_none_by_its_title(language: Language) -> None:
    lines = [done.said(language).casefold() for done in duties().values()]
    assert len(set(lines)) == len(lines)
    assert TITLES.isdisjoint(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_short_enough_for_five_on_a_phone(language: Language) -> None:
    lines = {code: done.said(language) for code, done in duties().items()}
    assert {code: line for code, line in lines.items() if not LEAST <= len(line) <= MOST[language]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_begins_small_and_is_no_sentence(language: Language) -> None:
    """It stands after a number, in brackets, or inside of a sentence."""
    lines = {code: done.said(language) for code, done in duties().items()}
    wrong = re.compile(r"^[^a-zà-ÿ]|[.,;:\s]$|\s\s|\t|[\"'<>&]|\.\.|\be\.g\b|\bn\.e\.c\b|\betc\b(?!\.)")
    assert {code: line for code, line in lines.items() if wrong.search(line)} == {}


def test_french_lines_are_set_as_canadian_french() -> None:
    lines = {code: done.fr for code, done in duties().items()}
    wrong = re.compile(r"[^\u00a0]:| [;!?»]|«[^\u00a0]|\btu\b|\bton\b|\btes\b")
    assert {code: line for code, line in lines.items() if wrong.search(line)} == {}


def test_french_lines_begin_with_an_infinitive_or_say_where() -> None:
    first = {code: done.fr.replace(",", " ").split()[0] for code, done in duties().items()}
    verb = re.compile(r"(er|ir|re|oir)$|^s’|^se$")
    assert {code: word for code, word in first.items() if not verb.search(word)} == {"84100": "sous"}


def test_english_lines_begin_with_a_verb_in_its_base_form() -> None:
    first = {code: done.en.split()[0] for code, done in duties().items()}
    assert {code: word for code, word in first.items() if word.endswith(("ing", "ed", "s")) and word not in BASE} == {}


BASE = {"assess", "process", "bring", "dress", "press", "discuss", "feed", "buy"}
"""Verbs that end as other forms do."""


def test_the_day_on_which_an_official_text_was_read_is_a_day_or_open() -> None:
    assert {done.read for done in duties().values()} <= {date(2026, 11, 27), None}


def test_the_official_page_of_a_group_is_found_by_its_code_in_either_language() -> None:
    english, french = official_page("31301", "en"), official_page("31301", "fr")
    assert english.startswith("https://www23.statcan.gc.ca/imdb/p3VD.pl?")
    assert french.startswith("https://www23.statcan.gc.ca/imdb/p3VD_f.pl?")
    assert "&CPV=31301&" in english
    assert english.partition("?")[2] == french.partition("?")[2]
