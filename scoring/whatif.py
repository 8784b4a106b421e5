"""What if: one change at a time that a person can make, what it brings in points, and which verdicts it turns.

Every change is made to the facts and the whole profile is assessed again; nothing is added up by hand. "Another year"
looks from a year later with everything but work moved along, so that only the year of work makes the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

from scoring.abilities import ABILITIES, NO_CLB, Ability, TestId
from scoring.assessment import PROGRAMS, View
from scoring.calendar import add_years
from scoring.case import open_case, without
from scoring.crs.groups import groups_of
from scoring.crs.span import span
from scoring.education import counts
from scoring.extent import ABROAD, noc_of
from scoring.language import Reading, highest, is_complete, levels
from scoring.occupations import teer
from scoring.profile import (
    Certificate,
    Credential,
    Eca,
    Job,
    LanguageResult,
    Nomination,
    Partner,
    Person,
    Profile,
)
from scoring.reasons import Verdict, verdict, worse
from scoring.rulebook import Rules

STRONG = 9
"""The level from which the CRS pays most for two factors together."""
FRENCH_LEVELS = (5, 7, 9)
ENGLISH_LEVELS = (7, 9)
PARTNER_LEVELS = (7, 9)
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


@dataclass(frozen=True, slots=True)
class Change:
    """A change to make: `apply` gives the changed profile; `years` = how much later it is seen."""

    id: str
    values: dict[str, Any]
    apply: Callable[[Profile], Profile]
    years: int = 0
    warning: str | None = None
    whole: bool = False
    """Whether it turns the whole profile round, so that no other change can be joined to it."""


def what_if(profile: Profile, rules: Rules, assume_absent: tuple[str, ...] = ()) -> WhatIfs:
    """Every change that can be made to a profile on the day of the rules, ranked by what it brings."""
    profile = without(profile, open_case(profile, rules).set_aside)
    now = View(open_case(profile, rules, assume_absent))
    made: list[tuple[Change, WhatIf]] = []
    for change in changes(profile, now):
        after = _view(profile, change, rules, assume_absent)
        low, high = after.span.low.total, after.span.high.total
        flips = list(_flips(now, after))
        gain_low, gain_high = low - now.span.low.total, high - now.span.high.total
        if gain_low or gain_high or flips:
            told = WhatIf(change.id, change.values, gain_low, gain_high, low, high, flips, change.warning)
            made.append((change, told))
    made.sort(key=lambda pair: (-pair[1].gain_low, -pair[1].gain_high, -_turned(pair[1].flips), pair[0].id))
    return WhatIfs([told for _, told in made], _pairs(profile, now, made, rules, assume_absent))


def _view(profile: Profile, change: Change, rules: Rules, assume_absent: tuple[str, ...]) -> View:
    return View(open_case(change.apply(profile), _later(rules, change.years), assume_absent))


def _later(rules: Rules, years: int) -> Rules:
    return rules.seen_on(add_years(rules.on, years)) if years else rules


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


def _pairs(
    profile: Profile, now: View, made: list[tuple[Change, WhatIf]], rules: Rules, assume_absent: tuple[str, ...]
) -> list[Pair]:
    if not now.groups.known:
        return []
    helpful = [
        (change, told) for change, told in made if not change.warning and not change.whole and told.gain_low >= 0
    ]
    tried = [pair for place, pair in enumerate(helpful) if place < MOST_PAIRED or "ability" in pair[0].values]
    found = []
    for (one, alone), (other, apart) in combinations(tried, 2):
        if _exclude(one, other):
            continue
        law = _later(rules, one.years + other.years)
        groups = groups_of(open_case(other.apply(one.apply(profile)), law, assume_absent))
        gain = span(groups, law).low.total - now.span.low.total
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


F = TypeVar("F", bound=Person)


def _candidate(profile: Profile, **update: Any) -> Profile:
    return profile.model_copy(update={"candidate": (profile.candidate or Person()).model_copy(update=update)})


def _results(profile: Profile) -> tuple[LanguageResult, ...]:
    return (profile.candidate.language_results if profile.candidate else None) or ()


def _used(profile: Profile, now: View) -> list[tuple[int, LanguageResult, dict[Ability, int]]]:
    """The results that the assessment rests on: index, result, levels."""
    used = {reading.path for reading in (now.span.low.choice.en, now.span.low.choice.fr) if reading}
    found = []
    for index, result in enumerate(_results(profile)):
        if f"/candidate/language_results/{index}" in used and is_complete(result):
            clbs = levels(result, now.case.rules)
            if clbs is not None:
                found.append((index, result, dict(zip(ABILITIES, clbs, strict=True))))
    return found


def _raised(result: LanguageResult, wanted: dict[Ability, int], rules: Rules) -> LanguageResult:
    """The result with the lowest raw score that reaches each wanted level."""
    if result.test == "stated_clb":
        return result.model_copy(update={ability: float(level) for ability, level in wanted.items()})
    chart = rules.charts[(result.test, "old_score" if result.test == "tef_canada" else "")]
    raw: dict[str, float] = {
        ability: next(low for low, reached in chart.levels[ability] if reached >= level)
        for ability, level in wanted.items()
    }
    return result.model_copy(update=raw)


def _with_result(index: int, wanted: dict[Ability, int], rules: Rules) -> Callable[[Profile], Profile]:
    def apply(profile: Profile) -> Profile:
        results = list(_results(profile))
        results[index] = _raised(results[index], wanted, rules)
        return _candidate(profile, language_results=tuple(results))

    return apply


def _language(profile: Profile, now: View) -> Iterator[Change]:
    """One ability one level up; all four at nine."""
    rules = now.case.rules
    for index, result, clbs in _used(profile, now):
        spoken = result.spoken
        for ability, level in clbs.items():
            if level < highest(rules):
                wanted = {ability: level + 1}
                values = {"language": spoken, "ability": ability, "level": level + 1}
                yield Change(f"language_{spoken}.{ability}", values, _with_result(index, wanted, rules))
        if min(clbs.values()) < STRONG:
            every = {ability: max(level, STRONG) for ability, level in clbs.items()}
            yield Change(
                f"language_{spoken}.all_{STRONG}",
                {"language": spoken, "level": STRONG},
                _with_result(index, every, rules),
            )


def _added(result: LanguageResult) -> Callable[[Profile], Profile]:
    """The result in place of those in its language, the others kept."""

    def apply(profile: Profile) -> Profile:
        kept = [each for each in _results(profile) if each.spoken != result.spoken]
        return _candidate(profile, language_results=(*kept, result))

    return apply


def _tests(profile: Profile, now: View) -> Iterator[Change]:
    """A test at some level in all four abilities, where that is more than there is: French always, English untested."""
    rules, choice = now.case.rules, now.span.low.choice
    if profile.candidate is None or profile.candidate.language_results is None:
        return
    for level in FRENCH_LEVELS:
        if choice.fr is None or choice.fr.lowest < level:
            yield Change(f"french.nclc_{level}", {"level": level}, _added(_test("tcf_canada", level, choice.fr, rules)))
    for level in ENGLISH_LEVELS:
        if choice.en is None:
            yield Change(f"english.clb_{level}", {"level": level}, _added(_test("celpip_general", level, None, rules)))


def _test(test: TestId, level: int, have: Reading | None, rules: Rules) -> LanguageResult:
    """A test of today at a level, no ability lower than it is now."""
    top = highest(rules)
    levels_now = have.clbs if have else NO_CLB
    wanted = {ability: min(max(level, clb), top) for ability, clb in zip(ABILITIES, levels_now, strict=True)}
    return _raised(LanguageResult(test=test, taken_on=rules.on), wanted, rules)


def _work(profile: Profile, now: View) -> Iterator[Change]:
    """A further year of full-time work, in Canada or abroad, in the occupation of the latest job."""
    jobs = profile.candidate.jobs if profile.candidate else None
    if jobs is None:
        return
    rules = now.case.rules
    skilled = [job for job in jobs if job.noc and teer(job.noc) in rules.counting.teers]
    latest = max(skilled, key=lambda job: job.started_on or date.min, default=None)
    noc = (latest and latest.noc) or noc_of(rules.counting.teers, True, frozenset())
    for name, country in (("canada", "CA"), ("abroad", ABROAD)):
        yield Change(f"work.{name}", {"years": 1, "noc": noc}, _worked(noc, country, rules), years=1)


def _worked(noc: str, country: str, rules: Rules) -> Callable[[Profile], Profile]:
    today = rules.on

    def apply(profile: Profile) -> Profile:
        candidate = profile.candidate or Person()
        kept = tuple(
            job.model_copy(update={"ended_on": today}) if job.goes_on and job.started_on else job
            for job in candidate.jobs or ()
        )
        year = Job(
            noc=noc,
            country=country,
            started_on=today,
            ended_on=None,
            hours_per_week=float(rules.counting.full_time_hours),
            paid=True,
            self_employed=False,
            full_time_student=False,
            authorized=True,
            canadian_employer=country == "CA",
            qualified_since=today,
        )
        moved = _moved(profile, 1)
        return _candidate(moved, jobs=(*kept, year))

    return apply


def _moved(profile: Profile, years: int) -> Profile:
    """The profile with everything but work moved along, so that age, tests and ECAs stand as they do today."""
    update: dict[str, Any] = {}
    if profile.candidate is not None:
        update["candidate"] = _moved_person(profile.candidate, years)
    if isinstance(profile.partner, Partner):
        partner = _moved_person(profile.partner, years)
        jobs = partner.jobs and tuple(_moved_job(job, years) for job in partner.jobs)
        update["partner"] = partner.model_copy(update={"jobs": jobs})
    if profile.household is not None and profile.household.dependants:
        children = tuple(
            child.model_copy(update={"birth_date": _moved_day(child.birth_date, years)})
            for child in profile.household.dependants
        )
        update["household"] = profile.household.model_copy(update={"dependants": children})
    return profile.model_copy(update=update)


def _moved_day(day: date | None, years: int) -> date | None:
    return None if day is None else add_years(day, years)


def _moved_job(job: Job, years: int) -> Job:
    update = {"started_on": _moved_day(job.started_on, years)}
    if job.ended_on is not None:
        update["ended_on"] = _moved_day(job.ended_on, years)
    return job.model_copy(update=update)


def _moved_person(person: F, years: int) -> F:
    def later(day: date | None) -> date | None:
        return _moved_day(day, years)

    def assessed(item: Credential) -> Credential:
        if not isinstance(item.eca, Eca):
            return item
        return item.model_copy(update={"eca": item.eca.model_copy(update={"issued_on": later(item.eca.issued_on)})})

    results, credentials = person.language_results, person.credentials
    return person.model_copy(
        update={
            "birth_date": later(person.birth_date),
            "stated_on": later(person.stated_on),
            "language_results": results
            and tuple(each.model_copy(update={"taken_on": later(each.taken_on)}) for each in results),
            "credentials": credentials and tuple(assessed(each) for each in credentials),
        }
    )


def _education(profile: Profile, now: View) -> Iterator[Change]:
    """An ECA for each credential that lacks one; one more credential, assessed or Canadian."""
    given = profile.candidate.credentials if profile.candidate else None
    if given is None:
        return
    rules = now.case.rules
    for index, item in enumerate(given):
        if counts(item, rules) is False and item.level is not None:
            yield Change(f"eca.{index}", {"level": item.level}, _assessed(index, rules))
    for level in ("one_year", "bachelor", "masters"):
        more = Credential.model_validate_json(
            f'{{"level": "{level}", "country": "{ABROAD}", "eca": {{"issued_on": "{rules.on}"}}}}'
        )
        yield Change(f"credential.{level}", {"level": level}, _learned(more))
    for level in ("two_year", "bachelor"):
        more = Credential(level=level, country="CA", full_time_in_canada=True)  # type: ignore[arg-type]
        yield Change(f"credential.canadian_{level}", {"level": level}, _learned(more))


def _assessed(index: int, rules: Rules) -> Callable[[Profile], Profile]:
    def apply(profile: Profile) -> Profile:
        items = list((profile.candidate.credentials if profile.candidate else None) or ())
        items[index] = items[index].model_copy(update={"eca": Eca(issued_on=rules.on)})
        return _candidate(profile, credentials=tuple(items))

    return apply


def _learned(more: Credential) -> Callable[[Profile], Profile]:
    def apply(profile: Profile) -> Profile:
        items = (profile.candidate.credentials if profile.candidate else None) or ()
        return _candidate(profile, credentials=(*items, more))

    return apply


def _papers(now: View) -> Iterator[Change]:
    """A provincial nomination; a certificate of qualification in the trade worked in."""
    side = now.case.candidate
    if side.nomination is False or (isinstance(side.nomination, Nomination) and not side.nomination.enhanced):
        yield Change("nomination", {}, lambda given: _candidate(given, nomination=Nomination(enhanced=True)))
    if side.certificate is False:
        fst = now.case.rules.fst
        trades = [job.noc for _, job in side.jobs or () if fst and job.noc and fst.is_trade(job.noc)]
        held = Certificate(noc=trades[-1]) if trades else Certificate()
        yield Change("trade_certificate", {"noc": held.noc}, lambda given: _candidate(given, trade_certificate=held))


def _partner(profile: Profile, now: View) -> Iterator[Change]:
    """The partner's test; the partner as principal applicant; the partner staying behind, only where that is true."""
    partner, side = profile.partner, now.case.partner
    if not isinstance(partner, Partner) or side is None:
        return
    if now.span.low.facts.partner.applies:
        have = now.span.low.facts.partner.clbs
        if side.results is not None:
            for level in PARTNER_LEVELS:
                if min(have) < level:
                    yield Change(f"partner_test.clb_{level}", {"level": level}, _partner_tested(level, now.case.rules))
        yield Change(
            "partner_not_accompanying",
            {},
            lambda given: given.model_copy(
                update={"partner": _as_partner(given).model_copy(update={"accompanying": False})}
            ),
            warning="only_if_true",
        )
    if partner.canadian_or_permanent_resident is not True:
        yield Change("partner_as_principal", {}, swapped, whole=True)


def _as_partner(profile: Profile) -> Partner:
    assert isinstance(profile.partner, Partner)
    return profile.partner


def _partner_tested(level: int, rules: Rules) -> Callable[[Profile], Profile]:
    def apply(profile: Profile) -> Profile:
        partner = _as_partner(profile)
        result = _test("celpip_general", level, None, rules)
        results = (*(partner.language_results or ()), result)
        return profile.model_copy(update={"partner": partner.model_copy(update={"language_results": results})})

    return apply


def swapped(profile: Profile) -> Profile:
    """The partner as principal applicant, the candidate as accompanying partner; a nomination stays with its holder."""
    partner = _as_partner(profile)
    given = profile.candidate or Person()
    principal = Person.model_construct(
        partner.model_fields_set & Person.model_fields.keys(),
        **{name: getattr(partner, name) for name in Person.model_fields},
    )
    spouse = Partner.model_construct(
        given.model_fields_set | {"accompanying", "canadian_or_permanent_resident"},
        **{name: getattr(given, name) for name in Person.model_fields},
        accompanying=True,
        canadian_or_permanent_resident=False,
    )
    return profile.model_copy(update={"candidate": principal, "partner": spouse})
