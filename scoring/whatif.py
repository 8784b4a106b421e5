"""What if: one change at a time that a person can make, what it brings in points, and which verdicts it turns.

Every change is made to the facts and the whole profile is assessed again; nothing is added up by hand. "Another year"
looks from a year later with everything but work moved along, so that only the year of work makes the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from scoring.abilities import ABILITIES, NO_CLB, Ability
from scoring.assessment import PROGRAMS, View
from scoring.calendar import MONTHS_IN_YEAR
from scoring.case import Case, open_case, without
from scoring.changes import (
    COUNTRIES,
    Change,
    assessed,
    beside,
    candidate,
    credential,
    in_place,
    learned,
    occupation,
    person_of,
    seen_later,
    stays_behind,
    swapped,
    test_at,
    with_result,
    worked,
)
from scoring.crs.groups import groups_of
from scoring.crs.span import span
from scoring.education import counts
from scoring.language import Reading, highest, is_complete, levels
from scoring.profile import Certificate, LanguageResult, Level, Nomination, Partner, Profile
from scoring.reasons import Verdict, verdict, worse
from scoring.rulebook import Rules

STRONG = 9
"""The level from which the CRS pays most for two factors together."""
FRENCH_LEVELS = (5, 7, 9)
ENGLISH_LEVELS = (7, 9)
PARTNER_LEVELS = (7, 9)
CREDENTIALS: tuple[tuple[Level, str], ...] = (
    ("one_year", "abroad"),
    ("bachelor", "abroad"),
    ("masters", "abroad"),
    ("two_year", "canada"),
    ("bachelor", "canada"),
)
MOST_PAIRED = 8
"""Pairs are tried among the changes that bring most, and among single abilities, so that their number stays small."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that a change turns."""

    id: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change: what it brings at the low and at the high end of the score, and which verdicts it turns."""

    id: str
    values: dict[str, Any]
    gain_low: int
    gain_high: int
    low: int
    high: int
    flips: list[Flip]
    warning: str | None = None

    @property
    def moves(self) -> bool:
        """Whether it moves the score or a verdict at all."""
        return bool(self.gain_low or self.gain_high or self.flips)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two changes that together bring more, or less, than each by itself: a cap or a threshold stands between them."""

    ids: tuple[str, str]
    gain: int
    apart: int
    effect: str


@dataclass(frozen=True, slots=True)
class WhatIfs:
    """Single changes, the best first, and the pairs that do not simply add up."""

    changes: list[WhatIf]
    pairs: list[Pair] = field(default_factory=list)


class Bench:
    """A profile on the day of the rules, without what lies after it, and changes tried on it."""

    def __init__(self, profile: Profile, rules: Rules, assume_absent: tuple[str, ...] = ()) -> None:
        """Assess the profile as it stands."""
        self.profile = without(profile, open_case(profile, rules).set_aside)
        self.rules, self.assumed = rules, assume_absent
        self.now = View(open_case(self.profile, rules, assume_absent))

    def tried(self, *joined: Change) -> WhatIf:
        """What a change comes to, or several, one after the other; they are told by the name of the first."""
        after, first = View(self._changed(joined)), joined[0]
        low, high = after.span.low.total, after.span.high.total
        gains = low - self.now.span.low.total, high - self.now.span.high.total
        return WhatIf(first.id, first.values, *gains, low, high, list(_flips(self.now, after)), first.warning)

    def least(self, *joined: Change) -> int:
        """The low end of the score with some changes, by the score alone: quicker, and no program is looked at."""
        case = self._changed(joined)
        return span(groups_of(case), case.rules).low.total

    def _changed(self, joined: Sequence[Change]) -> Case:
        profile = self.profile
        for change in joined:
            profile = change.apply(profile)
        return open_case(profile, seen_later(self.rules, sum(change.months for change in joined)), self.assumed)


def what_if(profile: Profile, rules: Rules, assume_absent: tuple[str, ...] = ()) -> WhatIfs:
    """Every change that can be made to a profile on the day of the rules, ranked by what it brings."""
    bench = Bench(profile, rules, assume_absent)
    made = [(change, told) for change in changes(bench.profile, bench.now) if (told := bench.tried(change)).moves]
    made.sort(key=lambda pair: (-pair[1].gain_low, -pair[1].gain_high, -_turned(pair[1].flips), pair[0].id))
    return WhatIfs([told for _, told in made], _pairs(bench, made))


