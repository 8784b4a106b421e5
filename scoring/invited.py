"""Was it me? What a round of invitations says for a profile, on its day and under the rules of that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from scoring.assessment import CONCERNS, Assessment, Fit, assess, way_in
from scoring.calendar import add_months
from scoring.draws import History, Round, is_known
from scoring.profile import Profile
from scoring.provisions import Months
from scoring.rulebook import NoRulesError, Rulebook, shipped

Code = Literal[
    "in",
    "out",
    "tie_in",
    "tie_out",
    "tie_unknown",
    "range",
    "not_eligible",
    "eligibility_unknown",
    "unknown_type",
    "unknown_version",
    "no_rules",
]
"""How a profile stands to a round: by score and eligibility, whether or not it was in the pool.

`range`: the unknowns of the profile decide between in and out. `unknown_type`, `unknown_version`, `no_rules`: nothing
can be told, for want of rules.
"""

InPool = Literal["yes", "not_submitted", "submitted_later", "expired", "invited_before", "unknown"]
"""Whether a profile was in the pool when the round was held."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round says for a profile. `low` and `high` are the ends of its score that day, None without rules.

    `least` and `most`: the cut-off less the score at either end; below zero the score stands above the cut-off.
    `reported`: since when a change of the score is reported that is not in it, None where none was by then. `matched`:
    whether the facts alone matched the category. `program`: the program on which the way into the pool hung, where none
    was open for certain. `set_aside`: the facts, as JSON pointers, that came after the round.
    """

    number: str
    code: Code
    pool: InPool
    low: int | None = None
    high: int | None = None
    least: int | None = None
    most: int | None = None
    fit: Fit | None = None
    reported: date | None = None
    matched: bool = False
    program: Fit | None = None
    set_aside: tuple[str, ...] = ()


def was_it_me(
    profile: Profile,
    held: Round,
    history: History,
    *,
    assume_absent: Iterable[str] = (),
    book: Rulebook | None = None,
) -> Outcome:
    """How a profile stands to a round. The score is that of the round's day, under the rules in force that day.

    A tie is decided by the moment at which the profile was submitted (Ministerial Instructions, tie-breaking rule): one
    submitted before the published moment was invited. A day without its time, in a time zone that nobody knows, decides
    only where no time of that day could change the answer. Who stands below the cut-off is out, fit or not.
    """
    rules = book or shipped()
    in_pool = pool_on(profile, held, rules)
    try:
        found = assess(profile, held.date, assume_absent=assume_absent, telling=False, book=rules, history=history)
    except NoRulesError:
        return Outcome(held.number, "no_rules", in_pool)
    low, high = found.crs.low, found.crs.high
    scored = {"low": low, "high": high, "least": held.cut_off - high, "most": held.cut_off - low}
    fit, unknown = _fit(found, held)
    by_score = _by_score(low, high, held, profile)
    code = unknown or _eligible(fit) or by_score
    if code == "eligibility_unknown" and by_score in ("out", "tie_out"):
        code = by_score
    reported = min((change.since for change in found.reported_changes), default=None)
    own = next((each.facts_verdict for each in found.categories if each.id == held.type), None)
    hangs = fit is not None and any(why.code == "pool_not_open" for why in fit.reasons)
    program = way_in(found) if hangs else None
    return Outcome(
        held.number,
        code,
        in_pool,
        **scored,
        fit=fit,
        reported=reported,
        matched=own == "fits",
        program=program,
        set_aside=tuple(found.set_aside),
    )


def _fit(found: Assessment, held: Round) -> tuple[Fit | None, Code | None]:
    """How the type of a round stood that day; or why nobody can tell."""
    if not is_known(held.type):
        return None, "unknown_type"
    fit = next((each for each in found.draw_types if each.id == held.type), None)
    if fit is None or (held.version and fit.version != held.version):
        return None, "unknown_version"
    return _settled(fit, found), None


def _settled(fit: Fit, found: Assessment) -> Fit:
    """The verdict of a category whose own facts fail rests on them, even while no program is certain."""
    own = next((each.facts_verdict for each in found.categories if each.id == fit.id), None)
    if fit.verdict == "cannot_tell" and own is not None and own not in CONCERNS:
        return replace(fit, verdict=own)
    return fit


def _eligible(fit: Fit | None) -> Code | None:
    if fit is None or fit.verdict == "fits":
        return None
    return "eligibility_unknown" if fit.verdict == "cannot_tell" else "not_eligible"


def _by_score(low: int, high: int, held: Round, profile: Profile) -> Code:
    if low > held.cut_off:
        return "in"
    if high < held.cut_off:
        return "out"
    if low == high:
        return tie(submitted(profile), held)
    return "range"


def submitted(profile: Profile) -> datetime | date | None:
    """When the profile was submitted, as far as it is known."""
    return profile.express_entry.profile_submitted_at if profile.express_entry else None


FIRST_ZONE, LAST_ZONE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
"""Where a day begins first on Earth, and where it ends last."""


def tie(at: datetime | date | None, held: Round) -> Code:
    """Who stands at the cut-off itself: in, out, or not to be told from what is known."""
    if at is None or not held.tie_break_utc:
        return "tie_unknown"
    broken = datetime.fromisoformat(held.tie_break_utc)
    earliest, latest = _moments(at)
    if latest < broken:
        return "tie_in"
    return "tie_out" if earliest > broken else "tie_unknown"


def _moments(at: datetime | date) -> tuple[datetime, datetime]:
    """The first and the last second at which a submission may have been."""
    if isinstance(at, datetime):
        second = at.astimezone(UTC).replace(microsecond=0)
        return second, second
    begins = datetime.combine(at, time(), FIRST_ZONE)
    ends = datetime.combine(at, time(23, 59, 59), LAST_ZONE)
    return begins, ends


def pool_on(profile: Profile, held: Round, book: Rulebook) -> InPool:
    """Whether the profile was in the pool when a round was held (valid for the months of `rules/process.toml`)."""
    entry = profile.express_entry
    if entry is None or "profile_submitted_at" not in entry.model_fields_set:
        return "unknown"
    at = entry.profile_submitted_at
    if at is None:
        return "not_submitted"
    day = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    if day > held.date:
        return "submitted_later"
    if _invited_before(profile, held):
        return "invited_before"
    return "expired" if _expired(day, held.date, book) else "yes"


def _invited_before(profile: Profile, held: Round) -> bool:
    invitation = profile.express_entry.invitation if profile.express_entry else None
    if invitation is None or invitation.round == held.number:
        return False
    return invitation.on is not None and invitation.on < held.date


def _expired(submitted_on: date, on: date, book: Rulebook) -> bool:
    return any(add_months(submitted_on, law.months) <= on for law in book.all("process", "profile", Months, on)[-1:])
