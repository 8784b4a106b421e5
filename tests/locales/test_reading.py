"""How hard every reply is to read: grade 8 at most in English, plain prose in French, and a list of what is harder."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bot.wording import Wording
from conversations.replies import Reply
from conversations.session import Language
from tests.locales import bank, test_vocabulary
from tests.locales.reading import ease, grade, prose
from tests.locales.test_explain import HARDEST_GRADE, LEAST_EASE
from tests.locales.test_replies import keys, plain, replies
from tests.project import ROOT

LANGUAGES: tuple[Language, ...] = ("en", "fr")
MOST = 40
"""Texts that are measured of each template, spread over all of its samples."""
ABOVE: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/locales/above_grade.toml").read_text("utf-8"))["above"]


def spread(texts: Sequence[Any]) -> list[Any]:
    """At most `MOST` of them, from the first to about the last, always the same ones."""
    count = min(len(texts), MOST)
    return [texts[at * len(texts) // count] for at in range(count)]


def samples(language: Language) -> Iterator[tuple[str, str]]:
    """(key, text): the replies by their template, and the sentences of reasons and deadlines, which pages share."""
    by_key: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies():
        by_key[reply.key].append(reply)
    for key, found in by_key.items():
        for reply in spread(found):
            for message in Wording().say(replace(reply, language=language)):
                yield key, plain(message["text"])
    for name, told in (("reason", bank.reasons()), ("deadline", bank.deadlines())):
        for data in (each for group in told.values() for each in group):
            yield f"vocabulary/{name}", test_vocabulary.plain(test_vocabulary.said(language, name, data))


@cache
def figures(language: Language) -> dict[str, float]:
    """The grade or the ease of each template's sentences, all its samples together."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for key, text in samples(language):
        by_key[key].append(prose(text))
    measure = grade if language == "en" else ease
    return {key: measure(text) for key, texts in by_key.items() if (text := "\n".join(texts).strip())}


def is_hard(language: Language, figure: float) -> bool:
    return figure > HARDEST_GRADE if language == "en" else figure < LEAST_EASE


def listed(language: Language) -> dict[str, float]:
    return {each["key"]: each["figure"] for each in ABOVE if each["language"] == language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_is_measured(language: Language) -> None:
    assert keys() - set(figures(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_listed_reads_harder_than_grade_8_or_plain_prose(language: Language) -> None:
    hard = {key: round(found, 1) for key, found in figures(language).items() if is_hard(language, found)}
    assert set(hard) == set(listed(language)), hard


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listed_gets_no_harder(language: Language) -> None:
    found = figures(language)
    for key, figure in listed(language).items():
        assert found[key] <= figure if language == "en" else found[key] >= figure, (key, found[key])


def test_every_exception_has_its_reason() -> None:
    assert [each["key"] for each in ABOVE if len(each["reason"].split()) < 5] == []
    assert len({(each["key"], each["language"]) for each in ABOVE}) == len(ABOVE)
