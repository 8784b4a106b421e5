"""Job titles as people type them: how many are found first, and among the first five."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from benchmarks.titles import misspelt, other_gender, other_order
from scoring.occupations import unit_groups
from scoring.resources import rows
from scoring.search import LANGUAGES, search
from tests.project import ROOT

CASES: dict[str, Any] = tomllib.loads(
    (ROOT / "tests" / "scoring" / "cases" / "everyday_titles.toml").read_text(encoding="utf-8")
)
TYPED = {
    language: [(text, code) for code, texts in CASES[language].items() for text in texts] for language in LANGUAGES
}
LEAST = 200
FIRST, FIRST_FIVE = 0.85, 0.97
DRAWN, CHANGED = 500, 0.95
CHANGES: dict[str, Callable[[str, Random], str]] = {
    "typing error": misspelt,
    "other gender": lambda title, _: other_gender(title),
    "other order": other_order,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_set_is_large_and_none_of_it_is_a_title_that_ships(language: str) -> None:
    shipped = {row["title"] for each in LANGUAGES for row in rows(f"data/titles_{each}.csv")}
    shipped |= {title for group in unit_groups().values() for title in (group.title_en, group.title_fr)}
    texts = {text.casefold() for text, _ in TYPED[language]}
    assert len(texts) == len(TYPED[language]) >= LEAST
    assert texts & {title.casefold() for title in shipped} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_is_found_first_or_among_the_first_five(language: str) -> None:
    hits = {text: [hit.code for hit in search(text)] for text, _ in TYPED[language]}
    not_first = [(text, code, hits[text]) for text, code in TYPED[language] if hits[text][:1] != [code]]
    lost = [each for each in not_first if each[1] not in each[2]]
    assert len(not_first) <= (1 - FIRST) * len(TYPED[language]), not_first
    assert len(lost) <= (1 - FIRST_FIVE) * len(TYPED[language]), lost


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("book keeper", "bookkeeper"),
        ("truckdriver", "truck driver"),
        ("masso-thérapeute", "massothérapeute"),
        ("nurse, registered", "registered nurse"),
        ("DIRECTRICE DES VENTES", "directeur des ventes"),
        ("senior IT recruiter", "recruiter"),
        ("registered infirmière", "registered nurse"),
    ],
)
def test_another_way_to_write_it_finds_the_same_group_first(text: str, alike: str) -> None:
    assert search(text)[0].code == search(alike)[0].code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I repair cars and trucks", "72410"),
        ("I teach French to children in a primary school", "41221"),
        ("worked as a cook in a restaurant", "63200"),
        ("je répare des ascenseurs", "72406"),
        ("j'enseigne les mathématiques au secondaire", "41220"),
        ("je travaille comme soudeuse dans un chantier naval", "72106"),
    ],
)
def test_a_few_words_on_what_one_does_find_the_group(text: str, code: str) -> None:
    assert code in [hit.code for hit in search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_title_that_is_known_is_found_when_it_is_changed_as_people_change_them(language: str, change: str) -> None:
    """`python -m benchmarks.measure_titles` does the same with a whole index of titles."""
    random = Random(2021)
    drawn = random.sample(rows(f"data/titles_{language}.csv"), DRAWN)
    typed = [(CHANGES[change](row["title"], random), row["code"]) for row in drawn]
    lost = [(text, code) for text, code in typed if code not in [hit.code for hit in search(text)]]
    assert len(lost) <= (1 - CHANGED) * DRAWN, lost


@pytest.mark.parametrize(
    ("one", "other"),
    [("directrice", "directeur"), ("coiffeur", "coiffeuse"), ("infirmière", "infirmier"), ("doorman", "doorwoman")],
)
def test_the_other_gender_is_made_by_the_end_of_a_word_and_back(one: str, other: str) -> None:
    assert (other_gender(one), other_gender(other)) == (other, one)


def test_a_typing_error_changes_one_place_in_a_longer_word() -> None:
    random = Random(1)
    for _ in range(200):
        typed = misspelt("chef de cuisine", random)
        assert typed.startswith("chef de c")
        assert abs(len(typed) - len("chef de cuisine")) <= 1
