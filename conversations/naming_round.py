"""The round of an invitation, as somebody names it: by its number, or by its day where only one was held."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.answers import Misread, Unclear, Understood, read_day
from conversations.answers.text import normal
from conversations.keys import Key
from conversations.reading import Facts, Reading
from conversations.talk import Talk
from conversations.topics import documents

_NUMBER = re.compile(r"(?:.*\b(?:no|n|number|numero|round|ronde) ?)?(\d{1,4} ?[ab]?)")
"""The number of a round, alone or behind its word; 91a and 91b exist."""


def read_round(talk: Talk, key: Key, text: str) -> Reading:
    """The round that a text names. One that is not known is taken where it may have come after those that are."""
    history, found = talk.context.history, _NUMBER.fullmatch(normal(text))
    if found is None:
        return _of_day(talk, key, text)
    number = found[1].replace(" ", "")
    held = history.get(number)
    if held is not None and not _near(talk, held.date):
        return Misread("round_not_near", text, {"number": number, "day": held.date.isoformat()})
    if held is not None or _later(talk, number):
        return Facts({key: number})
    last = history.rounds[-1].number if history.rounds else None
    return Misread("no_such_round", text, {"number": number, "last": last, "known_to": history.known_to.isoformat()})


def _near(talk: Talk, day: date) -> bool:
    """Whether an invitation of the day that was told may come from a round of a day."""
    on = documents.invited_on(talk)
    return on is None or timedelta(0) <= on - day <= MOST_DAYS


MOST_DAYS = timedelta(60)
"""Letters follow their round within days; this is generous, and as long as an invitation lasts."""


def _later(talk: Talk, number: str) -> bool:
    """Whether a number may be that of a round after the last known one: there is hardly more than one a day."""
    history = talk.context.history
    if not history.rounds:
        return True
    last, held = _digits(history.rounds[-1].number), history.rounds[-1].date
    return last < _digits(number) <= last + max(0, (talk.today - held).days)


def _digits(number: str) -> int:
    return int(number.rstrip("ab"))


def _of_day(talk: Talk, key: Key, text: str) -> Reading:
    day = read_day(text, talk.today, latest=talk.today)
    if not isinstance(day, Understood):
        return Misread("no_round", text)
    held = [each.number for each in talk.context.history.rounds if each.date.isoformat() == day.value]
    if len(held) > 1:
        return Unclear("which_round", text, tuple(held))
    return Facts({key: held[0]}) if held else Misread("no_round_that_day", text, {"day": day.value})
