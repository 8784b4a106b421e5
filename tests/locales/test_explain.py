"""The explanations: each entry in both languages, short and plain, well set, with its source and numbers of the day."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.build import explained
from bot.wording import Wording
from bot.wording.splitting import units
from conversations.explained import Case, Entry
from conversations.figures import PATHS, WORKED_OUT, figures, names_in
from conversations.replies import Reply
from conversations.session import Language
from scoring.rulebook import shipped
from tests.conversations.storytelling import Chat, plain
from tests.locales.french import english_in, misset
from tests.locales.reading import ease, grade, sentences, words
from tests.project import ROOT

TODAY = date(2026, 11, 27)
ENTRIES: tuple[Entry, ...] = tuple(explained().entries.values())
CASES: tuple[Case, ...] = tuple(explained().cases.values())
TOLD: tuple[Entry | Case, ...] = (*ENTRIES, *CASES)
LANGUAGES: tuple[Language, ...] = ("en", "fr")
MOST_LETTERS, MOST_LABEL = 700, 59
MOST_WORDS = {"en": 19, "fr": 23}
"""Words of a sentence: under 20 in English; French needs about a fifth more of them for the same thing."""
HARDEST_GRADE, LEAST_EASE = 8.0, 60.0
"""Grade 8 in English; in French an ease of 60 by Kandel and Moles, where plain prose for adults begins."""
NAMES = re.compile(
    r"One Skill Retake|Identity History Summary|\b(?:IELTS|TOEFL|PTE|CELPIP|FBI)\b[\w ]*?(?=[\s,.;:)’]|$)"
    r"|\b(?:General Training|Core|General|Essentials|Academic|iBT)\b"
)
"""Names of tests and of a foreign paper, which are not translated."""
DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
REGISTERS = ("college-ic.ca", "flsc.ca", "cnq.org")


def texts(language: Language) -> list[tuple[str, str]]:
    return [(each.id, each.text[language]) for each in TOLD]


@cache
def pages(language: Language) -> tuple[tuple[str, str], ...]:
    """Every entry as it is shown on the day of the tests."""
    chat = Chat(today=TODAY)
    shown: list[tuple[str, str]] = []
    for entry in ENTRIES:
        reply = chat.tap(f"e:i:{entry.id}")[0]
        shown.append((entry.id, _said(replace(reply, language=language))))
    return tuple(shown)


def _said(reply: Reply) -> str:
    messages = Wording().say(reply)
    assert len(messages) == 1
    return str(messages[0]["text"])


def test_there_are_enough_entries() -> None:
    assert len(ENTRIES) >= 45


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_whole_in_both_languages(entry: Entry) -> None:
    for language in LANGUAGES:
        assert 100 < len(entry.text[language]) <= MOST_LETTERS, len(entry.text[language])
        assert 0 < len(entry.title[language]) <= MOST_LABEL
        assert any(explained().names[name] == entry.id for name in explained().names)
    assert entry.source["en"].startswith("http")
    assert entry.checked_on <= TODAY
    assert 2 <= len(entry.see) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_name_the_same_numbers_of_the_law(language: Language) -> None:
    other = "fr" if language == "en" else "en"
    wrong = [entry.id for entry in ENTRIES if set(names_in(entry.text[language])) - set(names_in(entry.text[other]))]
    assert wrong == []


def test_every_figure_is_known_on_the_day_and_used() -> None:
    found = figures([*PATHS, *WORKED_OUT], shipped().on(TODAY))
    assert all(each["value"] is not None for each in found.values())
    assert {name for entry in ENTRIES for name in entry.figures} == set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_long(language: Language) -> None:
    long = [
        (name, count, each)
        for name, text in texts(language)
        for each in sentences(text)
        if (count := words(each)) > MOST_WORDS[language]
    ]
    assert long == []


def test_english_reads_at_grade_8_or_lower() -> None:
    hard = {name: round(found, 1) for name, text in texts("en") if (found := grade(_numbered(text))) > HARDEST_GRADE}
    assert hard == {}


def test_french_reads_as_plain_prose() -> None:
    hard = {name: round(found) for name, text in texts("fr") if (found := ease(_numbered(text))) < LEAST_EASE}
    assert hard == {}


def _numbered(text: str) -> str:
    """A text with some number in the place of each figure."""
    return re.sub(r"\{[^}]*\}", "12", text)


def test_french_is_set_as_canadian_french() -> None:
    assert [(name, misset(text)) for name, text in texts("fr") if misset(text)] == []
    titles = [each.title["fr"] for each in TOLD]
    assert [(title, misset(title)) for title in titles if misset(title)] == []


def test_no_english_is_left_in_french() -> None:
    left = [(name, found) for name, text in texts("fr") if (found := english_in(NAMES.sub("", _numbered(text))))]
    assert left == []


def test_french_says_vous() -> None:
    familiar = re.compile(r"\b(?:tu|ton|ta|tes|toi|te)\b|\bt’", re.IGNORECASE)
    assert [name for name, text in texts("fr") if familiar.search(text)] == []


def test_english_has_no_straight_quotes() -> None:
    assert [name for name, text in texts("en") if re.search(r"['\"]|\.\.\.", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_in_words(language: Language) -> None:
    assert [name for name, text in texts(language) if DATE.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_one_message_that_says_where_it_was_read(language: Language) -> None:
    for name, page in pages(language):
        assert units(page) <= 3500, name
        assert not re.search(r"[{}]|Undefined", plain(page)), (name, page)
        entry = explained().entries[name]
        assert (entry.read == "own") or entry.source["en"].split("/")[2] in page or entry.source["fr"] in page, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_rests_on_no_official_text_says_so(language: Language) -> None:
    unsure = {
        "reported": {"en": "from third parties", "fr": "vient de tiers"},
        "general": {"en": "general knowledge", "fr": "connaissance générale"},
        "not_found": {"en": "found none", "fr": "sans en trouver"},
    }
    for name, page in pages(language):
        read = explained().entries[name].read
        assert [kind for kind, said in unsure.items() if said[language] in page] == [read] * (read in unsure), name


def test_licensed_help_is_the_three_registers_and_nobody_else() -> None:
    links = [link["url"].split("/")[2].removeprefix("www.") for link in explained().entries["advice"].links]
    assert tuple(links) == REGISTERS


def test_each_province_and_territory_with_a_program_has_its_page() -> None:
    links = explained().entries["pnp"].links
    assert len(links) == len({link["url"] for link in links}) == 11


# -- the mission

MISSION = ROOT / "docs" / "mission.md"
ITEM = re.compile(r"^\| (\d+) \| ([a-z, ]+) \| (.*) \|$", re.MULTILINE)


def items() -> list[tuple[int, list[str], str]]:
    found = ITEM.findall(MISSION.read_text("utf-8"))
    return [(int(number), how.split(", "), where) for number, how, where in found]


def test_every_item_of_the_mission_is_answered_somewhere() -> None:
    assert [number for number, _, _ in items()] == list(range(1, 81))
    assert {each for _, how, _ in items() for each in how} == {"computed", "explained", "outside"}


@pytest.mark.parametrize("item", items(), ids=lambda item: str(item[0]))
def test_an_explained_item_has_its_entries(item: tuple[int, list[str], str]) -> None:
    _, how, where = item
    named = re.findall(r"`([a-z_0-9]+)`", where)
    assert bool(named) == ("explained" in how or "outside" in how)
    assert [name for name in named if name not in explained().entries] == []


def test_every_file_of_explanations_is_toml() -> None:
    for path in (ROOT / "locales" / "explain").glob("*.toml"):
        assert tomllib.loads(path.read_text("utf-8"))
