"""What several pages share: their buttons, what would narrow the answer, and what a change of an answer moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from conversations.effects import effect
from conversations.interview import later
from conversations.keys import Key
from conversations.replies import Choice
from conversations.seen import assessed, assumed, glanced, most_telling, question_for, score, trust
from conversations.talk import Row, Talk
from scoring.assessment import Assessment, Fit, Glance, way_in
from scoring.output import as_json
from scoring.reasons import Reason

MENU: Row = (Choice("nav.menu", "t:menu"),)


def basis(talk: Talk, found: Assessment) -> dict[str, Any]:
    """What every page of results holds: the score, the trust line, what was assumed and set aside, what changed."""
    open_now = list(later(talk.dossier))
    return {
        "score": score(found),
        "trust": trust(found),
        "assumed": assumed(talk.session.answers, found),
        "set_aside": found.set_aside,
        "ack": talk.noted,
        "diff": difference(talk, found),
        "narrow": narrowing(talk, found, open_now),
        "open": len(open_now),
    }


def narrowing(talk: Talk, found: Assessment, open_now: list[Key]) -> dict[str, Any] | None:
    """The open question to answer next, and what it could change; None when nothing is open.

    `most`: whether it is the one that would narrow the score most. Who asked about the programs is asked what decides
    one of them.
    """
    telling = None if found.crs.total is not None else most_telling(talk.session.answers, found, open_now)
    decides = next(_deciding(found, open_now), None)
    if talk.session.goal == "eligible" and decides is not None:
        telling = None
    key = telling.key if telling else decides or next(iter(open_now), None)
    if talk.session.goal == "whatif":
        key = next(swap_questions(talk), key)
    most = telling is not None and key == telling.key
    if key is None:
        return None
    return {
        "key": str(key),
        "id": key.id,
        "scope": key.scope,
        "index": key.place,
        "most": most,
        "effect": effect(talk.session.answers, key, talk.today, _now(talk, found))
        or (_gain(telling.points) if telling and most else None),
    }


def _gain(points: int) -> dict[str, Any]:
    """An effect as `effects.effect` tells it."""
    return {"points_low": 0, "points_high": points, "verdicts": []}


def swap_questions(talk: Talk) -> Iterator[Key]:
    """The partner's own open facts: with them, the two can be compared as main applicants; a second job is not one."""
    return (key for key in later(talk.dossier) if key.scope == "p" and key.id in SWAPPED and not key.place)


SWAPPED = frozenset(
    {
        "birth_date",
        "level",
        "level_country",
        "eca",
        "test",
        "scores",
        "taken_on",
        "job",
        "job_country",
        "job_period",
        "job_hours",
    }
)


def _deciding(found: Assessment, open_now: list[Key]) -> Iterator[Key]:
    """The open questions on which a verdict depends that cannot be told."""
    for fit in (*found.programs, *found.categories):
        if fit.verdict == "cannot_tell":
            yield from (key for reason in fit.reasons if (key := _asks_for(reason)) in open_now and key)
    for fit in (*found.programs, *found.categories):
        rests = [reason for reason in fit.reasons if reason.fact in found.assumed_absent]
        yield from (key for reason in rests if (key := _asks_for(reason)) in open_now and key)


def _asks_for(reason: Reason) -> Key | None:
    """The question on which a reason hangs; funds that are known hang on the size of the family."""
    if reason.code == "funds_unknown" and reason.have is not None:
        return Key("h", "children")
    return question_for(reason.fact)


def going_on(values: Mapping[str, Any]) -> list[Row]:
    """The buttons that lead on to more questions."""
    narrow = values["narrow"]
    column: list[Row] = [(Choice("nav.old_score", f"q:{each['key']}"),) for each in values["trust"]["likely"]]
    if narrow is None:
        return column
    return [
        *column,
        (
            Choice("nav.narrow" if narrow["most"] else "nav.next", f"q:{narrow['key']}"),
            Choice("nav.more_questions", "t:more"),
        ),
    ]


def difference(talk: Talk, found: Assessment | None = None) -> dict[str, Any] | None:
    """What a change of an answer moved: the score, and the verdicts that turned with their reasons; None if nothing.

    `found`: what is known of the answers now, where it was worked out already.
    """
    if not talk.changed:
        return None
    found = found or assessed(talk.session.answers, talk.today, talk.context.history)
    was, now = _seen(assessed(talk.before, talk.today, talk.context.history)), _seen(found)
    turned = [
        {**told_fit(fit, found), "before": was.verdicts[fit.id], "after": fit.verdict}
        for fit in found.draw_types
        if was.verdicts[fit.id] != fit.verdict
    ]
    before, after = _span(was), _span(now)
    return {"before": before, "after": after, "turned": turned} if turned or before != after else None


def _now(talk: Talk, found: Assessment | None) -> Glance:
    if found is None:
        return glanced(talk.session.answers, talk.today)
    return _seen(found)


def _seen(found: Assessment) -> Glance:
    return Glance(found.crs.low, found.crs.high, {fit.id: fit.verdict for fit in found.draw_types})


def _span(seen: Glance) -> dict[str, Any]:
    return {"total": seen.low if seen.low == seen.high else None, "low": seen.low, "high": seen.high}


def plain(found: Any) -> Any:
    """Dataclasses of `scoring` as plain data."""
    return as_json(found)


def days_left(reason: Reason, on: date) -> int | None:
    """The days from `on` until time alone completes months that are short; None where it does not."""
    return None if reason.completes_on is None else (reason.completes_on - on).days


def told_fit(fit: Fit, found: Assessment) -> dict[str, Any]:
    """A verdict as plain data; a reason that rests on what was taken as absent without being asked is marked.

    The reason that no program is open yet tells on which one it hangs (`program`).
    """
    told: dict[str, Any] = as_json(fit)
    for reason, each in zip(told["reasons"], fit.reasons, strict=True):
        reason["assumed"] = reason["fact"] in found.assumed_absent
        reason["days"] = days_left(each, found.on)
        if reason["code"] == "pool_not_open":
            reason["program"] = told_fit(way_in(found), found)
    return told


def matched(found: Assessment) -> list[Fit]:
    """The categories that the facts match, while it is not known whether a program opens the pool."""
    return [fit for fit in found.categories if fit.verdict == "cannot_tell" and fit.facts_verdict == "fits"]


def still_closed(found: Assessment) -> dict[str, Any] | None:
    """The program on which the way into the pool hangs, as plain data; None where one fits."""
    program = way_in(found)
    return None if program.verdict == "fits" else told_fit(program, found)
