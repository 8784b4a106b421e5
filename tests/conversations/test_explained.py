"""Which entry a question asks about, which text tells of a complex case, and what is wrong with data that errs."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.build import explained
from conversations.explained import NOTHING_EXPLAINED, Explained, ExplainError
from conversations.figures import figures, is_figure
from scoring.rulebook import NoRulesError, shipped
from tests.project import ROOT

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "explained.toml").read_text("utf-8"))
FOLDER = ROOT / "locales" / "explain"


@pytest.mark.parametrize(("text", "entry"), [(text, name) for name, texts in CASES["asked"].items() for text in texts])
def test_a_question_finds_its_entry(text: str, entry: str) -> None:
    found = explained().asking.asked(text)
    assert found is not None
    assert found.entry == entry


@pytest.mark.parametrize("entry", explained().entries.values(), ids=lambda entry: entry.id)
def test_every_name_is_found_bare_and_asked(entry: Any) -> None:
    for name, meant in explained().names.items():
        if meant == entry.id:
            assert explained().asking.bare(name) == entry.id, name
            for question in (f"what is {name}?", f"c'est quoi {name}", f"{name}, c'est quoi?"):
                found = explained().asking.asked(question)
                assert found is not None, question
                assert found.entry == entry.id, question


@pytest.mark.parametrize("text", CASES["no_question"]["texts"])
def test_what_asks_for_something_else_is_no_question_about_a_term(text: str) -> None:
    found = explained().asking.asked(text)
    assert found is None or found.entry is None


@pytest.mark.parametrize("text", CASES["unknown"]["texts"])
def test_a_term_that_is_not_explained_is_known_to_be_one(text: str) -> None:
    found = explained().asking.asked(text)
    assert found is not None
    assert found.entry is None
    assert explained().nearest(found.term) == []


@pytest.mark.parametrize(("term", "near"), CASES["near"].items())
def test_only_what_is_near_to_an_unknown_term_is_offered(term: str, near: list[str]) -> None:
    assert [entry.id for entry in explained().nearest(term)] == near


PHRASES = [(name, phrase) for phrase, name in explained().phrases.items()]


@pytest.mark.parametrize(("entry", "phrase"), PHRASES)
def test_a_phrase_of_an_entry_is_found_with_few_words_beside_it_and_not_in_a_story(entry: str, phrase: str) -> None:
    for text in (phrase, f"so tell me {phrase} please", f"dites {phrase}?"):
        told = explained().told(text)
        assert told is not None, text
        assert told.id == entry, text
    assert explained().told(f"{phrase} {'and so on ' * 3}") is None
    assert explained().told(f"what if {phrase}") is None


@pytest.mark.parametrize(("text", "entry"), [(text, name) for name, texts in CASES["told"].items() for text in texts])
def test_what_is_said_in_words_of_ones_own_finds_its_entry(text: str, entry: str) -> None:
    told = explained().told(text)
    assert told is not None
    assert told.id == entry


@pytest.mark.parametrize("text", CASES["not_told"]["texts"])
def test_a_fact_a_supposition_or_another_wish_is_no_such_phrase(text: str) -> None:
    assert explained().told(text) is None


INVITED = date(2026, 11, 12)


@pytest.mark.parametrize("text", CASES["once_invited"]["texts"])
def test_a_change_in_the_family_is_a_complex_case_once_there_is_an_invitation(text: str) -> None:
    found = explained().case(text, INVITED)
    assert found is not None
    assert found.id == "marital"
    assert explained().case(text) is None


@pytest.mark.parametrize("text", CASES["long_before"]["texts"])
def test_what_is_dated_before_the_invitation_or_denied_is_no_change_after_it(text: str) -> None:
    assert explained().case(text, INVITED) is None


@pytest.mark.parametrize("text", CASES["personal"]["texts"])
def test_a_question_about_the_person_asks_about_no_term(text: str) -> None:
    assert explained().asking.asked(text) is None


@pytest.mark.parametrize(("text", "case"), [(text, name) for name, texts in CASES["complex"].items() for text in texts])
def test_a_complex_case_is_noticed(text: str, case: str) -> None:
    found = explained().case(text)
    assert found is not None
    assert found.id == case


@pytest.mark.parametrize("text", CASES["simple"]["texts"])
def test_what_is_denied_or_only_near_is_no_complex_case(text: str) -> None:
    assert explained().case(text) is None


def test_a_misspelt_term_is_found_and_a_short_one_is_not_guessed() -> None:
    asked = explained().asking.asked
    assert [asked("what is expres entry"), asked("c'est quoi la preuve de fond")] != [None, None]
    found = asked("what is crx")
    assert found is not None
    assert found.entry is None


# -- the data

Files = dict[str, Any]


@pytest.fixture
def files() -> Files:
    return {path.stem: copy.deepcopy(tomllib.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.toml")}


def test_a_name_that_stands_for_two_entries_is_an_error(files: Files) -> None:
    files["basics"]["entries"][0]["names"]["fr"].append("SCG")
    with pytest.raises(ExplainError, match="stands for"):
        Explained.from_data(files)


@pytest.mark.parametrize(
    ("what", "value", "wrong"),
    [
        ("source", "nowhere", "no such source: nowhere"),
        ("read", "perhaps", "read is one of"),
        ("see", ["nothing"], "leads to nothing"),
        ("see", ["express_entry"], "leads to express_entry"),
        ("rounds", ["lottery"], "no such figure or type of round: lottery"),
        ("goal", "luck", "no such goal: luck"),
        ("page", "luck", "no such page: luck"),
        ("text", {"en": "It takes {luck.points}.", "fr": "Il en faut."}, "luck.points"),
    ],
)
def test_an_entry_that_leads_nowhere_is_an_error(files: Files, what: str, value: Any, wrong: str) -> None:
    files["basics"]["entries"][0][what] = value
    with pytest.raises(ExplainError, match=wrong):
        Explained.from_data(files)


def test_with_no_data_nothing_is_explained() -> None:
    assert NOTHING_EXPLAINED.named("CRS") is None
    assert NOTHING_EXPLAINED.case("my visa was refused") is None


# -- the numbers of the law

NUMBERS = [
    ("fsw.pass_mark", date(2026, 11, 27), 67),
    ("invitation.days", date(2018, 6, 25), 90),
    ("invitation.days", date(2018, 6, 26), 60),
    ("crs.french_english", date(2020, 10, 19), 30),
    ("crs.french_english", date(2020, 10, 20), 50),
    ("crs.offer_before", date(2025, 3, 25), 50),
    ("crs.offer_until", date(2025, 3, 25), "2025-03-24"),
    ("category.months", date(2026, 2, 17), 6),
    ("category.months", date(2026, 2, 18), 12),
    ("category.months_before", date(2026, 2, 18), 6),
    ("funds.one", date(2025, 7, 6), 14690),
    ("funds.one", date(2025, 7, 7), 15263),
    ("tef.reading", date(2026, 11, 27), 207),
    ("work.hours", date(2026, 11, 27), 1560),
    ("funds.three", date(2026, 11, 27), 23360),
    ("funds.seven", date(2026, 11, 27), 40392),
    ("funds.more", date(2026, 11, 27), 4112),
    ("fee.single", date(2026, 4, 29), 950 + 575 + 85),
    ("fee.single", date(2026, 4, 30), 990 + 600 + 85),
    ("age.first", date(2026, 11, 27), 20),
    ("age.last", date(2026, 11, 27), 29),
    ("age.none", date(2026, 11, 27), 45),
    ("grid.age_last", date(2026, 11, 27), 35),
    ("grid.age_none", date(2026, 11, 27), 47),
    ("biometrics.last", date(2026, 11, 27), 79),
]


@pytest.mark.parametrize(("name", "on", "value"), NUMBERS)
def test_a_figure_is_that_of_the_day(name: str, on: date, value: float | str) -> None:
    assert figures([name], shipped().on(on))[name]["value"] == value


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("fst.months", date(2022, 11, 15)),
        ("crs.offer_gone", date(2025, 3, 24)),
        ("category.months", date(2023, 5, 30)),
        ("fee.single", date(2022, 4, 29)),
        ("category.months_before", date(2025, 2, 26)),
    ],
)
def test_a_figure_without_rules_for_the_day_is_an_error_and_no_guess(name: str, on: date) -> None:
    with pytest.raises(NoRulesError):
        figures([name], shipped().on(on))


@pytest.mark.parametrize("name", ["", "fsw", "fsw.__class__", "book.reported", "fsw.pass_mark.real"])
def test_only_named_figures_are_figures(name: str) -> None:
    assert not is_figure(name)
    with pytest.raises(KeyError):
        figures([name], shipped().on(date(2026, 11, 27)))
