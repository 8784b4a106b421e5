"""What a change of the rules moves for one profile: the score, its lines and the verdicts, before and after.

Rules change in two ways. A table comes into force, or goes out of it, on a day that stands in the data; and the data
themselves are put right, so that a day already past is answered otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from scoring.assessment import View, glanced
from scoring.case import open_case
from scoring.output import as_json
from scoring.profile import Profile
from scoring.provisions import CategorySet, CategoryVersion, Provision
from scoring.reasons import Verdict
from scoring.rulebook import Rulebook, Rules, shipped
from scoring.worth import Worth, lines_of, worth

DAY = timedelta(1)


class Ends(NamedTuple):
    """The ends of a score."""

    low: int
    high: int


class LineChange(NamedTuple):
    """The points of one factor at the low end; 0 where there was, or is, no such line."""

    factor: str
    before: int
    after: int


class Turn(NamedTuple):
    """The verdict of one draw type; None where there was, or is, no such type."""

    id: str
    before: Verdict | None
    after: Verdict | None


class Source(NamedTuple):
    """A table that changed: the text that it rests on, and the day on which somebody last checked it."""

    topic: str
    reference: str
    url: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of rules that moves a score or a verdict.

    `id`: the same for everybody whom this change moves, so that it can be told once. `since`: the first day on which it
    holds; of a correction of the data, the day that both answers are about. `topics`, `references`: the tables that
    came or went on that day; of a correction, none. `lines`, `turned`: only what differs.
    """

    id: str
    since: date
    topics: tuple[str, ...]
    references: tuple[Source, ...]
    before: Ends
    after: Ends
    lines: tuple[LineChange, ...]
    turned: tuple[Turn, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data, to keep."""
        told: dict[str, Any] = as_json(self)
        return told


def change_days(book: Rulebook | None = None) -> tuple[date, ...]:
    """Every day on which some provision comes into force or has gone out of it, the oldest first."""
    return (book or shipped()).change_days


def fingerprint(book: Rulebook | None = None) -> str:
    """Names the data of all rules: another name, other answers are possible. A new reference or check changes none."""
    return (book or shipped()).fingerprint


def moved_on(
    profile: Profile, day: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None
) -> RuleChange | None:
    """What the rules of a day move against those of the day before, the profile seen on that day; None if nothing.

    Raises NoRulesError when the CRS has no table for either day, UnknownAssumptionError as `assess` does.
    """
    book, names = book or shipped(), tuple(assume_absent)
    tables = list(_tables(book, day))
    if not tables:
        return None
    before = _standing(profile, book.on(day - DAY).seen_on(day), names)
    after = _standing(profile, book.on(day), names)
    return _change(f"rules:{day}", day, before, after, tables)


def moved_by_data(
    kept: Worth, profile: Profile, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None
) -> RuleChange | None:
    """What today's data move against a worth that was kept under older data, both on the day of that worth.

    None if nothing. The profile has to be the one that the worth is of. Raises NoRulesError when the CRS has no table
    for that day, UnknownAssumptionError as `assess` does.
    """
    found = worth(profile, kept.on, assume_absent=assume_absent, book=book)
    return _change(f"data:{fingerprint(book)}", kept.on, _of(kept), _of(found))


class _Standing(NamedTuple):
    ends: Ends
    lines: Mapping[str, int]
    verdicts: Mapping[str, Verdict]


def _of(kept: Worth) -> _Standing:
    return _Standing(Ends(kept.low, kept.high), kept.lines, kept.verdicts)


def _standing(profile: Profile, rules: Rules, names: tuple[str, ...]) -> _Standing:
    view = View(open_case(profile, rules, names))
    seen = glanced(view)
    return _Standing(Ends(seen.low, seen.high), lines_of(view), seen.verdicts)


def _change(
    name: str, since: date, before: _Standing, after: _Standing, tables: Iterable[tuple[str, Provision]] = ()
) -> RuleChange | None:
    turned = tuple(_turned(before.verdicts, after.verdicts))
    if before.ends == after.ends and not turned:
        return None
    moved = {each.id for each in turned}
    told = [
        (topic, entry) for topic, entry in tables if not isinstance(entry, CategoryVersion) or entry.category in moved
    ]
    return RuleChange(
        name,
        since,
        tuple(dict.fromkeys(topic for topic, _ in told)),
        tuple(Source(topic, entry.reference, entry.url, entry.checked_on) for topic, entry in told),
        before.ends,
        after.ends,
        tuple(_differing(before.lines, after.lines)),
        turned,
    )


def _differing(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[LineChange]:
    for factor in dict.fromkeys((*before, *after)):
        change = LineChange(factor, before.get(factor, 0), after.get(factor, 0))
        if change.before != change.after:
            yield change


def _turned(before: Mapping[str, Verdict], after: Mapping[str, Verdict]) -> Iterator[Turn]:
    """Verdicts that differ. A type that comes or goes and does not fit moves nobody."""
    for name in dict.fromkeys((*before, *after)):
        turn = Turn(name, before.get(name), after.get(name))
        if (turn.before or _NO_TYPE) != (turn.after or _NO_TYPE):
            yield turn


_NO_TYPE: Verdict = "does_not_fit"


def _tables(book: Rulebook, day: date) -> Iterator[tuple[str, Provision]]:
    """The tables that come into force on a day, and those that went out of it the day before and have no successor."""
    coming = [(_topic(*each), each[2]) for each in book.every() if each[2].in_force_from == day]
    came = {topic for topic, _ in coming}
    going = [(_topic(*each), each[2]) for each in book.every() if each[2].in_force_until == day - DAY]
    for topic, entry in (*coming, *(each for each in going if each[0] not in came)):
        if not isinstance(entry, CategorySet):
            yield topic, entry


def _topic(topic: str, table: str, entry: Provision) -> str:
    return f"{topic}.{entry.category if isinstance(entry, CategoryVersion) else table}"
