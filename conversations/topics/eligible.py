"""Am I eligible: the three federal programs with their reasons, and other ways where none fits."""

from __future__ import annotations

from conversations.dossier import NONE
from conversations.replies import Choice
from conversations.seen import assessed, score, trust
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain, told_fit
from scoring.reasons import best


def eligible(talk: Talk) -> None:
    """The short answer."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {
        **basis(talk, found),
        "programs": [told_fit(fit, found) for fit in found.programs],
        "best": best(*(fit.verdict for fit in found.programs)),
        "grid": plain(found.fsw_grid),
        "quebec": talk.session.answers.get("h.quebec") == "yes",
    }
    taps = tuple(Choice("fit", f"t:fit:{fit.id}", {"id": fit.id}) for fit in found.programs)
    rows: list[Row] = [*going_on(values), *((tap,) for tap in taps)]
    if found.fsw_grid is not None:
        rows.append((Choice("nav.grid", "t:grid"), Choice("goal.which", "g:which")))
    rows.append(MENU)
    talk.page("eligible", values, rows)


def grid(talk: Talk) -> None:
    """Every line of the 67-point grid."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    if found.fsw_grid is None:
        eligible(talk)
        return
    grid_told = plain(found.fsw_grid)
    if talk.dossier.partner() == NONE:
        grid_told["lines"] = [line for line in grid_told["lines"] if "partner" not in line["factor"]]
    values = {"grid": grid_told, "trust": trust(found), "score": score(found)}
    talk.page("grid", values, [(Choice("goal.eligible", "g:eligible"), *MENU)])
