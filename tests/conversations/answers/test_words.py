"""Texts made comparable, and numbers in words."""

import pytest

from conversations.answers.result import Misread, Unclear
from conversations.answers.text import MOST_TEXT, clean, normal, plain, standing, words
from conversations.answers.words import number_words, with_digits


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Qu’est-ce que ça fait ?", "quest ce que ca fait"),
        ("  J'AI\u00a0REÇU  mon\u202finvitation !! ", "jai recu mon invitation"),
        ("ŒUVRE", "oeuvre"),
        ("what's my score?", "whats my score"),
        ("\x00\u200b", ""),
    ],
)
def test_normal_keeps_the_words(typed: str, expected: str) -> None:
    assert normal(typed) == expected


@pytest.mark.parametrize("typed", ["İstanbul", "cœur", "½", "ﬁn", "é", "e\u0301", "🇵🇭 Ω", "ﷺ" * 500])
def test_plain_keeps_every_place(typed: str) -> None:
    assert len(plain(clean(typed))) == len(clean(typed)) <= MOST_TEXT


def test_lines_are_kept_and_spaces_are_single() -> None:
    assert clean(" a \t b \r\n\n  c\u00a0d ") == "a b\nc d"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("zero", 0), ("twenty", 20), ("twenty-one", 21), ("ninety nine", 99), ("un", 1), ("une", 1), ("seize", 16),
        ("vingt", 20), ("vingt et un", 21), ("vingt-deux", 22), ("soixante-dix", 70), ("soixante et onze", 71),
        ("septante", 70),
        ("quatre-vingts", 80), ("quatre-vingt-un", 81), ("quatre-vingt-dix-neuf", 99), ("nonante", 90),
    ],
)  # fmt: skip
def test_numbers_in_words(said: str, value: int) -> None:
    assert with_digits(said).strip() == str(value)


def test_every_number_up_to_99_has_words_in_both_languages() -> None:
    assert set(number_words().values()) == set(range(100))


def test_other_words_stay_in_their_places() -> None:
    said = "four years, quatre-vingt-dix jours, someone, onerous"
    assert len(with_digits(said)) == len(said)
    assert with_digits(said).endswith("someone, onerous")


def test_the_longest_phrase_stands() -> None:
    known = {"new york": 1, "new": 2, "york city": 3}
    found = [(place.words, value) for place, value in standing("In New York City, new", known)]
    assert found == [("new york", 1), ("new", 2)]
    assert [word.text for word in words("d'Inde")] == ["d", "inde"]


def test_a_choice_is_between_two_and_five() -> None:
    for options in [(), (1,), (1, 2, 3, 4, 5, 6)]:
        with pytest.raises(ValueError, match="2 to 5"):
            Unclear("x", "read", options)


def test_what_was_read_is_told_by_its_beginning() -> None:
    assert Misread("x", "a" * 100).read == "a" * 79 + "…"
    assert Unclear("x", "b" * 81, (1, 2)).read == "b" * 79 + "…"
