"""Where do I stand: the score beside the last rounds of each type that fits, and in the pool."""

from __future__ import annotations

from typing import Any

from conversations import pictures
from conversations.replies import Choice
from conversations.seen import assessed, score, trust
from conversations.talk import Row, Talk
from conversations.topics import rounds
from conversations.topics.common import MENU, basis, going_on, matched, plain, still_closed, told_fit
from scoring import standing as standings
from scoring.assessment import Assessment, Fit, concerning

MOST_TYPES = 4
"""Types that are told on one page: those drawn last."""


def standing(talk: Talk) -> None:
    """The score beside the rounds of the types that fit, and who stands above it."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    fitting, unsure = fitting_or_open(found)
    shown = (fitting or matched_first(unsure, found))[:MOST_TYPES]
    values = {
        **basis(talk, found),
        "types": [_type(talk, fit, found) for fit in shown],
        "others": [rounds.kind(fit.id, talk.context.history) for fit in fitting[MOST_TYPES:]],
        "unsure": [told_fit(fit, found) for fit in unsure] if fitting else [],
        "matched": [fit.id for fit in matched(found)],
        "program": still_closed(found),
        "place": _place(talk, found),
        "known_to": min(talk.context.history.known_to, talk.today).isoformat(),
    }
    rows: list[Row] = [
        *going_on(values),
        (Choice("goal.chances", "g:chances"), Choice("nav.rounds", "t:draws")),
        (Choice("nav.pool", "t:pool"), Choice("nav.parts", "t:parts")),
        (Choice("goal.alerts", "g:alerts"), *MENU),
    ]
    names = [fit.id for fit in shown]
    picture = pictures.cut_offs(talk.context.history, names, talk.today, score(found)) if names else None
    talk.page("standing", values, rows, picture=picture)


def fitting_or_open(found: Assessment) -> tuple[list[Fit], list[Fit]]:
    """The types of draw that fit, and those of which it cannot be told yet; of either, those drawn last come first."""
    mine = set(concerning(found))
    ours = _by_last_round([fit for fit in found.draw_types if fit.id in mine])
    return [fit for fit in ours if fit.verdict == "fits"], [fit for fit in ours if fit.verdict != "fits"]


def matched_first(unsure: list[Fit], found: Assessment) -> list[Fit]:
    """Types of which it cannot be told yet, those first that the facts alone match."""
    mine = {fit.id for fit in matched(found)}
    return sorted(unsure, key=lambda fit: fit.id not in mine)


def _by_last_round(fits: list[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: fit.last_round.date.toordinal() if fit.last_round else 0, reverse=True)


def _type(talk: Talk, fit: Fit, found: Assessment) -> dict[str, Any]:
    """How the score stands to the rounds of one type."""
    history = talk.context.history
    told = standings.standing(history, fit.id, talk.today, found.crs.low, found.crs.high)
    return {
        "type": rounds.kind(fit.id, history),
        "verdict": fit.verdict,
        "last": [rounds.told(held, history) for held in told.last],
        "rounds": told.rounds,
        "at_low": plain(told.at_low),
        "at_high": plain(told.at_high),
        "gap_low": told.gap_low,
        "gap_high": told.gap_high,
        "trend": None if told.trend is None else plain(told.trend),
    }


def _place(talk: Talk, found: Assessment) -> dict[str, Any] | None:
    """Between how many and how many candidates stand above the score; None where no count of the pool is known."""
    place = standings.place(talk.context.history, talk.today, found.crs.low, found.crs.high)
    if place is None:
        return None
    return {
        "as_on": place.as_on.isoformat(),
        "total": place.total,
        "least": place.at_high.least,
        "most": place.at_low.most,
    }


def pool(talk: Talk) -> None:
    """Where the score stands in the pool: every range of scores with its candidates."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    picture = pictures.pool(talk.context.history, talk.today, score(found))
    values = {"picture": picture, "place": _place(talk, found), "score": score(found)}
    talk.page("pool", values, [(Choice("goal.standing", "g:standing"), *MENU)], picture=picture)


def parts(talk: Talk) -> None:
    """How the score is made up, as a picture."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    picture = pictures.score(found)
    values = {"picture": picture, "score": score(found), "trust": trust(found)}
    rows: list[Row] = [(Choice("nav.lines", "t:lines"), Choice("goal.standing", "g:standing")), MENU]
    talk.page("parts", values, rows, picture=picture)
