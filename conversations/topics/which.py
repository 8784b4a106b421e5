"""Which category fits me: every program and category, the draw types that follow, and when each was last drawn."""

from __future__ import annotations

from typing import Any

from conversations.replies import Choice
from conversations.seen import assessed, score, trust
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, told_fit
from scoring.assessment import PROGRAMS, Assessment, Fit
from scoring.reasons import VERDICTS

GROUPS = ("fits", "matches", "nearly", "cannot_tell", "does_not_fit")
"""As the page tells them: `matches` = the facts fit the category, and no program is open yet."""


def which(talk: Talk) -> None:
    """The short answer."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {
        **basis(talk, found),
        "programs": [told_fit(fit, found) for fit in found.programs],
        "groups": grouped(found),
        "draws": drawn(found),
    }
    rows: list[Row] = [
        *going_on(values),
        (Choice("nav.programs", "t:programs"), Choice("nav.categories", "t:categories")),
        (Choice("nav.types", "t:types"), Choice("goal.score", "g:score")),
        (Choice("goal.standing", "g:standing"), Choice("nav.rounds", "t:draws")),
        MENU,
    ]
    talk.page("which", values, rows)


def group_of(fit: Fit) -> str:
    """In which group the page tells a category."""
    if fit.verdict != "fits" and fit.facts_verdict == "fits":
        return "matches"
    return fit.verdict


def grouped(found: Assessment) -> dict[str, list[Any]]:
    """The categories by group, in the order of the rules."""
    told: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for fit in found.categories:
        told[group_of(fit)].append(told_fit(fit, found))
    return told


def drawn(found: Assessment) -> list[Any]:
    """The draw types that one fits or nearly fits, with their last rounds; those drawn last come first."""
    likely = [fit for fit in found.draw_types if fit.verdict in ("fits", "nearly")]
    likely.sort(key=lambda fit: fit.last_round.date.toordinal() if fit.last_round else 0, reverse=True)
    return [told_fit(fit, found) for fit in likely]


def programs(talk: Talk) -> None:
    """The three federal programs, one line each; a tap tells the reasons."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    _list(talk, "programs", found, found.programs)


def categories(talk: Talk) -> None:
    """Every category, the best verdict first."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    ranked = sorted(found.categories, key=lambda fit: -VERDICTS.index(fit.facts_verdict or fit.verdict))
    _list(talk, "categories", found, ranked)


def types(talk: Talk) -> None:
    """Every draw type: eligibility, and when it was last drawn."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    ranked = sorted(found.draw_types, key=lambda fit: -VERDICTS.index(fit.verdict))
    _list(talk, "draws", found, ranked)


def _list(talk: Talk, key: str, found: Assessment, fits: list[Fit]) -> None:
    taps = [Choice("fit", f"t:fit:{fit.id}", {"id": fit.id}) for fit in fits]
    rows: list[Row] = [tuple(taps[at : at + 2]) for at in range(0, len(taps), 2)]
    if key == "draws":
        rows.append((Choice("nav.rounds", "t:draws"), Choice("goal.standing", "g:standing")))
    rows.append((Choice("goal.which", "g:which"), *MENU))
    talk.page(key, {"fits": [told_fit(fit, found) for fit in fits], "score": score(found), "trust": trust(found)}, rows)


def fit(talk: Talk, name: str) -> None:
    """One program, category or draw type: the verdict with every reason, what time cures, the last round."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    known = {each.id: each for each in (*found.draw_types, *found.programs, *found.categories)}
    if name not in known:
        which(talk)
        return
    one = known[name]
    back = "programs" if one.id in PROGRAMS else "categories"
    rows: list[Row] = [(Choice(f"nav.{back}", f"t:{back}"), Choice("goal.which", "g:which")), MENU]
    talk.page("fit", {"fit": told_fit(one, found), "score": score(found), "trust": trust(found)}, rows)
