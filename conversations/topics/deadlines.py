"""My deadlines: what expires, what completes and what is lost, the nearest first; and an invitation's sixty days."""

from __future__ import annotations

from conversations.dossier import NONE
from conversations.interview import later
from conversations.replies import Choice
from conversations.seen import assessed
from conversations.talk import Row, Talk
from conversations.topics import alerts, early, reminders
from conversations.topics.common import MENU, basis, going_on, plain, told_fit

DATED = frozenset({"birth_date", "taken_on", "eca", "job_period", "permit", "submitted"})
"""Questions whose answers add a date."""


def deadlines(talk: Talk) -> None:
    """Every date, in order."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {**basis(talk, found), "deadlines": [plain(each) for each in found.deadlines]}
    dated = next((key for key in later(talk.dossier) if key.id in DATED), None)
    values["narrow"] = None
    rows: list[Row] = (
        [(Choice("change", f"q:{dated}", {"id": dated.id, "scope": dated.scope, "index": dated.place}),)]
        if dated
        else []
    )
    talk.page("deadlines", values, [*rows, (reminders.way(alerts.subscription(talk)),), MENU])


def invited(talk: Talk) -> None:
    """An invitation was received: the days that are left, what must be true on its day, where help is."""
    on = talk.session.answers.get("x.invited")
    if on == NONE:
        deadlines(talk)
        return
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {
        **basis(talk, found),
        "on": on,
        "program": talk.session.answers.get("x.invited_under"),
        "due": [plain(each) for each in found.deadlines if each.id.startswith("invitation")],
        "early": early.too_early(talk),
        "too_early": [plain(each) for each in found.deadlines if each.id.endswith("too_early")],
    }
    rows: list[Row] = [
        (Choice("goal.documents", "g:documents"),),
        (Choice("nav.change_date", "q:x.invited"), Choice("goal.deadlines", "g:deadlines")),
        (Choice("goal.which", "g:which"), Choice("goal.score", "g:score")),
        MENU,
    ]
    if values["early"] or values["too_early"]:
        rows.insert(0, early.HELP)
    talk.page("invited", values, rows)


def nominated(talk: Talk) -> None:
    """A province nominated the person: what it brings, and which nominations count."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    kind = talk.session.answers.get("c.nomination")
    pnp = next(fit for fit in found.draw_types if fit.id == "pnp")
    line = next((plain(each) for each in found.crs.lines if each.factor == "nomination"), None)
    values = {**basis(talk, found), "kind": kind, "pnp": told_fit(pnp, found), "line": line}
    rows: list[Row] = [
        (Choice("change", "q:c.nomination", {"id": "nomination", "scope": "c", "index": None}),),
        *going_on(values),
        (Choice("goal.score", "g:score"), Choice("goal.which", "g:which")),
        MENU,
    ]
    talk.page("nominated", values, rows)
