"""Reads a typed answer by the kind of its question: facts by key, something to choose from, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from conversations.answers import (
    Misread,
    Result,
    Unclear,
    Understood,
    read_birth,
    read_choice,
    read_country,
    read_day,
    read_days,
    read_education,
    read_hours,
    read_job_line,
    read_money,
    read_number,
    read_period,
    read_scores,
    read_stays,
    read_test_line,
)
from conversations.answers.calendar import month_end
from conversations.answers.denied import told_behind_none
from conversations.answers.moments import Clock, read_moment
from conversations.answers.scores import earliest_test
from conversations.answers.text import normal
from conversations.chosen import with_code
from conversations.dossier import NONE, Dossier
from conversations.keys import Key
from conversations.lexicon import Lexicon
from conversations.months_of_eca import counted_from
from conversations.questions import PRECISION, Question
from conversations.rescored import born_by, either_day
from conversations.zones import NO_ZONES

MOST_CHILDREN = 20
MOST_YEARS = 60
HIGHEST_SCORE = 1200
"""The most that the CRS has ever paid: more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers by key, as one message gave them."""

    answers: Mapping[Key, Any]
    unclear: Mapping[str, str] = field(default_factory=dict)
    """What was said about a job and could not be read, by code."""
    open: tuple[Mapping[str, Any], ...] = ()
    """What was said besides and can be read in a few ways, as it waits to be asked: see `Session.waiting`."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """A job that was told in words: its title, what else was read, and what was said and could not be read, by code."""

    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)


Reading = Facts | Occupation | Unclear | Misread


def read_answer(
    question: Question,
    key: Key,
    text: str,
    dossier: Dossier,
    today: date,
    lexicon: Lexicon,
    clock: Clock | None = None,
) -> Reading:
    """What a typed text says in answer to a question. `clock`: the places that a moment may be told by."""
    if question.id == "test":
        return _test(key, text, today, lexicon, question)
    if question.id == "level":
        return _level(question, key, text, today, lexicon)
    if question.kind == "job":
        return _job(question, key, text, today, lexicon)
    if question.kind == "scores":
        return _scores(key, text, dossier, today)
    if question.kind == "choice":
        return _one(key, _choice(text, question.group, question.choices, lexicon))
    # a text with a date in it tells the date, whatever else it says
    if question.choices and not any(letter.isdigit() for letter in text):
        chosen = _choice(text, question.group, question.choices, lexicon)
        if isinstance(chosen, Understood):
            return _one(key, chosen)
    if question.kind == "eca":
        return _eca(key, text, today, lexicon)
    if question.kind == "moment":
        return _one(key, read_moment(text, today, clock or Clock(NO_ZONES, lexicon)))
    if question.kind == "stays":
        return _one(key, read_stays(text, today, lexicon))
    if question.kind == "period":
        return _one(key, _marked(read_period(text, today)))
    if question.id == "children":
        return _one(key, read_number(text, 0, MOST_CHILDREN))
    if question.id == "children_born":
        return _one(key, _as_many(read_days(text, today), text, dossier.get(key.to("children"))))
    if question.id == "completed_on":
        return _one(key, _month_will_do(read_day(text, today, latest=today), today))
    if question.id == "eca_issued":
        return _one(key, _from_first_of_month(read_day(text, today, latest=today), today))
    if question.id == "taken_on":
        return _one(key, read_day(text, today, earliest_test(today, born_by(dossier, key.scope)), today))
    if question.kind == "country":
        return _one(key, read_country(text, lexicon))
    return _one(key, _PARSERS[question.kind](text, today))


def _choice(text: str, group: str, allowed: Sequence[str], lexicon: Lexicon) -> Result:
    """One of the choices by its words. Buttons bear no numbers: a number is a fact, or nothing."""
    said = normal(text)
    if said.isdigit():
        return Misread("not_a_choice", text, {"allowed": list(allowed), "suggestion": None})
    found = read_choice(text, group, allowed, lexicon)
    if isinstance(found, Misread) and group == "yes_no" and not UNSURE & set(said.split()):
        first = read_choice(said.partition(" ")[0], group, allowed, lexicon)
        return first if isinstance(first, Understood) else found
    return found


UNSURE = frozenset(
    {
        "idea",
        "clue",
        "know",
        "comment",
        "and",
        "or",
        "et",
        "ou",
        "idee",
        "sais",
        "dunno",
        "remember",
        "but",
        "except",
        "if",
        "maybe",
        "not",
        "sure",
        "mais",
        "sauf",
        "si",
        "peut",
        "pas",
        "sur",
    }
)
"""After these a yes is not a yes."""


def _one(key: Key, result: Result) -> Reading:
    return Facts({key: result.value}) if isinstance(result, Understood) else result


def _marked(result: Result) -> Result:
    """A period, marked where it was told by months: what is counted from it is then no more exact than that."""
    if not isinstance(result, Understood) or result.told.get("precision") != "month":
        return result
    return Understood({**result.value, PRECISION: "month"}, result.told)


def _as_many(result: Result, text: str, count: int) -> Result:
    """One birth date for each child that was counted."""
    if not isinstance(result, Understood) or len(result.value) == count:
        return result
    return Misread("too_many" if len(result.value) > count else "too_few", text, {"most": count})


def _month_will_do(result: Result, today: date) -> Result:
    """A month that is past stands for its last day: few people know the day of a diploma, and nothing hangs on it."""
    month = result.values.get("month") if isinstance(result, Misread) and result.code == "day_missing" else None
    if month is None:
        return result
    last = month_end(*(int(part) for part in month.split("-")))
    return Understood(last.isoformat()) if last <= today else result


def _from_first_of_month(result: Result, today: date) -> Result:
    """An ECA of which the month is told, where that will do."""
    month = result.values.get("month") if isinstance(result, Misread) and result.code == "day_missing" else None
    day = counted_from(month, today) if month is not None else None
    return Understood(day) if day is not None else result


_PARSERS: Mapping[str, Callable[[str, date], Result]] = MappingProxyType(
    {
        "birth": read_birth,
        "day": lambda text, today: read_day(text, today, latest=today),
        "coming_day": read_day,
        "hours": lambda text, _today: read_hours(text),
        "count": lambda text, _today: read_number(text, 0, MOST_YEARS),
        "money": lambda text, _today: read_money(text),
        "points": lambda text, _today: read_number(text, 1, HIGHEST_SCORE),
    }
)


def _level(question: Question, key: Key, text: str, today: date, lexicon: Lexicon) -> Reading:
    """A level of education, perhaps with its country and day."""
    told = read_education(text, today, lexicon)
    if isinstance(told, Understood):
        return Facts(level_answers(key, told.value))
    if isinstance(told, Unclear):
        return told
    return _one(key, _choice(text, question.group, question.choices, lexicon))


def level_answers(key: Key, line: Mapping[str, Any]) -> dict[Key, Any]:
    """The answers that one line about a credential comes to."""
    told = {"level": key, "country": key.to("level_country"), "completed_on": key.to("completed_on")}
    return {place: line[name] for name, place in told.items() if line.get(name)}


def _test(key: Key, text: str, today: date, lexicon: Lexicon, question: Question) -> Reading:
    """A test, perhaps with its scores and its day on the same line."""
    told = read_test_line(text, today, lexicon)
    if isinstance(told, Understood):
        return Facts(test_answers(key, told.value), open=either_day(key, text, today))
    if isinstance(told, Unclear) or told.code != "no_test":
        return told
    return _one(key, _choice(text, question.group, question.choices, lexicon))


def test_answers(key: Key, line: Mapping[str, Any]) -> dict[Key, Any]:
    """The answers that one line about a test comes to; levels that a person states are of one language."""
    stated = line["test"] == "stated"
    answers: dict[Key, Any] = {key: f"stated_{line.get('language', 'en')}" if stated else line["test"]}
    if line.get("scores"):
        answers[key.to("scores")] = line["scores"]
    if line.get("taken_on"):
        answers[key.to("taken_on")] = line["taken_on"]
    return answers


def option_answers(key: Key, option: Any) -> dict[Key, Any]:
    """The answers that one of the values comes to that a text may have meant."""
    if isinstance(option, Mapping) and "place" in option:
        return {Key(key.scope, "scores", option["place"]): option["scores"]}
    if key.id == "test" and isinstance(option, Mapping):
        return test_answers(key, option)
    if key.id == "level" and isinstance(option, Mapping):
        return level_answers(key, option)
    if key.id == "submitted" and isinstance(option, Mapping):
        return {key: option["at"]}
    if key.id == "eca" and isinstance(option, str):
        return {key: {"issued_on": option}}
    return {key: option}


def _scores(key: Key, text: str, dossier: Dossier, today: date) -> Reading:
    """Four scores, perhaps with the day of the test."""
    named = str(dossier.get(key.to("test")))
    told = read_scores(text, "stated" if named.startswith("stated") else named, today)
    if not isinstance(told, Understood):
        return told
    value = dict(told.value)
    day = value.pop("taken_on", None)
    open_day = () if day else either_day(key, text, today)
    return Facts({key: value, key.to("taken_on"): day} if day else {key: value}, open=open_day)


def _job(question: Question, key: Key, text: str, today: date, lexicon: Lexicon) -> Reading:
    """A job in one line: a title or a code, perhaps where, from when until when, and how many hours."""
    text = told_behind_none(text)
    if question.choices:
        chosen = _choice(text, question.group, question.choices, lexicon)
        if isinstance(chosen, Understood):
            return _one(key, chosen)
    told = read_job_line(text, today, lexicon)
    if not isinstance(told, Understood):
        return told
    line = dict(told.value)
    title, noc = line.pop("title", None), line.pop("noc", None)
    facts = line if question.id == "job" else {}
    if facts and told.told.get("precision") == "month":
        facts[PRECISION] = "month"
    if noc is None:
        return Occupation(title or "", facts, told.told.get("codes", {}))
    return Facts({key: with_code(title, noc), **job_answers(key, facts)}, told.told.get("codes", {}))


PERIOD = ("started_on", "ended_on", "months", "stated_on", PRECISION)


def job_answers(key: Key, facts: Mapping[str, Any]) -> dict[Key, Any]:
    """The answers that the rest of a line about a job comes to."""
    answers: dict[Key, Any] = {}
    if facts.get("country"):
        answers[key.to("job_country")] = facts["country"]
    period = {name: facts[name] for name in PERIOD if name in facts}
    if period:
        answers[key.to("job_period")] = period
    if facts.get("hours_per_week") is not None:
        answers[key.to("job_hours")] = facts["hours_per_week"]
    if facts.get("self_employed"):
        answers[key.to("job_kind")] = "self_employed"
    if facts.get("paid") is False:
        answers[key.to("job_kind")] = "unpaid"
    if facts.get("full_time_student"):
        answers[key.to("job_student")] = "yes"
    for name, question in (("authorized", "job_authorized"), ("canadian_employer", "job_employer")):
        if facts.get(name) is not None:
            answers[key.to(question)] = "yes" if facts[name] else "no"
    return answers


def _eca(key: Key, text: str, today: date, lexicon: Lexicon) -> Reading:
    """*No*, *yes* (of an unknown day), or the day of the ECA."""
    day = _from_first_of_month(read_day(text, today, latest=today), today)
    if isinstance(day, Understood):
        return Facts({key: {"issued_on": day.value}})
    answer = _choice(text, "yes_no", ("yes", "no"), lexicon)
    if isinstance(answer, Understood):
        return Facts({key: NONE if answer.value == "no" else {}})
    return day
