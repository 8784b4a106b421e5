"""Hours of the day as people type them: `22h-7h`, `10 pm to 7 am`, `de 22 h 30 à 6 h`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conversations.answers.choices import read_choice
from conversations.answers.result import Misread, Result, Understood
from conversations.answers.text import clean, plain

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

NOON, MIDNIGHT, HALF_A_DAY, HOUR, DAY = 12 * 60, 0, 12 * 60, 60, 24 * 60
_TIME = re.compile(
    r"(?<![\d.,:])(?P<hour>\d{1,2})(?:\s*(?:h|:|\.)\s*(?P<minute>\d{2})(?!\d))?"
    r"(?P<mark>\s*(?:h(?:eures?|rs?)?\b|:00\b|o'?\s?clock\b))?"
    r"\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?|du matin|in the morning|du soir|de l'apres-midi|at night|in the evening)?"
    r"|\b(?P<named>midnight|minuit|noon|midi)\b"
)
_MORNING = re.compile(r"a\.?\s?m|du matin|in the morning")


def times_in(text: str) -> list[tuple[int, bool]]:
    """Each time of day in a plain text, in minutes after midnight, and whether it was written as one for sure.

    A bare number is taken as an hour, not for sure: *10 to 7* may mean the evening. An hour above 24 is none.
    """
    return [time for found in _TIME.finditer(text) if (time := _time(found)) is not None]


def _time(found: re.Match[str]) -> tuple[int, bool] | None:
    if found["named"]:
        return (NOON if found["named"] in ("noon", "midi") else MIDNIGHT), True
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if minute >= HOUR or hour > DAY // HOUR or (half and not 1 <= hour <= NOON // HOUR):
        return None
    at = hour * HOUR + minute
    if half:
        at = at % HALF_A_DAY + (0 if _MORNING.match(half) else HALF_A_DAY)
    return at % DAY, bool(half or found["minute"] or found["mark"]) or hour > NOON // HOUR or hour == 0


def read_quiet(text: str, lexicon: Lexicon) -> Result:
    """From when to when nothing is sent, `{"begins": minutes, "ends": minutes}` after midnight; None = no such hours.

    Misread as `no_hours` (nothing of the kind), `two_hours` (not two times), `same_hours`, or `which_half` where both
    are bare numbers up to twelve.
    """
    cleaned = clean(text)
    times = times_in(plain(cleaned))
    if not times:
        none = read_choice(text, "quiet", ("none",), lexicon)
        return Understood(None) if isinstance(none, Understood) else Misread("no_hours", cleaned)
    if len(times) != len(("begins", "ends")):
        return Misread("two_hours", cleaned)
    (begins, sure), (ends, also) = times
    if begins == ends:
        return Misread("same_hours", cleaned)
    if not sure and not also:
        return Misread("which_half", cleaned)
    return Understood({"begins": begins, "ends": ends})
