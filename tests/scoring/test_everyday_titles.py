"""Job titles as people type them: how many are found first, and among the first five."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

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
