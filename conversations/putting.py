"""Puts what was said and is not settled: to be confirmed, one of a few values or jobs, or what was misread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from conversations.answers import Misread, Unclear
from conversations.interview import applies
from conversations.keys import Key, parsed
from conversations.questions import question_of
from conversations.reading import Occupation
from conversations.replies import Choice
from conversations.rescored import WHICH_TEST
from conversations.talk import Row, Talk
from scoring.duties import duties
from scoring.occupations import categories_of, teer
from scoring.rulebook import NoRulesError, shipped

TOLD = "told"
"""What was read back and waits for a yes, as `Session.pending` names it."""


def unclear(talk: Talk, key: Key, found: Unclear) -> None:
    """Ask which of a few values was meant."""
    turn = talk.session.turn
    pending = {"kind": "options", "key": str(key), "options": list(found.options), "turn": turn}
    pending |= {"code": found.code, "read": found.read}
    talk.change(pending=pending, asked=str(key))
    about = {"id": key.id, "scope": key.scope, "index": key.place}
    rows: list[Row] = [
        (Choice("option", f"o:{turn}:{place}", {**about, "code": found.code, "value": option}),)
        for place, option in enumerate(found.options)
    ]
    rows.append((_other_way(key, found.code),))
    talk.say("unclear", {**about, "code": found.code, "read": found.read, "options": list(found.options)}, rows)


def _other_way(key: Key, code: str) -> Choice:
    """The button below a few values: another order, none of these tests, else *I don't know*."""
    names = {"score_order": "nav.another_order", WHICH_TEST: "nav.none_of_these"}
    return Choice(names[code], f"q:{key}") if code in names else Choice("nav.unknown", f"u:{key}")


def pick_job(talk: Talk, key: Key, told: Occupation) -> None:
    """Ask which unit group a job belongs to: the five best, by what one does."""
    hits = [hit.code for hit in talk.context.titles.search(told.title)] if told.title else []
    if not hits:
        miss(talk, key, Misread("no_such_job", told.title))
        return
    pending: dict[str, Any] = {"kind": "job", "key": str(key), "title": told.title, "facts": dict(told.facts)}
    pending |= {"hits": hits, "unclear": dict(told.unclear), "language": talk.language}
    talk.change(pending=pending, asked=str(key))
    rows: list[Row] = [
        (Choice("noc", f"n:{key}:{code}", {"n": number, "code": code}),) for number, code in enumerate(hits, start=1)
    ]
    rows.append((Choice("nav.none_of_these", f"q:{key}"), Choice("nav.without_code", f"n:{key}:-")))
    values: dict[str, Any] = {"read": told.title, "facts": dict(told.facts)}
    values |= {"id": key.id, "scope": key.scope, "index": key.place}
    values |= {"groups": _groups(hits, talk.today), "explained": _has_code(talk)}
    talk.say("pick_job", values, rows)


def _groups(hits: Sequence[str], on: date) -> list[dict[str, Any]]:
    """What is told of each group on offer; `categories` is null on a day of which no rules are known."""
    try:
        categories = shipped().on(on).categories
    except NoRulesError:
        categories = None
    return [
        {
            "n": number,
            "code": code,
            "teer": teer(code),
            "categories": None if categories is None else categories_of(code, categories),
            "read": duties()[code].read is not None,
        }
        for number, code in enumerate(hits, start=1)
    ]


def _has_code(talk: Talk) -> bool:
    """Whether a job with its code is there: what a code is was told with the first."""
    return any(talk.dossier.noc(key) is not None for key in talk.dossier.given() if key.id == "job")


def miss(talk: Talk, key: Key, found: Misread) -> None:
    """Put the question again: what was read, what is wrong, and how to mend it."""
    talk.change(misses=talk.session.misses + 1, pending=None, asked=str(key))
    talk.ask(key, miss={"code": found.code, "read": found.read, "values": dict(found.values)})


def read_back(talk: Talk, pending: Mapping[str, Any], *, choosing: bool = False) -> None:
    """What was understood, on lines; nothing of it is kept yet. `choosing`: a button for each line, to take it out."""
    turn = talk.session.turn
    talk.change(pending={**pending, "turn": turn})
    lines = [_line(number, text, value) for number, (text, value) in enumerate(pending["answers"].items(), start=1)]
    rows: list[Row] = [(Choice("nav.told_right", f"v:{turn}"), Choice("nav.told_change", f"w:{turn}"))]
    if choosing:
        rows = [(Choice("told", f"w:{turn}:{line['n']}", line),) for line in lines]
        rows.append((Choice("nav.told_right", f"v:{turn}"),))
    values = {
        "lines": lines,
        "asks": [_about(each["key"]) for each in pending["open"]],
        "beside": pending["beside"],
        "whose": pending.get("whose", ()),
        "choosing": choosing,
    }
    talk.say("readback", values, rows, numbers=True)


def _line(number: int, text: str, value: Any) -> dict[str, Any]:
    return {"n": number, **_about(text), "value": value}


def _about(text: str) -> dict[str, Any]:
    key = parsed(text)
    assert key is not None
    return {"id": key.id, "scope": key.scope, "index": key.place}


def ask_waiting(talk: Talk) -> bool:
    """Ask the next thing that was said and is open; False where there is none."""
    while talk.session.waiting:
        first, *rest = talk.session.waiting
        talk.change(waiting=tuple(rest))
        key = parsed(first["key"])
        if key is not None and applies(talk.dossier, key) and _asked(talk, key, first):
            return True
    return False


def _without_code(talk: Talk, key: Key, item: Mapping[str, Any]) -> bool:
    """Whether a job still waits for its code: it is there by its title alone, or was put off before it was kept."""
    there = talk.dossier.get(key)
    if isinstance(there, Mapping):
        return not there.get("noc") and there.get("title") == item["title"]
    return "facts" in item and not talk.dossier.answered(key)


def _asked(talk: Talk, key: Key, item: Mapping[str, Any]) -> bool:
    if item["kind"] == "job":
        if not _without_code(talk, key, item):
            return False
        pick_job(talk, key, Occupation(item["title"], item.get("facts", {}), item.get("unclear", {})))
    elif talk.dossier.get(key) is not None and item.get("code") != WHICH_TEST:
        return False
    elif item["kind"] == "options":
        unclear(talk, key, Unclear(item["code"], item["read"], tuple(item["options"])))
    elif question_of(key) is None:
        return False
    else:
        talk.change(focus=str(key))
        talk.ask(key)
    return True
