"""That there is no test, of a language or at all, and claims such as *fluent* that are no result."""

from __future__ import annotations

import re

from conversations.answers.language_tests import language_of
from conversations.answers.scores import without
from conversations.answers.text import Place, plain, standing
from conversations.understanding.telling import Fragment, Telling

TONGUES = {"en", "fr"}


def _of_test(telling: Telling, said: str) -> str | None:
    """The language of the tests that are named, where it is one."""
    named = {language_of(test) for _, test in standing(said, telling.vocabulary.lexicon.test_names)} - {None}
    return named.pop() if len(named) == 1 else None


def untested(telling: Telling, test: str, start: int, end: int) -> None:
    """That a test (a key of `scores.DOMAINS`, or `tef`) which is named from `start` to `end` was not taken."""
    language = language_of(test)
    if language is None:
        return
    _no_test(telling, language, start, telling.around(start).text)
    telling.note("language_results", start, end)


def _no_test(telling: Telling, language: str | None, start: int, said: str) -> None:
    """That there is no test of a language is kept as it was said: the list is empty only without one of either."""
    telling.keep(f"{language}_test" if language else "language_test", "none", said)
    untested = telling.untested.setdefault(telling.whose(start), set())
    untested |= {language} if language else TONGUES
    if untested == TONGUES:
        telling.people[telling.whose(start)].setdefault("language_results", [])


_OTHER_EXAM = re.compile(r"\b(?:medical\w*|medicale?|driving|conduite|police|fbi|blood|sang)\b")
"""What is taken, or passed, and is no test of a language."""


def read_untested(telling: Telling) -> None:
    """*No test yet*, *aucun français*, *my english is zero test*: there is no result, of a language or at all."""
    for place, _ in telling.vocabulary.find(telling.left, "untested"):
        fragment = telling.around(place.start)
        if _OTHER_EXAM.search(plain(fragment.text)):
            continue
        language = telling.vocabulary.says(fragment.text, "tongue") or _of_test(telling, fragment.text)
        if language is None and not _of_a_test(telling, fragment, place):
            continue
        _no_test(telling, language, place.start, fragment.text)
        _claim_over(telling, fragment.start, fragment.end, place)
    for place, _ in telling.vocabulary.find(telling.left, "tongue"):
        before = telling.left[max(0, place.start - 24) : place.start]
        found = [each for each, _ in telling.vocabulary.find(before, "unspoken")]
        if found and not before[found[-1].end :].strip(" 'a-z"):
            language = telling.vocabulary.group("tongue")[place.words]
            said = before[found[-1].start :] + telling.left[place.start : place.end]
            _no_test(telling, language, place.start, said)
            telling.note("language_results", place.start - len(before) + found[-1].start, place.end)


_NAMES_A_TEST = re.compile(r"\b(?:tests?|exams?|results?|scores?|resultats?|examens?)\b")


def _of_a_test(telling: Telling, fragment: Fragment, place: Place) -> bool:
    """Whether *not taken*, *pas fait* is said of a test: it is named, or nothing else is."""
    if _NAMES_A_TEST.search(place.words):
        return True
    rest = without(fragment.text, [(place.start - fragment.start, place.end - fragment.start)])
    return telling.vocabulary.only(rest, "leading") or bool(_NAMES_A_TEST.search(plain(rest)))


def _claim_over(telling: Telling, start: int, end: int, place: Place) -> None:
    """Take the words of *no test* out, with the language that is named beside them."""
    telling.note("language_results", place.start, place.end)
    for each, _ in telling.vocabulary.find(telling.left[start:end], "tongue"):
        telling.empty(start + each.start, start + each.end)


_TAUGHT = re.compile(
    r"\b(?:prof\w*|enseignante?s?|teach\w*|tutor|instructor|instituteur|institutrice|traducteur|traductrice|translator"
    r"|interprete|interpreter|cours|licence|masters?|maitrise|bachelors?|degree|diplome|bac|major|etudes|lettres|nationalite|passeport)"
    r"(?:\s+\w+)?\s*(?:de|d'|of|in|en)?\s*$"
)
_TEACHES = re.compile(
    r"\s+(?:language |second language )?(?:teacher|tutor|instructor|translator|professor|interpreter|literature|major"
    r"|degree|department|studies|school)\b"
)


def read_claims(telling: Telling) -> None:
    """*Fluent in English*, *French B2*: kept as it was said; such words are never turned into levels.

    *French teacher*, *licence d'anglais* say nothing of it.
    """
    for place, language in telling.vocabulary.find(telling.left, "tongue"):
        if _TAUGHT.search(plain(telling.text[: place.start])) or _TEACHES.match(telling.said[place.end :]):
            continue
        fragment = telling.around(place.start)
        telling.keep(f"{language}_level", None, fragment.text)
        for each, _ in telling.vocabulary.find(telling.left[fragment.start : fragment.end], "claim"):
            telling.empty(fragment.start + each.start, fragment.start + each.end)
        telling.note(f"{language}_level", place.start, place.end)
