"""After an invitation: the papers to tick off, what each has to say, the fees, the mistakes, the round once more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from conversations.dossier import NONE
from conversations.facts import profile_of
from conversations.keys import Key
from conversations.replies import Choice
from conversations.seen import assessed, assumptions, so_far, trust
from conversations.talk import Row, Talk
from conversations.topics import early, rounds
from conversations.topics.common import MENU, plain
from scoring.documents import Paper
from scoring.documents import documents as papers_of
from scoring.draws import Round
from scoring.fees import fees as fees_of
from scoring.mistakes import Answers, mistakes
from scoring.provisions import Provision
from scoring.recheck import recheck, rounds_near

INVITED, ROUND = Key("x", "invited"), Key("x", "invited_round")
BACK: Row = (Choice("goal.documents", "g:documents"), *MENU)
ASIDE = frozenset({"if_asked", "later"})
"""Papers that nobody has to bring now: they are told, and there is nothing to tick off."""
GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "police": frozenset({"police", "fbi", "us_state", "police_family"}),
        "work": frozenset({"letter", "own_business", "offer"}),
        "money": frozenset({"medical", "funds", "fees"}),
        "studies": frozenset({"language", "education", "nomination"}),
        "family": frozenset({"married", "common_law", "ended", "civil", "partner_papers", "children"}),
        "person": frozenset({"passport", "history"}),
    }
)
"""The kinds of papers that one page tells of together, in the order in which they are shown."""


def documents(talk: Talk, *, brief: bool = False) -> None:
    """The list with what is there already, the days that are left, and the round looked at once more.

    `brief`: the list alone, below a tick.
    """
    told = listed(talk)
    ticked = set(talk.session.ticked)
    due = [paper for paper in told if paper.status not in ASIDE]
    values = {
        "papers": _told(talk, told),
        "done": sum(paper.id in ticked for paper in due),
        "of": len(due),
        **_days(talk),
        "again": _again(talk),
        "early": early.too_early(talk),
        "ack": talk.noted,
        "brief": brief,
        "trust": trust(assessed(talk.session.answers, talk.today, talk.context.history)),
    }
    talk.page("documents", values, _rows(due, ticked, values))


def listed(talk: Talk) -> list[Paper]:
    """The papers of the person on the day of the turn. Raises NoRulesError where the day has no rules."""
    answers = talk.session.answers
    return papers_of(profile_of(answers), talk.today, assume_absent=assumptions(answers))


def tickable(talk: Talk) -> list[Paper]:
    """The papers that have to be there now, and so can be ticked off."""
    return [paper for paper in listed(talk) if paper.status not in ASIDE]


def tick(talk: Talk, name: str) -> bool:
    """Tick off a paper, or take the tick back; False where there is no such paper."""
    if name not in {paper.id for paper in listed(talk)}:
        return False
    ticked = talk.session.ticked
    talk.change(ticked=tuple(each for each in ticked if each != name) if name in ticked else (*ticked, name))
    documents(talk, brief=True)
    return True


def _told(talk: Talk, found: list[Paper]) -> list[dict[str, Any]]:
    """Papers as plain data, with whether each is there."""
    ticked = set(talk.session.ticked)
    return [
        {**_named(paper), "id": paper.id, "status": paper.status, "done": paper.id in ticked, "rule": _read(paper.rule)}
        for paper in found
    ]


def _named(paper: Paper) -> dict[str, Any]:
    return {"kind": paper.kind, "values": plain(paper.values)}


def _read(rule: Provision) -> dict[str, Any]:
    """Where something was read, as plain data."""
    return rule.model_dump(mode="json", include={"reference", "url", "checked_on", "read"})


def _rows(due: list[Paper], ticked: set[str], values: dict[str, Any]) -> list[Row]:
    rows: list[Row] = [
        (Choice("paper_done" if paper.id in ticked else "paper", f"d:{paper.id}", _named(paper)),) for paper in due
    ]
    rows.append((Choice("nav.papers", "t:papers"), Choice("nav.fees", "t:fees")))
    rows.append((Choice("nav.mistakes", "t:mistakes"), Choice("goal.invited", "g:invited")))
    again = values["again"]
    if values["early"]:
        rows.append(early.HELP)
    if again is None and values["on"] is not None:
        rows.append((Choice("nav.round", f"q:{ROUND}"),))
    elif again is not None and again["standing"] == "short" and not values["early"]:
        rows.append(early.HELP)
    elif again is not None and again["standing"] == "cannot_tell":
        rows.append((Choice("nav.more_questions", "t:more"),))
    return [*rows, MENU]


def _days(talk: Talk) -> dict[str, Any]:
    """The day of the invitation, and what is left of its days; nothing is left once they are over."""
    on = invited_on(talk)
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    due = next((each for each in found.deadlines if each.id == "invitation_expires"), None)
    return {
        "on": on.isoformat() if on else None,
        "program": talk.session.answers.get("x.invited_under"),
        "left": due.days_left if due else None,
        "last": due.on.isoformat() if due else None,
    }


def invited_on(talk: Talk) -> date | None:
    """The day of the invitation, where there is one and it is known."""
    on = talk.dossier.get(INVITED)
    return None if on in (None, NONE) else date.fromisoformat(on)


def round_of(talk: Talk) -> Round | None:
    """The round of the invitation: the one that was told, else the only one of its day that is known."""
    on, history = invited_on(talk), talk.context.history
    if on is None:
        return None
    named = talk.dossier.get(ROUND)
    if named is not None:
        return history.get(str(named))
    near = rounds_near(on, history)
    return near[0] if len(near) == 1 else None


def _again(talk: Talk) -> dict[str, Any] | None:
    """The score and the facts against the cut-off and the category of the round; None where it is not known."""
    held = round_of(talk)
    if held is None:
        return None
    answers, history = talk.session.answers, talk.context.history
    found = recheck(profile_of(answers), held, talk.today, history, assume_absent=assumptions(answers))
    told: dict[str, Any] = plain(found)
    return {**told, "held": rounds.told(held, history)}


def papers(talk: Talk, group: str | None = None) -> None:
    """What each paper of a group has to say, and where that was read; at first those that take longest."""
    found = listed(talk)
    groups = [name for name in GROUPS if any(paper.kind in GROUPS[name] for paper in found)]
    shown = group if group in groups else groups[0]
    told = [paper for paper in found if paper.kind in GROUPS[shown]]
    others: list[Row] = [
        (Choice("papers_group", f"t:papers_{name}", {"group": name}),) for name in groups if name != shown
    ]
    talk.page("papers", {"group": shown, "papers": _told(talk, told)}, [*others, BACK])


def fees(talk: Talk) -> None:
    """What the application costs, by who comes."""
    found = fees_of(profile_of(talk.session.answers), talk.today, all_children=_all_children(talk))
    talk.page("fees", {**plain(found), "table": found.table.model_dump(mode="json")}, [BACK])


def mistakes_page(talk: Talk) -> None:
    """The mistakes that cost an application, each looked for in the answers."""
    answers = talk.session.answers
    told = Answers(
        talk.dossier.get(Key("h", "marital")),
        _all_children(talk),
        round_of(talk),
        other_jobs="other_jobs" in so_far(answers),
    )
    found = mistakes(
        profile_of(answers),
        talk.today,
        told,
        assume_absent=assumptions(answers),
        history=talk.context.history,
    )
    order = ("look", "cannot_tell", "ok")
    checks = sorted(found, key=lambda check: order.index(check.found))
    rows: list[Row] = [(Choice("nav.licensed", "e:c:"), Choice("nav.change", "g:profile")), BACK]
    talk.page("mistakes", {"checks": [{**plain(check), "rule": _read(check.rule)} for check in checks]}, rows)


def _all_children(talk: Talk) -> bool | None:
    told = talk.dossier.get(Key("h", "children_coming"))
    return None if told is None else bool(told == "yes")
