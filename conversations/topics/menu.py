"""The menu, and the pages that need no facts."""

from __future__ import annotations

from conversations.replies import Choice
from conversations.session import Language
from conversations.talk import Row, Talk
from conversations.topics.documents import invited_on

GOALS = ("which", "score", "eligible", "whatif", "standing", "alerts", "deadlines", "profile")


MOST_NOTED = 4
"""One answer with its details; what was told at length was read back before."""
CONSENT = "consent"
"""What is asked by the first page; a typed yes means consent there and nowhere else."""


def other(language: Language) -> Language:
    """The other of the two languages."""
    return "en" if language == "fr" else "fr"


def switch(talk: Talk) -> Choice:
    """The button that offers the other language, in that language."""
    return Choice(f"language.{other(talk.language)}", f"l:{other(talk.language)}")


def goal_rows(talk: Talk) -> list[Row]:
    """One button for each thing that one can ask for."""
    taps = [Choice(f"goal.{goal}", f"g:{goal}") for goal in GOALS]
    rounds = Choice("nav.rounds", "t:draws")
    rows: list[Row] = [(taps[0],), (taps[1], taps[2]), (rounds, taps[4]), (taps[5], taps[3])]
    rows.append((taps[6], taps[7]))
    rows.append((Choice("nav.explain", "e:l"), switch(talk)))
    if invited_on(talk):
        rows.insert(0, (Choice("goal.invited", "g:invited"), Choice("goal.documents", "g:documents")))
    return rows


def menu(talk: Talk) -> None:
    """What one can ask for."""
    talk.change(asked=None)
    answered = len(talk.session.answers)
    noted = talk.noted if len(talk.noted) <= MOST_NOTED else []
    on = invited_on(talk)
    values = {"answered": answered, "invited": on.isoformat() if on else None, "ack": noted}
    talk.page("menu", values, goal_rows(talk))


def welcome(talk: Talk, *, again: bool = False, wish: bool = False) -> None:
    """Who speaks, what is kept, and the question of consent; the other language in one tap.

    `again`: something was said before consent was given; it was not kept. `wish`: it was understood what is wanted, and
    that comes after consent. Who was greeted already is only asked again.
    """
    greeted = talk.session.asked == CONSENT
    talk.change(asked=CONSENT)
    rows: list[Row] = [(Choice("nav.agree", "c:yes"),), (Choice("nav.privacy", "t:privacy"), switch(talk))]
    talk.page("welcome", {"again": again, "wish": wish, "greeted": greeted and (again or wish)}, rows)


def help_page(talk: Talk) -> None:
    """What one can type."""
    _no_longer_consent(talk)
    rows: list[Row] = [(Choice("nav.explain", "e:l"),), (Choice("nav.menu", "t:menu"), switch(talk))]
    talk.page("help", {}, rows)


def language(talk: Talk) -> None:
    """Which language to speak."""
    _no_longer_consent(talk)
    rows: list[Row] = [(Choice("language.en", "l:en"), Choice("language.fr", "l:fr"))]
    talk.page("language", {}, rows)


def _no_longer_consent(talk: Talk) -> None:
    """Another page has come between: a yes would not be about consent any more."""
    if talk.session.asked == CONSENT:
        talk.change(asked=None)