def _flips(now: View, after: View) -> Iterator[Flip]:
    for name in PROGRAMS:
        yield from _flip(name, now.program(name), after.program(name))
    for category in now.case.rules.categories:
        before = worse(verdict(now.category(category)), now.best_program)
        yield from _flip(category.category, before, worse(verdict(after.category(category)), after.best_program))


def _flip(name: str, before: Verdict, after: Verdict) -> Iterator[Flip]:
    if before != after:
        yield Flip(name, before, after)


def _turned(flips: list[Flip]) -> int:
    """How many verdicts become `fits`, less those that no longer are."""
    return sum((flip.after == "fits") - (flip.before == "fits") for flip in flips)


def _pairs(bench: Bench, made: list[tuple[Change, WhatIf]]) -> list[Pair]:
    if not bench.now.groups.known:
        return []
    helpful = [
        (change, told) for change, told in made if not change.warning and not change.whole and told.gain_low >= 0
    ]
    tried = [pair for place, pair in enumerate(helpful) if place < MOST_PAIRED or "ability" in pair[0].values]
    found = []
    for (one, alone), (other, apart) in combinations(tried, 2):
        if _exclude(one, other):
            continue
        gain = bench.least(one, other) - bench.now.span.low.total
        summed = alone.gain_low + apart.gain_low
        if gain != summed:
            found.append(Pair((one.id, other.id), gain, summed, "more_together" if gain > summed else "cap_between"))
    return sorted(found, key=lambda pair: (-pair.gain, pair.ids))


def _exclude(one: Change, other: Change) -> bool:
    """Whether two changes stand in each other's place; two abilities of one test do not."""
    if "ability" in one.values and "ability" in other.values:
        return False
    return _family(one) == _family(other)


def _family(change: Change) -> str:
    """Changes of one family stand in each other's place; two ways to more French are one family."""
    name = change.id.partition(".")[0]
    return "french" if name == "language_fr" else name


# --- the changes ----------------------------------------------------------------------------------------------------


def changes(profile: Profile, now: View) -> Iterator[Change]:
    """Every single change that makes sense for the profile."""
    yield from _language(profile, now)
    yield from _tests(profile, now)
    yield from _work(profile, now)
    yield from _education(profile, now)
    yield from _papers(now)
    yield from _partner(profile, now)


def used(profile: Profile, now: View) -> list[tuple[int, LanguageResult, dict[Ability, int]]]:
    """The results that the assessment rests on: index, result, levels."""
    rested = {reading.path for reading in (now.span.low.choice.en, now.span.low.choice.fr) if reading}
    found = []
    for index, result in enumerate(person_of(profile, "candidate").language_results or ()):
        if f"/candidate/language_results/{index}" in rested and is_complete(result):
            clbs = levels(result, now.case.rules)
            if clbs is not None:
                found.append((index, result, dict(zip(ABILITIES, clbs, strict=True))))
    return found


def _language(profile: Profile, now: View) -> Iterator[Change]:
    """One ability one level up; all four at nine."""
    rules = now.case.rules
    for index, result, clbs in used(profile, now):
        for ability, level in clbs.items():
            if level < highest(rules):
                yield ability_at(index, result, ability, level + 1, rules)
        if min(clbs.values()) < STRONG:
            yield all_at(index, result, clbs, STRONG, rules)


def ability_at(index: int, result: LanguageResult, ability: Ability, level: int, rules: Rules) -> Change:
    """One ability of a result that there is at another level."""
    values = {"language": result.spoken, "ability": ability, "level": level}
    return Change(f"language_{result.spoken}.{ability}", values, with_result(index, {ability: level}, rules))


def all_at(index: int, result: LanguageResult, clbs: dict[Ability, int], level: int, rules: Rules) -> Change:
    """A result that there is with no ability below a level."""
    every = {ability: max(have, level) for ability, have in clbs.items()}
    values = {"language": result.spoken, "level": level}
    return Change(f"language_{result.spoken}.all_{level}", values, with_result(index, every, rules))


def _tests(profile: Profile, now: View) -> Iterator[Change]:
    """A test at some level in all four abilities, where that is more than there is: French always, English untested."""
    rules, choice = now.case.rules, now.span.low.choice
    if profile.candidate is None or profile.candidate.language_results is None:
        return
    for level in FRENCH_LEVELS:
        if choice.fr is None or choice.fr.lowest < level:
            yield french_at(level, choice.fr, rules)
    for level in ENGLISH_LEVELS:
        if choice.en is None:
            yield english_at(level, rules)


