"""From answers to the facts of a profile: what `tirage assess` would read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.dossier import NONE, Dossier
from conversations.keys import Key
from conversations.questions import QUESTIONS, STATED, Question, question_of
from scoring.profile import WITH_PARTNER, Profile, read

SECTION: Mapping[str, str] = {"c": "candidate", "p": "partner", "x": "express_entry", "h": "household"}
"""Where the facts of each scope stand in a profile."""
HEADS: Mapping[str, str] = {"level": "credentials", "test": "language_results", "job": "jobs"}
"""The question that opens a place in each list."""


def facts_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The profile that the answers come to, as JSON data.

    A question that does not apply any more (another answer has changed) fills nothing; its answer is kept for when it
    applies again. *I don't know* fills nothing: absent means unknown.
    """
    dossier = Dossier(answers)
    given = _given(dossier)
    profile: dict[str, Any] = {}
    for question in QUESTIONS:
        for key in given.get(question.id, ()):
            _fill(profile, question, key, dossier)
    return profile


def profile_of(answers: Mapping[str, Any]) -> Profile:
    """The same, checked. Raises ProfileError, which only answers that the parsers never let through would."""
    return read(facts_of(answers))


def _given(dossier: Dossier) -> dict[str, list[Key]]:
    """Where each question was answered with something known, in the order of the list."""
    found: dict[str, list[Key]] = {}
    for key in sorted(dossier.given(), key=lambda key: (key.scope, key.place or 0)):
        if dossier.get(key) is not None and question_of(key) is not None:
            found.setdefault(key.id, []).append(key)
    return found


def _fill(profile: dict[str, Any], question: Question, key: Key, dossier: Dossier) -> None:
    value = dossier.get(key)
    if not question.applies(dossier, key):
        return
    if question.listed is not None:
        _fill_item(profile.setdefault(SECTION[key.scope], {}), question, key, dossier)
    elif question.id == "partner":
        _merge(profile, question.fills(value))
    elif question.id == "marital" and contradicts(value, dossier.partner()):
        return  # two answers that cannot both be true: the check before applying tells
    elif question.id in _NOT_YET and value == NONE:
        _merge(profile, {SECTION[key.scope]: {_NOT_YET[question.id]: None}})
    else:
        _merge(profile, {SECTION[key.scope]: dict(question.fills(value))})


def contradicts(status: str, partner: str | None) -> bool:
    """Whether a marital status and the answer about a partner cannot both be true."""
    return partner is not None and (status in WITH_PARTNER) != (partner != NONE)


_NOT_YET = {"submitted": "profile_submitted_at", "invited": "invitation"}
"""Facts that null says have not happened yet."""


def _fill_item(person: dict[str, Any], question: Question, key: Key, dossier: Dossier) -> None:
    """Put one place of a list; *none* at the first place makes the list empty, at a later one it ends it."""
    assert question.listed is not None
    value, index = dossier.get(key), key.place or 0
    if question.id in HEADS:
        items = person.setdefault(question.listed, [])
        if value != NONE:
            items.append(dict(question.fills(value)))
        return
    # a list whose head is missing is not there: the head applies to every other question about the place
    person[question.listed][index].update(question.fills(value if value != NONE else False))


def _merge(into: dict[str, Any], facts: Mapping[str, Any]) -> None:
    """Facts go beside what is there; an object completes the one it meets, a list of objects likewise."""
    for name, value in facts.items():
        there = into.get(name)
        if isinstance(value, Mapping) and isinstance(there, dict):
            _merge(there, value)
        elif isinstance(value, list) and isinstance(there, list) and len(there) == len(value):
            for old, new in zip(there, value, strict=True):
                _merge(old, new)
        elif isinstance(value, Mapping):
            into[name] = dict(value)
        else:
            into[name] = value


def stated(answers: Mapping[str, Any], key: Key) -> bool:
    """Whether the result that a key is about is the person's own estimate."""
    return answers.get(str(key.to("test"))) in STATED
