"""What is answered to a supposition: exactly what was asked, of three people, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from conversations.session import Session
from tests.conversations.storytelling import Chat
from tests.conversations.topics.people import COUPLE, NURSE, TEACHER
from tests.project import ROOT

PEOPLE = {"nurse": NURSE, "couple": COUPLE, "teacher": TEACHER}
CASES = tomllib.loads((ROOT / "tests/conversations/topics/supposed.toml").read_text(encoding="utf-8"))["case"]
ASKED = [
    pytest.param(who, language, case[language], case[who], id=f"{who}-{case[language]}")
    for case in CASES
    for language in ("en", "fr")
    for who in PEOPLE
    if language in case and who in case
]


def asked(who: Mapping[str, Any], language: str, text: str) -> Any:
    """What is replied to a text of somebody."""
    session = Session("fr" if language == "fr" else "en", consented=True, answers=who)
    return Chat(saved=session.as_json()).say(text)[-1]


def brought(change: Mapping[str, Any]) -> str:
    """A change as the table writes it: `language_en.all_9 +77 fits:fsw`."""
    low, high = change["gain_low"], change["gain_high"]
    gain = f"{low:+d}" if low == high else f"{low:+d}..{high:+d}"
    turned = [f"{'fits' if flip['after'] == 'fits' else 'loses'}:{flip['id']}" for flip in _told(change["flips"])]
    return " ".join([change["id"], gain, *turned])


def _told(flips: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (flip for flip in flips if "fits" in (flip["before"], flip["after"]))


def written(answer: Mapping[str, Any]) -> str:
    """An answer as the table writes it."""
    first = f"{answer['id']} {answer['code']}" if answer["change"] is None else brought(answer["change"])
    return f"{first}, then {brought(answer['further'])}" if answer["further"] is not None else first


def answers(reply: Any) -> list[str]:
    """All that a page answers to a supposition, as the table writes it."""
    found = reply.values["asked"]
    told = [written(each) for each in found["answers"]]
    if found["together"] is not None:
        told.append(f"together {found['together']['gain_low']:+d}")
    return [*told, *(["wait"] if found["wait"] else []), *(["unknown"] if found["unknown"] else [])]


@pytest.mark.parametrize(("who", "language", "text", "wanted"), ASKED)
def test_what_was_supposed_is_answered_exactly(who: str, language: str, text: str, wanted: list[str]) -> None:
    reply = asked(PEOPLE[who], language, text)
    assert reply.key == "whatif"
    assert answers(reply) == wanted


@pytest.mark.parametrize("language", ["en", "fr"])
def test_at_least_twenty_sentences_of_each_language_are_asked_of_all_three(language: str) -> None:
    assert sum(language in case and all(who in case for who in PEOPLE) for case in CASES) >= 20
