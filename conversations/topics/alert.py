"""The message about one round: what it was, what changed since the last of its type, was it me, and one next step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from conversations.context import Context
from conversations.facts import profile_of
from conversations.interview import is_open, later
from conversations.keys import Key
from conversations.replies import Choice, Reply
from conversations.seen import ASKED_AS, assessed, assumptions, question_for
from conversations.session import Session
from conversations.subscription import Subscription
from conversations.talk import Talk
from conversations.topics import rounds
from conversations.topics.common import narrowing
from scoring.assessment import Fit
from scoring.draws import History, Round
from scoring.invited import was_it_me
from scoring.output import as_json
from scoring.rulebook import NoRulesError

INVITED = frozenset({"in", "tie_in"})
MISSED = frozenset({"out", "tie_out"})


class Step(NamedTuple):
    """What to do next: the code of its sentence, and its button."""

    code: str
    tap: Choice


def alert(
    session: Session,
    held: Round,
    context: Context,
    *,
    corrected: bool = False,
    was: Round | None = None,
    read_at: datetime | None = None,
) -> Reply:
    """The message about a round for one chat: the answers of today, the rules and the score of the round's day.

    `corrected`: the message takes the place of one that IRCC has corrected since; `was`: the round as it stood there.
    `read_at`: the moment at which it was read from the feed. The buttons leave the message where it stands.
    """
    history = context.history
    personal = outcome(session, held, history)
    step = next_step(session, held, personal, context)
    values: dict[str, Any] = {
        "round": rounds.told(held, history),
        "before": rounds.since_last(held, history),
        "personal": personal,
        "corrected": corrected,
        "was": None if was is None else rounds.told(was, history),
        "step": step.code,
        "zone": Subscription.from_json(session.alerts).zone,
        "read_at": None if read_at is None else read_at.isoformat(),
    }
    return Reply("alert", session.language or "en", values, ((step.tap,), (Choice("alerts.mute", "s:mute"),)))


def outcome(session: Session, held: Round, history: History) -> dict[str, Any] | None:
    """Was it me, as plain data; None where no fact is known."""
    if not session.answers:
        return None
    found = was_it_me(profile_of(session.answers), held, history, assume_absent=assumptions(session.answers))
    fit, program = _fit(session, found.fit), _fit(session, found.program)
    for reason in fit["reasons"] if fit else ():
        if reason["code"] == "pool_not_open":
            reason["program"] = program
    told = {"fit": fit, "program": program, "submitted": _submitted(session), "later": _later(found.set_aside)}
    return {**as_json(found), **told}


LATER = {"language_results": "test", "eca": "eca", "credentials": "credential", "nomination": "nomination"}
"""Papers by the last key of their pointer: what came after a round does not count for it."""


def _later(set_aside: Iterable[str]) -> list[dict[str, Any]]:
    """The papers that came after a round, each kind of either person once."""
    found: dict[tuple[str, bool], None] = {}
    for pointer in set_aside:
        name = next((part for part in reversed(pointer.split("/")) if not part.isdigit()), "")
        if name in LATER:
            found[(LATER[name], pointer.startswith("/partner"))] = None
    return [{"paper": paper, "partner": partner} for paper, partner in found]


def _fit(session: Session, fit: Fit | None) -> dict[str, Any] | None:
    """A verdict as plain data; a reason that rests on what was never asked is marked."""
    if fit is None:
        return None
    told: dict[str, Any] = as_json(fit)
    for reason in told["reasons"]:
        key = question_for(reason["fact"])
        reason["assumed"] = key is not None and key.id in ASKED_AS.values() and str(key) not in session.answers
    return told


def _submitted(session: Session) -> str | None:
    """How exactly the submission of the profile is known: `moment`, `day`, or not at all."""
    at = session.answers.get("x.submitted")
    if not isinstance(at, str) or at == "none":
        return None
    return "moment" if "T" in at else "day"


def next_step(session: Session, held: Round, personal: dict[str, Any] | None, context: Context) -> Step:
    """The one thing to do next."""
    if personal is None:
        return _goal("facts", "which")
    code, pool = personal["code"], personal["pool"]
    if code in INVITED:
        return _in_pool(pool)
    if code == "tie_unknown":
        return _tied(held, pool)
    if code in MISSED:
        return _goal("whatif", "whatif")
    if code in ("range", "eligibility_unknown"):
        return _narrow(session, personal, context)
    if code == "not_eligible" and held.type != "pnp":
        return _category(held, personal, context)
    return _goal("stand", "standing")


def _goal(code: str, goal: str) -> Step:
    return Step(code, Choice(f"goal.{goal}", f"m:g:{goal}"))


def _question(code: str, key: Key) -> Step:
    return Step(code, Choice("change", f"m:q:{key}", {"id": key.id, "scope": key.scope, "index": key.place}))


SUBMITTED = Key("x", "submitted")


def _in_pool(pool: str) -> Step:
    """Invited by the score: whether the profile was in the pool decides what to do."""
    if pool == "submitted_later":
        return _goal("stand", "standing")
    if pool in ("yes", "invited_before"):
        return _goal("ita" if pool == "yes" else "ita_before", "invited")
    return _question({"not_submitted": "submit", "expired": "submit_again"}.get(pool, "submitted"), SUBMITTED)


def _tied(held: Round, pool: str) -> Step:
    """At the cut-off itself: the second of the submission decides, where IRCC has published its own."""
    if held.tie_break_utc and pool in ("yes", "unknown"):
        return _question("moment", SUBMITTED)
    return _goal("account" if pool in ("yes", "unknown") else "stand", "standing")


def _narrow(session: Session, personal: dict[str, Any], context: Context) -> Step:
    """The open question that decides; without one, more questions."""
    talk = Talk(session, context)
    if personal["code"] == "eligibility_unknown":
        reasons = [*personal["fit"]["reasons"], *(personal["program"] or {"reasons": []})["reasons"]]
        asked = (question_for(reason["fact"]) for reason in reasons if _is_open_reason(reason))
        key = next((each for each in asked if each is not None and is_open(talk.dossier, each)), None)
        if key is not None:
            return _question("narrow", key)
    try:
        found = assessed(session.answers, context.today, context.history)
    except NoRulesError:
        return _goal("stand", "standing")
    telling = narrowing(talk, found, list(later(talk.dossier)))
    if telling is None:
        return _goal("stand", "standing")
    return _question("narrow", Key(telling["scope"], telling["id"], telling["index"]))


def _is_open_reason(reason: dict[str, Any]) -> bool:
    return bool(reason["code"].endswith("_unknown"))


def _category(held: Round, personal: dict[str, Any], context: Context) -> Step:
    """Not in the category: what is missing where it is near, else the rounds that do fit."""
    if personal["fit"]["verdict"] == "nearly":
        values = rounds.kind(held.type, context.history)
        return Step("nearly", Choice("round_type", f"m:t:fit:{held.type}", values))
    return _goal("others", "which")
