"""What a feed changes in what is known: computed from both, written by nobody here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from types import MappingProxyType
from typing import Literal, NamedTuple

from bot.feed.parse import agrees
from bot.feed.parsed import FeedError, Oddity, ParsedFeed
from scoring.draws import History, Reading, Round, history_of, order
from scoring.pool import Snapshot

ALERT_AGE = timedelta(days=7)
"""A round that is first seen later than this after its day is history: a lost store replays none of it."""
CORRECTED_WITHIN = timedelta(minutes=60)
"""A change so soon after a round was first seen corrects what people were told; later ones only change the history."""
MAY_FAIL = 2
"""So many known rounds may stand in rows that cannot be taken; where more do, the file is broken."""
AHEAD = timedelta(days=1)
"""A round may be dated so far after today: where it is published the day has begun that has not begun here."""
FEW = 5
"""So many numbers are named where some are missing."""

Source = Literal["shipped", "file", "feed"]


class Kept(NamedTuple):
    """A round as the store keeps it: the tie-break as the feed had it, where it is from, and when that first had it."""

    held: Round
    tie_break: str
    source: Source
    first_seen: datetime


@dataclass(frozen=True)
class Known:
    """All that is known, by number and by day."""

    rounds: Mapping[str, Kept]
    snapshots: Mapping[date, Snapshot]
    known_to: date

    def history(self, readings: Mapping[str, Reading] = MappingProxyType({})) -> History:
        """The same as answers are given it; `readings`: of the rounds that came from the live feed."""
        rounds = (kept.held for kept in self.rounds.values())
        return history_of(rounds, self.known_to, self.snapshots.values(), readings)


class Change(NamedTuple):
    """One field of one round that reads otherwise now."""

    number: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Merge:
    """What is to be written. `new` and `changed` hold rounds as they are now, oldest first.

    `confirmed`: rounds from a file or shipped ones that the live feed has too. `announce`: those that people are told
    of; `corrected`: those of which they were told otherwise within the hour. `withdrawn`: those that go. `whole`: the
    oddities are all of those of the live feed.
    """

    source: Source
    known_to: date
    new: tuple[Round, ...] = ()
    changed: tuple[Round, ...] = ()
    changes: tuple[Change, ...] = ()
    confirmed: tuple[str, ...] = ()
    withdrawn: tuple[Round, ...] = ()
    announce: tuple[Round, ...] = ()
    corrected: tuple[Round, ...] = ()
    tie_breaks: Mapping[str, str] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    quarantined: tuple[Oddity, ...] = ()
    warnings: tuple[Oddity, ...] = ()
    whole: bool = False

    @property
    def relabelled(self) -> frozenset[str]:
        """Numbers of rounds of which nothing but the label changed, or what follows from it."""
        other = {change.number for change in self.changes if change.field not in _LABEL}
        return frozenset(held.number for held in self.changed) - other


_LABEL = {"label_en", "label_fr", "type", "version"}


def merge(known: Known, feed: ParsedFeed, now: datetime, today: date, *, withdraw: bool = False) -> Merge:
    """Lay the live feed over what is known.

    A round alerts when the live feed has it for the first time and its day is at most `ALERT_AGE` ago; an old one that
    was edited never does, nor one that was told under a number that is withdrawn now. `withdraw`:
    somebody has looked, and what the feed lacks is to go. Raises FeedError (lacks, shrunken, future) and then nothing
    of it is taken.
    """
    _refuse_broken(known, feed, may_lack=withdraw)
    _refuse_future(feed, today)
    laid = _laid(known, feed, "feed", max(known.known_to, today))
    seen = {number for number, kept in known.rounds.items() if kept.source != "file"}
    unconfirmed = {number for number, kept in known.rounds.items() if kept.source != "feed"}
    reads_otherwise = {change.number for change in laid.changes if _shows(change, known)}
    withdrawn = _lacking(known, feed) if withdraw else ()
    told = {_but_number(held) for held in withdrawn if held.number in seen}
    fresh = (held for held in feed.rounds if held.number not in seen and _but_number(held) not in told)
    return replace(
        laid,
        confirmed=tuple(held.number for held in feed.rounds if held.number in unconfirmed),
        announce=tuple(held for held in fresh if _recent(held, today)),
        corrected=_corrected(known, (held for held in laid.changed if held.number in reads_otherwise), now, today),
        withdrawn=withdrawn,
        whole=True,
    )


def unchanged(known: Known, today: date) -> Merge:
    """The live feed says what it said before: that much is known up to today."""
    return Merge("feed", max(known.known_to, today))


def lay_file(known: Known, feed: ParsedFeed, today: date) -> Merge:
    """Lay rounds of a file that somebody brought over what is known: it may hold few, and it alerts nobody.

    Rounds are known then up to the newest of the file before which no number is lacking. Raises FeedError (future).
    """
    _refuse_future(feed, today)
    return _laid(known, feed, "file", max(known.known_to, min(_filled_to(known, feed), today)))


def _filled_to(known: Known, feed: ParsedFeed) -> date:
    days: dict[int, date] = {}
    for held in (*(kept.held for kept in known.rounds.values()), *feed.rounds):
        number = order(held.number).number
        days[number] = max(held.date, days.get(number, held.date))
    told = (kept.held for kept in known.rounds.values() if kept.held.date <= known.known_to)
    since = max((order(held.number).number for held in told), default=0)
    reached = next(number for number in count(since) if number + 1 not in days)
    return days.get(reached, known.known_to)


def lay_names(known: Known, names_fr: Mapping[str, str], source: Source, now: datetime, today: date) -> Merge:
    """Lay French names alone over the rounds that are known. `source`: a file, or the live feed."""
    unlike = [
        Oddity("label_fr", number, name)
        for number, name in names_fr.items()
        if number in known.rounds and not agrees(known.rounds[number].held.label_en, name)
    ]
    refused = {oddity.subject for oddity in unlike}
    rounds = tuple(
        kept.held._replace(label_fr=names_fr[number])
        for number, kept in known.rounds.items()
        if number in names_fr and number not in refused
    )
    ties = {held.number: known.rounds[held.number].tie_break for held in rounds}
    feed = ParsedFeed(rounds, ties, warnings=tuple(unlike))
    known_to = max(known.known_to, today) if source == "feed" else known.known_to
    laid = _laid(known, feed, source, known_to)
    if source != "feed":
        return laid
    return replace(laid, corrected=_corrected(known, laid.changed, now, today))


def _laid(known: Known, feed: ParsedFeed, source: Source, known_to: date) -> Merge:
    """What is new and what reads otherwise, without asking who is to be told."""
    new = tuple(held for held in feed.rounds if held.number not in known.rounds)
    changes = tuple(change for held in feed.rounds for change in _changes(known, held, feed))
    numbers = {change.number for change in changes}
    return Merge(
        source=source,
        known_to=known_to,
        new=new,
        changed=tuple(_kept_names(known, held) for held in feed.rounds if held.number in numbers),
        changes=changes,
        tie_breaks=feed.tie_breaks,
        snapshots=tuple(each for each in feed.snapshots if known.snapshots.get(each.as_on) != each),
        quarantined=feed.quarantined,
        warnings=feed.warnings,
    )


def _changes(known: Known, held: Round, feed: ParsedFeed) -> Iterator[Change]:
    kept = known.rounds.get(held.number)
    if kept is None:
        return
    held = _kept_names(known, held)
    for name, before, after in zip(Round._fields, kept.held, held, strict=True):
        if before != after:
            yield Change(held.number, name, str(before), str(after))
    raw = feed.tie_breaks.get(held.number)
    # Shipped rounds and those of a table have no text of the feed: to get one is no change.
    if raw is not None and raw != kept.tie_break and kept.source == "feed":
        yield Change(held.number, "tie_break_raw", kept.tie_break, raw)


def _kept_names(known: Known, held: Round) -> Round:
    """A round with the French name that is known, where the feed gives none: that file may be missing or late."""
    kept = known.rounds.get(held.number)
    return held if held.label_fr or kept is None else held._replace(label_fr=kept.held.label_fr)


def _shows(change: Change, known: Known) -> bool:
    """Whether a reader would see the change: how a tie-break is written shows only where it could not be read."""
    return change.field != "tie_break_raw" or not known.rounds[change.number].held.tie_break_utc


def _corrected(known: Known, changed: Iterable[Round], now: datetime, today: date) -> tuple[Round, ...]:
    """Those of which people may have been told within the hour."""
    kept = ((held, known.rounds[held.number]) for held in changed)
    return tuple(
        held
        for held, before in kept
        if before.source == "feed" and now - before.first_seen <= CORRECTED_WITHIN and _recent(before.held, today)
    )


def _recent(held: Round, today: date) -> bool:
    return today - held.date <= ALERT_AGE


def _refuse_broken(known: Known, feed: ParsedFeed, may_lack: bool) -> None:
    """A feed holds every round that IRCC published; one that a file brought need not be among them."""
    published = {number for number, kept in known.rounds.items() if kept.source != "file"}
    lacking = published & {held.number for held in _lacking(known, feed)}
    if lacking and not may_lack:
        raise FeedError("lacks", count=str(len(lacking)), numbers=_some(lacking))
    unusable = published - lacking - {held.number for held in feed.rounds}
    if len(unusable) > MAY_FAIL:
        raise FeedError("shrunken", count=str(len(unusable)), numbers=_some(unusable))


def _but_number(held: Round) -> tuple[date, str, str, int, int]:
    """What makes two rounds the same one under another number."""
    return held.date, held.type, held.version, held.invitations, held.cut_off


def _lacking(known: Known, feed: ParsedFeed) -> tuple[Round, ...]:
    """Rounds that stand neither among those of the feed nor in a row of it that is set aside."""
    there = {held.number for held in feed.rounds} | {oddity.subject for oddity in feed.quarantined}
    return tuple(kept.held for number, kept in known.rounds.items() if number not in there)


def _some(numbers: Iterable[str]) -> str:
    ordered = sorted(numbers, key=order, reverse=True)
    return ", ".join(ordered[:FEW]) + (", ..." if len(ordered) > FEW else "")


def _refuse_future(feed: ParsedFeed, today: date) -> None:
    ahead = [held for held in feed.rounds if held.date - today > AHEAD]
    if ahead:
        newest = max(ahead, key=lambda held: held.date)
        raise FeedError("future", number=newest.number, date=newest.date.isoformat(), today=today.isoformat())