def french_at(level: int, have: Reading | None, rules: Rules) -> Change:
    """A French test at a level in all four abilities, none lower than now."""
    now = have.clbs if have else NO_CLB
    result = test_at("tcf_canada", dict.fromkeys(ABILITIES, level), now, rules)
    values = {"level": level} | ({"held": have.lowest} if have else {})
    return Change(f"french.nclc_{level}", values, in_place(result))


def english_at(level: int, rules: Rules) -> Change:
    """A first English test at a level in all four abilities."""
    result = test_at("celpip_general", dict.fromkeys(ABILITIES, level), NO_CLB, rules)
    return Change(f"english.clb_{level}", {"level": level}, in_place(result))


def _work(profile: Profile, now: View) -> Iterator[Change]:
    """A further year of full-time work, in Canada or abroad, in the occupation of the latest job."""
    if profile.candidate is None or profile.candidate.jobs is None:
        return
    rules = now.case.rules
    noc = occupation(profile.candidate, rules)
    for place in COUNTRIES:
        year = worked(noc, place, MONTHS_IN_YEAR, rules)
        yield Change(f"work.{place}", {"years": 1, "noc": noc}, year, months=MONTHS_IN_YEAR)


def _education(profile: Profile, now: View) -> Iterator[Change]:
    """An ECA for each credential that lacks one; one more credential, assessed or Canadian."""
    given = profile.candidate.credentials if profile.candidate else None
    if given is None:
        return
    rules = now.case.rules
    for index, item in enumerate(given):
        if counts(item, rules) is False and item.level is not None:
            yield Change(f"eca.{index}", {"level": item.level}, assessed(index, rules))
    for level, place in CREDENTIALS:
        yield credential_of(level, place, rules)


def credential_of(level: Level, place: str, rules: Rules) -> Change:
    """One more credential, from abroad with its ECA or from Canada."""
    name = f"canadian_{level}" if place == "canada" else level
    return Change(f"credential.{name}", {"level": level}, learned(credential(level, place, rules)))


def _papers(now: View) -> Iterator[Change]:
    """A provincial nomination; a certificate of qualification in the trade worked in."""
    side = now.case.candidate
    if side.nomination is False or (isinstance(side.nomination, Nomination) and not side.nomination.enhanced):
        yield nominated()
    if side.certificate is False:
        yield certified(now)


def nominated() -> Change:
    """A nomination through Express Entry."""
    return Change("nomination", {}, candidate(nomination=Nomination(enhanced=True)))


def certified(now: View) -> Change:
    """A certificate of qualification in the trade worked in, where there is one."""
    fst = now.case.rules.fst
    trades = [job.noc for _, job in now.case.candidate.jobs or () if fst and job.noc and fst.is_trade(job.noc)]
    held = Certificate(noc=trades[-1]) if trades else Certificate()
    return Change("trade_certificate", {"noc": held.noc}, candidate(trade_certificate=held))


def _partner(profile: Profile, now: View) -> Iterator[Change]:
    """The partner's test; the partner as principal applicant; the partner staying behind, only where that is true."""
    partner, side = profile.partner, now.case.partner
    if not isinstance(partner, Partner) or side is None:
        return
    if now.span.low.facts.partner.applies:
        have = now.span.low.facts.partner.clbs
        if side.results is not None:
            yield from (partner_at(level, now.case.rules) for level in PARTNER_LEVELS if min(have) < level)
        yield alone()
    if partner.canadian_or_permanent_resident is not True:
        yield partner_first()


def partner_at(level: int, rules: Rules) -> Change:
    """A language test of the partner at a level in all four abilities."""
    result = test_at("celpip_general", dict.fromkeys(ABILITIES, level), NO_CLB, rules)
    return Change(f"partner_test.clb_{level}", {"level": level}, beside(result, "partner"))


def alone() -> Change:
    """The partner staying behind, only where that is true."""
    return Change("partner_not_accompanying", {}, stays_behind, warning="only_if_true")


def partner_first() -> Change:
    """The partner as principal applicant."""
    return Change("partner_as_principal", {}, swapped, whole=True)
