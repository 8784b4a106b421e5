"""The search by job title: common titles in both languages, codes, and texts that mean nothing."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.job_words import fold, folded
from scoring.occupations import unit_groups
from scoring.search import search
from tests.project import ROOT

CASES: dict[str, Any] = tomllib.loads(
    (ROOT / "tests" / "scoring" / "cases" / "occupation_search.toml").read_text(encoding="utf-8")
)
TITLES = [(text, code) for code, texts in CASES["first_five"].items() for text in texts]


@pytest.mark.parametrize(("text", "code"), TITLES)
def test_common_title_is_among_the_first_five(text: str, code: str) -> None:
    assert code in [hit.code for hit in search(text)]


@pytest.mark.parametrize("text", CASES["nothing"]["texts"])
def test_nothing_is_found_for_no_title(text: str) -> None:
    assert search(text) == []


@pytest.mark.parametrize("group", unit_groups().values(), ids=lambda group: group.code)
def test_a_title_finds_its_own_group_first(group: Any) -> None:
    for title in (group.title_en, group.title_fr):
        best = search(title, limit=1)[0]
        # long titles are cut, so that a group that shares their beginning may come first
        if len(folded(title)) <= 12:
            assert best.score >= 99
            assert group.code in [hit.code for hit in search(title) if hit.score == best.score]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("21231", ["21231"]),
        ("NOC 21231", ["21231"]),
        ("cnp: 21231", ["21231"]),
        ("2123", ["21230", "21231", "21232", "21233", "21234"]),
        ("7230", ["72300", "72301", "72302"]),
        ("99", []),
        ("99999", []),
    ],
)
def test_codes_and_their_beginnings(text: str, codes: list[str]) -> None:
    assert [hit.code for hit in search(text)] == codes


def test_hits_are_best_first_and_as_many_as_asked() -> None:
    hits = search("engineer", limit=12)
    assert len(hits) == 12
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].title_en == unit_groups()[hits[0].code].title_en
    assert search("engineer", limit=3) == hits[:3]


@pytest.mark.parametrize(
    "alike",
    [
        ("infirmier", "infirmière", "infirmiers", "infirmières"),
        ("directeur", "directrice", "directeurs", "directrices"),
        ("coiffeur", "coiffeuse"),
        ("électricien", "électricienne"),
        ("enseignant", "enseignante", "ENSEIGNANTES"),
        ("nurse", "nurses"),
        ("secretary", "secretaries"),
        ("administratif", "administrative"),
    ],
)
def test_plural_and_gender_do_not_matter(alike: tuple[str, ...]) -> None:
    assert len({tuple(folded(word)) for word in alike}) == 1


@given(st.one_of(st.text(max_size=300), st.text(alphabet="abcdeéilnoprstu '-/", max_size=60)))
def test_any_text_is_searched(text: str) -> None:
    hits = search(text)
    assert len(hits) <= 5
    assert all(hit.code in unit_groups() and 0 < hit.score <= 100 for hit in hits)


@pytest.mark.parametrize("text", ["nurse " * 10_000, "z" * 100_000, "\x00", "\ud800", "ß" * 500, "1" * 5_000])
def test_nasty_texts(text: str) -> None:
    assert len(search(text)) <= 5


@given(st.text(alphabet=st.characters(categories=["Ll", "Nd"]), max_size=30))
def test_folding_ends(word: str) -> None:
    assert len(fold(word)) <= len(word) + 1
