"""A language test in one line: its name, its scores, the day it was taken, as much of it as is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from conversations.answers.calendar import Stamp
from conversations.answers.result import Misread, Result, Unclear, Understood
from conversations.answers.scores import DOMAINS, find_dates, read_numbers, with_day, without
from conversations.answers.text import Place, clean, plain, standing, words
from scoring.abilities import TEST_LANGUAGE

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

TEF, NO_TEST, STATED = "tef", "none", "stated"
TEF_SCALES = ("tef_old", "tef_699")
_LIKE_A_NAME, _LEAST_LETTERS = 80, 5

_OLD = re.compile(r"\b(?:old|anciens?|ancienne)[- ](?:scores?|scale|echelle|bareme)\b|(?<=\d)\s?/\s?(?:300|360|450)\b")
_NEW = re.compile(r"\b(?:new|nouveau|nouvelle)[- ](?:scores?|scale|echelle|bareme)\b|(?:/|\bsur|\bout of|\bon)\s?699\b")
_NO = re.compile(r"\b(?:no|not|without|none|don't|dont|haven't|pas|aucun|aucune|sans|ni|never|jamais)\b")
_ENGLISH, _FRENCH = re.compile(r"\b(?:english|anglais)\b"), re.compile(r"\b(?:french|francais)\b|\bnclc\b")


def read_test_line(text: str, today: date, lexicon: Lexicon) -> Result:
    """`{"test": id}`, with `scores` (of all four abilities) and `taken_on` where they stand there.

    That there is none of one language is misread as `one_language`: one of the other may be there.
    `test` is a key of `scores.DOMAINS`, or `none`; with `stated` goes the `language`. A test that Express Entry does
    not take is misread as `not_accepted`. A TEF whose scale is open is unclear, each scale with the same scores.
    """
    cleaned = clean(text)
    named = list(standing(cleaned, lexicon.test_names)) or _misspelt(cleaned, lexicon)
    tests = list(dict.fromkeys(test for _, test in named))
    denied = _denied(cleaned, tests)
    if len(denied) == 1:
        return Misread("one_language", cleaned, {"language": denied.pop()})
    if denied:
        return Understood({"test": NO_TEST})
    if not tests:
        return Misread("no_test", cleaned)
    refused = [test for test in tests if test not in (*DOMAINS, TEF, NO_TEST)]
    if refused:
        return Misread("not_accepted", cleaned, {"test": refused[0]})
    if len(tests) > 1:
        return Misread("several_tests", cleaned, {"tests": tests})
    if tests[0] == NO_TEST:
        return Understood({"test": NO_TEST})
    return _result(cleaned, tests[0], [place for place, _ in named], today)


def _denied(cleaned: str, tests: Sequence[str]) -> set[str]:
    """The languages of which a text says that there is no test: *no English test*, *IELTS not yet*."""
    said = plain(cleaned)
    if NO_TEST in tests and len(tests) > 1:
        return {language for test in tests if (language := language_of(test)) is not None}
    if re.search(r"\d", said) or [test for test in tests if test != NO_TEST] or not _NO.search(said):
        return set()
    return {language for language, name in (("en", _ENGLISH), ("fr", _FRENCH)) if name.search(said)}


def language_of(test: str) -> str | None:
    """The language of a test (a key of `scores.DOMAINS`, or `tef`); None for stated levels and what is not accepted."""
    return "fr" if test == TEF else TEST_LANGUAGE.get(DOMAINS.get(test, ("", None))[0])


def _misspelt(cleaned: str, lexicon: Lexicon) -> list[tuple[Place, str]]:
    from rapidfuzz import fuzz, process

    names = [
        name
        for name, test in lexicon.test_names.items()
        if test != NO_TEST and " " not in name and len(name) >= _LEAST_LETTERS
    ]
    for word in words(cleaned):
        if len(word.text) >= _LEAST_LETTERS:
            near = process.extractOne(word.text, names, scorer=fuzz.ratio, score_cutoff=_LIKE_A_NAME)
            if near:
                return [(Place(word.start, word.end, word.text), lexicon.test_names[near[0]])]
    return []


def _result(cleaned: str, test: str, names: Sequence[Place], today: date) -> Result:
    stamps = find_dates(cleaned, today)
    places = [(name.start, name.end) for name in names] + [(stamp.start, stamp.end) for stamp in stamps]
    said = plain(cleaned)
    scale = _scale(said) if test == TEF else None
    scores = without(cleaned, [*places, *((each.start(), each.end()) for each in _scale_words(said))])
    if test == TEF and scale is None:
        return _either_scale(cleaned, scores, stamps, today)
    read = _scored(cleaned, scores, scale or test, stamps, today)
    return _in_language(read, said) if test == STATED else read


def _scale(said: str) -> str | None:
    old, new = _OLD.search(said), _NEW.search(said)
    return None if bool(old) == bool(new) else TEF_SCALES[0] if old else TEF_SCALES[1]


def _scale_words(said: str) -> list[re.Match[str]]:
    """What says the scale in words; `/360` behind a score is left for the reader of scores."""
    return [
        each for pattern in (_OLD, _NEW) for each in pattern.finditer(said) if not each.group().strip().startswith("/")
    ]


def _scored(cleaned: str, scores: str, test: str, stamps: Sequence[Stamp], today: date) -> Result:
    """The line with the scores that stand in what is left of it."""
    read = read_numbers(cleaned, scores, test)
    if isinstance(read, Misread) and read.code == "no_scores":
        return _shaped(with_day(Understood({}), stamps, today), test)
    if isinstance(read, Misread):
        return Misread(read.code, cleaned, {"test": test, **read.values})
    return _shaped(with_day(read, stamps, today), test)


def _shaped(read: Result, test: str) -> Result:
    if isinstance(read, Unclear):
        return Unclear(read.code, read.read, tuple(_line(test, option) for option in read.options))
    return Understood(_line(test, read.value), read.told) if isinstance(read, Understood) else read


def _line(test: str, value: dict[str, Any]) -> dict[str, Any]:
    scores = {key: score for key, score in value.items() if key != "taken_on"}
    line: dict[str, Any] = {"test": test} | ({"scores": scores} if scores else {})
    return line | ({"taken_on": value["taken_on"]} if "taken_on" in value else {})


def _either_scale(cleaned: str, scores: str, stamps: Sequence[Stamp], today: date) -> Result:
    """A TEF whose scale is not said: the scores decide where one scale alone can hold them."""
    readings = [_scored(cleaned, scores, scale, stamps, today) for scale in TEF_SCALES]
    fitting = [read for read in readings if isinstance(read, Understood)]
    if len(fitting) > 1:
        return Unclear("tef_scale", cleaned, tuple(read.value for read in fitting))
    return fitting[0] if fitting else readings[1]


def _in_language(read: Result, said: str) -> Result:
    """CLB are levels of English and NCLC of French, unless the line says otherwise."""
    if not isinstance(read, Understood):
        return read
    french = _FRENCH.search(said) and not _ENGLISH.search(said)
    return Understood({**read.value, "language": "fr" if french else "en"}, read.told)
