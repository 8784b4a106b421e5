"""What a chat's answers are worth, kept with it: so that whom a round concerns is looked up and not worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.metadata import version

from bot.reminders import due_of, found_for
from bot.store.alerts import UNKNOWN
from bot.store.notices import Refreshed, Stale
from conversations.facts import profile_of
from conversations.seen import assumptions
from conversations.session import Session
from conversations.subscription import Subscription
from scoring.profile import Profile
from scoring.rule_changes import RuleChange, change_days, fingerprint, moved_by_data, moved_on
from scoring.rulebook import NoRulesError, Rulebook
from scoring.worth import Worth, worth

NEVER = "9999-12-31"
"""The day of the next change of what nothing but an answer can change."""


def made_under(book: Rulebook) -> str:
    """Names what a worth rests on: the data of the rules, and the version of the code that reads them."""
    return f"{fingerprint(book)}{_WITH}{_code()}"


_WITH = " with "


@cache
def _code() -> str:
    """The version that is installed: read from the disk, which takes half a millisecond, once."""
    return version("tirage")


def refreshed(stale: Stale, today: date, now: datetime, book: Rulebook) -> Refreshed:
    """What a chat is worth on a day, under which types it stands, which changes of the rules moved it; its reminders.

    A day for which the score has no table is worth nothing; it is looked at again the day after.
    """
    session = Session.from_json(stale.session)
    profile, absent = profile_of(session.answers), assumptions(session.answers)
    under = made_under(book)
    try:
        own = worth(profile, today, assume_absent=absent, book=book)
    except NoRulesError:
        return unknown(stale, today, book)
    before = Worth.from_json(stale.kept) if stale.kept and stale.wants != "off" else None
    moved = _moved(before, stale, profile, absent, today, book) if before else ()
    found = Refreshed(
        stale.chat,
        stale.seq,
        NEVER if own.next_change is None else own.next_change.isoformat(),
        under,
        own.low,
        own.high,
        own.verdicts,
        own.as_json(),
        _listed(stale, own.concerns),
        [(change.id, change.as_json()) for change in moved],
        (),
    )
    wanted = Subscription.from_json(session.alerts)
    return _reminded(found, wanted, profile, absent, today, now, book) if wanted.reminders else found


def _reminded(
    found: Refreshed, wanted: Subscription, profile: Profile, absent: tuple[str, ...], today: date, now: datetime,
    book: Rulebook,
) -> Refreshed:  # fmt: skip
    """The same with the reminders; it is looked at again when others may come up, and not today once more."""
    own = found_for(profile, wanted, now, absent, book)
    again = max(own.look_again, today + timedelta(1)).isoformat()
    return replace(found, next_change=min(found.next_change, again), due=due_of(own, wanted, now))


def unknown(stale: Stale, today: date, book: Rulebook) -> Refreshed:
    """A chat of which nobody can tell what it is worth today: it is looked at again the day after."""
    tomorrow = (today + timedelta(1)).isoformat()
    due = () if stale.answered else None  # reminders of other answers are not to go out
    return Refreshed(
        stale.chat, stale.seq, tomorrow, made_under(book), None, None, {}, None, _listed(stale, ()), (), due
    )


def _listed(stale: Stale, types: Sequence[str]) -> list[str] | None:
    """The types that concern a chat: those it fits, or where it cannot be told, and those that nobody knows yet."""
    if stale.wants != "mine":
        return None
    return [*types, UNKNOWN]


def _moved(
    kept: Worth, stale: Stale, profile: Profile, absent: tuple[str, ...], today: date, book: Rulebook
) -> Iterator[RuleChange]:
    """What the rules moved since the worth that is kept: other data for its day, and tables that came into force.

    Answers that changed meanwhile are no change of the rules: then only what came into force is told.
    """
    if stale.rules.partition(_WITH)[0] != fingerprint(book) and not stale.answered:
        change = moved_by_data(kept, profile, assume_absent=absent, book=book)
        if change is not None:
            yield change
    for day in change_days(book):
        if kept.on < day <= today:
            change = moved_on(profile, day, assume_absent=absent, book=book)
            if change is not None:
                yield change
