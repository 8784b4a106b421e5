"""The everyday titles that ship: enough of them, in both languages and genders, each found under its group."""

from collections import Counter

import pytest

from scoring.job_words import folded
from scoring.occupations import unit_groups
from scoring.resources import rows, toml
from scoring.search import LANGUAGES, search

TITLES = {language: rows(f"data/titles_{language}.csv") for language in LANGUAGES}
SKILLED = {code for code, group in unit_groups().items() if group.teer <= 3}
IN_CATEGORIES = {code for category in toml("rules/categories.toml")["category"] for code in category.get("nocs", ())}
LEAST = 4
"""Titles that every group of TEER 0 to 3 has in each language."""
ABBREVIATIONS = {
    "31301": ("RN", "IDE"),
    "32101": ("LPN", "RPN"),
    "33102": ("PSW", "CNA", "HCA", "PAB"),
    "42202": ("ECE", "EPE", "RECE"),
    "72402": ("HVAC technician", "technicien CVAC"),
    "21232": ("dev",),
    "22221": ("IT support",),
    "31302": ("NP", "IPS"),
    "11100": ("CPA",),
    "72404": ("AME", "TEA"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_of_groups_that_exist_each_once_in_the_order_of_the_codes(language: str) -> None:
    codes = [row["code"] for row in TITLES[language]]
    assert set(codes) == set(unit_groups())
    assert codes == sorted(codes)
    assert len({(row["code"], row["title"]) for row in TITLES[language]}) == len(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_says_something_and_is_trimmed(language: str) -> None:
    assert [row for row in TITLES[language] if not folded(row["title"]) or row["title"] != row["title"].strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_of_teer_0_to_3_have_four_titles_and_those_in_a_category_more(language: str) -> None:
    count = Counter(row["code"] for row in TITLES[language])
    assert {code for code in SKILLED if count[code] < LEAST} == set()
    assert {code for code in IN_CATEGORIES if count[code] <= LEAST} == set()


def test_a_french_title_stands_in_both_genders_in_every_skilled_group() -> None:
    """Two titles of the same folded words are the two genders of one; some words are the same in both."""
    alike = Counter((row["code"], *sorted(folded(row["title"]))) for row in TITLES["fr"])
    assert {code for code in SKILLED if not any(key[0] == code and count > 1 for key, count in alike.items())} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_finds_its_group(language: str) -> None:
    lost = [row for row in TITLES[language] if row["code"] not in [hit.code for hit in search(row["title"])]]
    assert lost == []


@pytest.mark.parametrize(("code", "title"), [(code, title) for code, all_ in ABBREVIATIONS.items() for title in all_])
def test_an_abbreviation_finds_its_group_first(code: str, title: str) -> None:
    assert search(title, limit=1)[0].code == code
