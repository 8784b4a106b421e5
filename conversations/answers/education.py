"""A diploma in one line: its level, its country, the day it was completed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from conversations.answers.calendar import find
from conversations.answers.choices import EITHER, chosen, likeness
from conversations.answers.countries import find_countries
from conversations.answers.days import FIRST_DAY, settle
from conversations.answers.result import Misread, Result, Unclear, Understood
from conversations.answers.scores import without
from conversations.answers.text import Place, clean, listed, normal, plain, standing
from conversations.answers.words import with_digits
from scoring.profile import Level

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

NONE = "none"
LEVELS: tuple[str, ...] = (*get_args(Level), NONE)
_BAC = "bachelor|secondary"
_BAC_IS_A_DEGREE = frozenset({"CA"})
_BAC_ENDS_SCHOOL = frozenset(
    listed("FR BE CH LU MA DZ TN SN CI CM CD CG ML BF NE BJ TG GA GN MG HT MR TD DJ KM LB RW BI CF")
)
_LENGTH = re.compile(r"\b(?P<years>\d)(?:[.,]\d)?\s*-?(?:years?|yrs?|ans?|annees?)\b")
_DESS = "one_year|masters"
_BY_LENGTH = {1: "one_year", 2: "two_year", 3: "bachelor", 4: "bachelor"}
_BEYOND_SCHOOL = ("one_year", "two_year", "bachelor")


def read_education(text: str, today: date, lexicon: Lexicon) -> Result:
    """`{"level": level}`, with `country`, and with `completed_on` where a whole day stands there.

    A word that means different things in different countries (*baccalauréat*, *diploma*) is settled by the country or
    by the years of study; where neither is there it is unclear, with a value for each level.
    """
    cleaned = clean(text)
    where, when = _where(cleaned, lexicon), _when(cleaned, today)
    undated = without(cleaned, [(stamp.start, stamp.end) for stamp in find(plain(cleaned), today)])
    standing_there = [each for each in standing(undated, lexicon.levels) if not is_small(each[0], undated)]
    found = list(dict.fromkeys(level for place, level in standing_there if level != NONE or _tells(place, undated)))
    if not any(EITHER not in level for level in found) and not _by_years(found, _years(undated)):
        numbered = [(place.start, place.end) for place, _ in standing_there if _HAS_NUMBER.search(place.words)]
        found = _misspelt(without(undated, numbered), lexicon) or found
    if not found:
        return Misread("no_level", cleaned)
    levels = _settled(found, _years(undated), where.get("country"))
    return _with(chosen(cleaned, levels, LEVELS), where | when, _open_day(cleaned, today))


_HAS_NUMBER = re.compile(r"\d")
"""*Master 1* is no slip in *master*."""
IN_CAPITALS = frozenset({"but", "ma", "ms", "bs"})
"""Degrees that are everyday words in small letters."""
_BUT_NOT = re.compile(
    r"\s+(?:no|not|i|i'm|my|we|only|still|the|he|she|it|they|is|was|have|has|had|never|now|with|without|an?|don't"
    r"|can't)\b"
)
_LEADS = re.compile(r"(?:^|[,;.(+&\n]|\b(?:un|mon|le|du|de|d'un|et|and|my|an?))\s*$")


def is_small(place: Place, cleaned: str) -> bool:
    """Whether a word that is a degree in capitals alone is an everyday word: small, among capitals, or *BUT no job*."""
    if place.words not in IN_CAPITALS:
        return False
    written = cleaned[place.start : place.end]
    if not written.isupper() or (written != cleaned and cleaned.isupper()):
        return True
    before, behind = plain(cleaned[: place.start]), plain(cleaned[place.end :])
    return place.words == "but" and bool(_BUT_NOT.match(behind) or not _LEADS.search(before))


def _tells(place: Place, undated: str) -> bool:
    """Whether *no*, *nothing* and the like are the whole answer; *no diploma* tells wherever it stands."""
    return " " in place.words or normal(undated) == place.words


def _with(level: Result, others: dict[str, str], told: dict[str, Any]) -> Result:
    if isinstance(level, Unclear):
        return Unclear("level", level.read, tuple({"level": each, **others} for each in level.options))
    return Understood({"level": level.value, **others}, told) if isinstance(level, Understood) else level


def _where(cleaned: str, lexicon: Lexicon) -> dict[str, str]:
    codes = {code for named in find_countries(cleaned, lexicon) for code in named.codes}
    return {"country": codes.pop()} if len(codes) == 1 else {}


def _when(cleaned: str, today: date) -> dict[str, str]:
    days = [stamp for stamp in find(plain(cleaned), today) if stamp.precision == "day"]
    day = settle(days[0], FIRST_DAY, today) if len(days) == 1 else None
    return {"completed_on": day.value} if isinstance(day, Understood) else {}


def _open_day(cleaned: str, today: date) -> dict[str, Any]:
    """Whether a date is there that is no whole day, or not a clear one."""
    dated = any(stamp.precision != "no_year" for stamp in find(plain(cleaned), today))
    return {"unclear": ["completed_on"]} if dated and not _when(cleaned, today) else {}


def _years(cleaned: str) -> int | None:
    found = _LENGTH.search(with_digits(plain(cleaned)))
    return int(found["years"]) if found else None


def _settled(levels: list[str], years: int | None, country: str | None) -> Iterable[str]:
    """The levels that are meant: an open word is settled by a clear one, by the country, or by the years of study."""
    clear = [level for level in levels if EITHER not in level]
    if clear:
        return [level for level in clear if level != NONE] or clear
    if _BAC in levels and country in _BAC_IS_A_DEGREE:
        return ["bachelor"]
    if _BAC in levels and country in _BAC_ENDS_SCHOOL:
        return ["secondary"]
    if _DESS in levels and country == "CA":
        return ["one_year"]
    by_length = _by_years(levels, years)
    return [by_length] if by_length else levels


def _by_years(levels: list[str], years: int | None) -> str | None:
    """The level that so many years of study come to, where the words leave it open."""
    level = _BY_LENGTH.get(years or 0)
    return level if level and any(level in each.split(EITHER) for each in levels) else None


_NO_LEVEL = re.compile(r"\d+|\b(?:he|she|has|have|had|his|her|is|il|elle|a)\b")
"""Numbers, and small words that are like the short form of a level: *has diploma* is no *HS diploma*."""


def _misspelt(undated: str, lexicon: Lexicon) -> list[str]:
    """The one clear level that a word or the whole is very like."""
    from conversations.lexicon import CLEAR_OF_ANOTHER, SURE

    clear = [
        phrase for phrase in lexicon.choices("level") if EITHER not in phrase.stands_for and phrase.stands_for != NONE
    ]
    near = likeness(" ".join(_NO_LEVEL.sub(" ", normal(undated)).split()), clear)
    best = max(near.values(), default=0)
    close = [level for level, score in near.items() if best - score < CLEAR_OF_ANOTHER]
    return close if best >= SURE else []
