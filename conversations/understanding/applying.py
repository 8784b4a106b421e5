"""The Express Entry profile in free text: the day of an invitation, and the day on which the profile was submitted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from conversations.answers.calendar import Stamp, find
from conversations.answers.text import Place, plain
from conversations.understanding.mentions import CANDIDATE, PARTNER
from conversations.understanding.telling import Fragment, Telling
from conversations.understanding.turns import UNSURE

INVITED, SUBMITTED = "/express_entry/invitation/on", "/express_entry/profile_submitted_at"
_DAY_AND_MONTH = re.compile(r"(?<![\d/.:-])(?P<one>\d{1,2})\s?[/.-]\s?(?P<other>\d{1,2})(?![/.:-]?\d|\s?(?:/|h\b))")
_CLOCK = re.compile(r"\d\s?(?:h|:)\s?\d{2}")
_ENDS = re.compile(
    r"\b(?:expir\w*|until|till|before(?! yesterday)|avant(?![- ]hier)|jusqu\w*|deadline|limite|due|valide?|decline[ds]?"
    r"|refuse[ds]?)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|pas|jamais|aucune?|without|sans|isn't|wasn't|haven't|n'ai|if|si|when|quand)\b"
)


def read_application(telling: Telling) -> None:
    """The day of an invitation and of the submission, where a day stands beside the words of it."""
    for group, about in (("invited", INVITED), ("submitted", SUBMITTED)):
        for place, _ in telling.vocabulary.find(telling.left, group):
            if telling.about(place.start) in (CANDIDATE, PARTNER, UNSURE) and _dated(telling, place, about):
                break


def _dated(telling: Telling, place: Place, about: str) -> bool:
    """Read the day beside the words of an invitation; False where there is none, or where it is of no one's own."""
    clause = telling.around(place.start)
    said = plain(clause.text)
    others = any(telling.vocabulary.find(clause.text, group) for group in ("drawn", "province", "quebec"))
    if others or _ENDS.search(said) or _NEGATED.search(said[: place.start - clause.start]):
        return False
    stamps = list(_stamps(telling, clause))
    if not stamps:
        return False
    stamp = stamps[0]
    day = _day(telling, stamp, about)
    if day is not None and about == INVITED:
        telling.express_entry.setdefault("invitation", {"on": day})
    elif day is not None and _CLOCK.search(said):
        telling.ask("moment", about, clause.text)
    elif day is not None:
        telling.express_entry.setdefault("profile_submitted_at", day)
    for start, end in ((clause.start + stamp.start, clause.start + stamp.end), (place.start, place.end)):
        telling.note("invitation" if about == INVITED else "profile_submitted_at", start, end)
    return True


def _stamps(telling: Telling, clause: Fragment) -> Iterator[Stamp]:
    """The days of a clause; `03/11` is one too."""
    said = plain(clause.text)
    found = find(said, telling.today)
    yield from found
    for bare in _DAY_AND_MONTH.finditer(said) if not found else ():
        pair = (int(bare["one"]), int(bare["other"]))
        yield Stamp(bare.start(), bare.end(), clause.text[bare.start() : bare.end()], pair=pair)


def _day(telling: Telling, stamp: Stamp, about: str) -> str | None:
    """The day of a stamp; of one without its year the last that is past, which is less than a year ago."""
    if stamp.precision != "no_year" or not (stamp.pair or stamp.day):
        return telling.day(stamp, about)
    days = list(dict.fromkeys(_last_past(stamp, telling.today)))
    if len(days) != 1:
        telling.ask("day_or_month" if days else "no_such_day", about, stamp.text, days)
    return days[0] if len(days) == 1 else None


def _last_past(stamp: Stamp, today: date) -> Iterator[str]:
    """In each order, the last time that there was such a day."""
    for year in (today.year, today.year - 1):
        for day in replace(stamp, year=year).days().values():
            if today.replace(year=today.year - 1, day=min(today.day, 28)) < day <= today:
                yield day.isoformat()
