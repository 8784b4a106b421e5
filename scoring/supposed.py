"""Suppositions: exactly what somebody asks about, tried on the whole profile; or why there is nothing to try.

`scoring.whatif` looks for what would help; here the level, the scores, the months or the credential are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from scoring.abilities import ABILITIES, NO_CLB, Ability, Official
from scoring.age import known_age
from scoring.calendar import MONTHS_IN_YEAR, add_years, years_before
from scoring.case import open_case
from scoring.changes import (
    Apply,
    Change,
    Whose,
    assessed,
    belongs,
    beside,
    candidate,
    credential,
    household,
    in_place,
    learned,
    occupation,
    parted,
    person_of,
    seen_later,
    test_at,
    with_result,
    worked,
)
from scoring.crs.work import highest_years, years_with
from scoring.education import RANK, counts
from scoring.experience import units
from scoring.language import Reading, highest, levels, scores
from scoring.profile import Certificate, JobOffer, LanguageResult, Level, Partner
from scoring.whatif import (
    ENGLISH_LEVELS,
    FRENCH_LEVELS,
    PARTNER_LEVELS,
    STRONG,
    Bench,
    WhatIf,
    ability_at,
    all_at,
    alone,
    certified,
    credential_of,
    english_at,
    french_at,
    nominated,
    partner_at,
    partner_first,
    used,
)

Code = Literal["brings", "held", "no_partner", "not_counted", "not_known", "no_test"]
"""`brings`: the change was tried, and may bring nothing. `held`: it is there already. `not_counted`: the partner does
not come along. `not_known`: a fact of the person's own is missing first. `no_test`: abilities of no test."""
MOST_YEARS = 10
"""Work of longer ago counts nowhere in the CRS."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a supposition comes to: the change that was tried, and the next step up where it brings nothing.

    `id` and `values` name what was supposed as a change does; of what is held, `values` tells how much of it. `made` is
    the change itself, to be joined to others.
    """

    id: str
    code: Code
    values: dict[str, Any]
    change: WhatIf | None = None
    further: WhatIf | None = None
    made: Change | None = None


def _tried(bench: Bench, change: Change, further: Change | None = None) -> Answer:
    told = bench.tried(change)
    beyond = bench.tried(further) if further is not None and not told.moves else None
    return Answer(change.id, "brings", change.values, told, beyond, change)


def _held(name: str, **values: Any) -> Answer:
    return Answer(name, "held", values)


# --- language


def at_levels(bench: Bench, spoken: Official, wanted: Mapping[Ability, int]) -> Answer:
    """A level in each of some abilities of a language; those that are higher already stay."""
    reading, name = bench.now.span.low.choice.of(spoken), _name(spoken, wanted)
    values = {"language": spoken, "levels": dict(wanted), "level": min(wanted.values())}
    if not bench.now.groups.language.known:
        return Answer(name, "not_known", {**values, "fact": "test"})
    if reading is None and len(wanted) < len(ABILITIES):
        return Answer(name, "no_test", values)
    have = dict(zip(ABILITIES, reading.clbs if reading else NO_CLB, strict=True))
    if all(have[ability] >= min(level, highest(bench.rules)) for ability, level in wanted.items()):
        reached = min(have[ability] for ability in wanted)
        return Answer(name, "held", {**values, "level": reached}, further=_next(bench, spoken, reading))
    change = _raised(bench, spoken, {ability: max(level, have[ability]) for ability, level in wanted.items()}, wanted)
    least = min(wanted.values())
    beyond = _all_at(bench, spoken, least + 1) if least < highest(bench.rules) and _is_even(wanted) else None
    return _tried(bench, change, beyond)


def _is_even(wanted: Mapping[Ability, int]) -> bool:
    """Whether all four abilities are at one level."""
    return len(wanted) == len(ABILITIES) and len(set(wanted.values())) == 1


def _name(spoken: Official, wanted: Mapping[Ability, int]) -> str:
    if _is_even(wanted):
        return f"language_{spoken}.all_{next(iter(wanted.values()))}"
    return f"language_{spoken}.{next(iter(wanted)) if len(wanted) == 1 else 'levels'}"


def _raised(bench: Bench, spoken: Official, levels_: dict[Ability, int], wanted: Mapping[Ability, int]) -> Change:
    """A test that reaches some levels: the one that there is, raised, else a new one."""
    if _is_even(wanted):
        return _all_at(bench, spoken, next(iter(wanted.values())))
    values = {"language": spoken, "levels": dict(wanted), "level": min(wanted.values())}
    for index, result, _ in used(bench.profile, bench.now):
        if result.spoken == spoken and len(wanted) == 1:
            return ability_at(index, result, *next(iter(wanted.items())), bench.rules)
        if result.spoken == spoken:
            return Change(_name(spoken, wanted), values, with_result(index, levels_, bench.rules))
    test = test_at("celpip_general" if spoken == "en" else "tcf_canada", levels_, NO_CLB, bench.rules)
    return Change(_name(spoken, wanted), values, in_place(test))


def _all_at(bench: Bench, spoken: Official, level: int) -> Change:
    """All four abilities at a level."""
    for index, result, clbs in used(bench.profile, bench.now):
        if result.spoken == spoken:
            return all_at(index, result, clbs, level, bench.rules)
    return english_at(level, bench.rules) if spoken == "en" else french_at(level, None, bench.rules)


def _next(bench: Bench, spoken: Official, reading: Reading | None) -> WhatIf | None:
    """One level more than the weakest ability has, in all four; None at the top of the tables."""
    level = (reading.lowest if reading else 0) + 1
    return bench.tried(_all_at(bench, spoken, level)) if level <= highest(bench.rules) else None


def better(bench: Bench, spoken: Official, abilities: Sequence[Ability] = ()) -> list[Answer]:
    """More of a language, no level named: each named ability one level up, else the levels worth looking at."""
    reading, top = bench.now.span.low.choice.of(spoken), highest(bench.rules)
    if reading is not None and abilities:
        have = dict(zip(ABILITIES, reading.clbs, strict=True))
        return [at_levels(bench, spoken, {ability: min(have[ability] + 1, top)}) for ability in abilities]
    lowest = reading.lowest if reading else 0
    untested = FRENCH_LEVELS if spoken == "fr" else ENGLISH_LEVELS
    worth = untested if reading is None else {level for level in (lowest + 1, STRONG, top) if lowest < level <= top}
    return [at_levels(bench, spoken, dict.fromkeys(ABILITIES, level)) for level in sorted(worth or {lowest})]


def scored(bench: Bench, result: LanguageResult, whose: Whose) -> list[Answer]:
    """A whole result of a test with its raw scores, beside what there is; none where the day accepts no such test."""
    dated = result.model_copy(update={"taken_on": result.taken_on or bench.rules.on})
    clbs, spoken = levels(dated, bench.rules), result.spoken
    if clbs is None or spoken is None:
        return []
    name = "result" if whose == "candidate" else "partner_result"
    values = {
        "language": spoken,
        "test": result.test,
        "scores": dict(zip(ABILITIES, scores(result), strict=True)),
        "clbs": dict(zip(ABILITIES, clbs, strict=True)),
        "first": whose == "candidate" and bench.now.span.low.choice.of(spoken) is None,
    }
    missing = _without_partner(bench, name) if whose == "partner" else None
    if missing is not None:
        return [missing]
    if whose == "candidate" and not bench.now.groups.language.known:
        return [Answer(name, "not_known", {**values, "fact": "test"})]
    reading = bench.now.span.low.choice.of(spoken)
    have = (reading.clbs if reading else NO_CLB) if whose == "candidate" else bench.now.span.low.facts.partner.clbs
    if all(old >= new for old, new in zip(have, clbs, strict=True)):
        beyond = _next(bench, spoken, reading) if whose == "candidate" else None
        return [Answer(name, "held", values, further=beyond)]
    return [_tried(bench, Change(name, values, beside(dated, whose)))]


# --- work


def more_work(bench: Bench, place: str, months: int, whose: Whose = "candidate") -> Answer:
    """So many further months of full-time skilled work."""
    return _work(bench, place, months, whose, {})


def work_in_all(bench: Bench, place: str, years: int, whose: Whose = "candidate") -> Answer:
    """So many years of skilled work in all: only the months that are missing are added."""
    name = _work_name(place, whose)
    missing = _without_jobs(bench, name, whose)
    if missing is not None:
        return missing
    low, high = 0, years * MONTHS_IN_YEAR
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _reaches(bench, place, years, middle, whose) else (middle + 1, high)
    return _work(bench, place, low, whose, {"total": years}) if low else _held(name, total=years)


def _work_name(place: str, whose: Whose) -> str:
    return f"work.{place}" if whose == "candidate" else f"partner_work.{place}"


def _work(bench: Bench, place: str, months: int, whose: Whose, told: dict[str, Any]) -> Answer:
    name = _work_name(place, whose)
    missing = _without_jobs(bench, name, whose)
    if missing is not None:
        return missing
    noc = occupation(person_of(bench.profile, whose), bench.rules)
    more = worked(noc, place, months, bench.rules, whose)
    return _tried(bench, Change(name, {"months": months, "noc": noc, **told}, more, months=months))


def _without_jobs(bench: Bench, name: str, whose: Whose) -> Answer | None:
    if whose == "partner" and (missing := _without_partner(bench, name)) is not None:
        return missing
    known = person_of(bench.profile, whose).jobs is not None
    return None if known else Answer(name, "not_known", {"fact": "job", "partner": whose == "partner"})


def _reaches(bench: Bench, place: str, years: int, months: int, whose: Whose) -> bool:
    """Whether work surely comes to so many years after so many months more.

    The tables tell only some numbers of years apart, so the work is moved to the highest of them.
    """
    profile, rules = bench.profile, seen_later(bench.rules, months)
    if months:
        noc = occupation(person_of(profile, whose), bench.rules)
        profile = worked(noc, place, months, bench.rules, whose)(profile)
    case = open_case(profile, rules, bench.assumed)
    side = case.candidate if whose == "candidate" or case.partner is None else case.partner
    highest_told = highest_years(rules)
    top = highest_told.canadian if place == "canada" else highest_told.foreign
    least, _ = years_with(side, rules, (top - years) * MONTHS_IN_YEAR * units(rules).month)
    return all((each.canadian if place == "canada" else each.foreign) >= top for each in least)


# --- education


def studied(bench: Bench, level: Level, places: Iterable[str], whose: Whose = "candidate") -> list[Answer]:
    """A credential of a level, from each of some places; what brings nothing because as much is there is held."""
    answers = [_studied(bench, level, place, whose) for place in places]
    if len(answers) > 1 and all(each.change is None for each in answers):
        # nothing to try, wherever it is from: told once
        return [replace(answers[0], values={**answers[0].values, "anywhere": True})]
    return answers


def _studied(bench: Bench, level: Level, place: str, whose: Whose) -> Answer:
    change = credential_of(level, place, bench.rules)
    if whose == "partner":
        more = learned(credential(level, place, bench.rules), whose)
        change = Change(f"partner_{change.id}", change.values, more)
    missing = _without_credentials(bench, change.id, whose)
    if missing is not None:
        return missing
    answer = _tried(bench, change)
    facts = bench.now.span.low.facts
    have = facts.education.level if whose == "candidate" else facts.partner.level
    if answer.change is not None and not answer.change.moves and RANK[have] >= RANK[level]:
        return _held(change.id, level=level)
    return answer


def _without_credentials(bench: Bench, name: str, whose: Whose) -> Answer | None:
    if whose == "partner" and (missing := _without_partner(bench, name)) is not None:
        return missing
    known = person_of(bench.profile, whose).credentials is not None
    return None if known else Answer(name, "not_known", {"fact": "level", "partner": whose == "partner"})


def assessed_all(bench: Bench, whose: Whose = "candidate") -> list[Answer]:
    """An ECA for each credential that lacks one."""
    name = "eca" if whose == "candidate" else "partner_eca"
    missing = _without_credentials(bench, f"{name}.0", whose)
    if missing is not None:
        return [missing]
    given = person_of(bench.profile, whose).credentials or ()
    lacking = [index for index, item in enumerate(given) if not counts(item, bench.rules) and item.level]
    if not lacking:
        return [_held(f"{name}.0")]
    changes = (
        Change(f"{name}.{index}", {"level": given[index].level}, assessed(index, bench.rules, whose))
        for index in lacking
    )
    return [_tried(bench, change) for change in changes]


# --- papers and ties


def nomination(bench: Bench) -> Answer:
    """A nomination through Express Entry."""
    fact = bench.now.groups.nomination
    return _held("nomination") if fact.known and fact.low[0].holds else _tried(bench, nominated())


def certificate(bench: Bench) -> Answer:
    """A certificate of qualification in a trade."""
    has_one = isinstance(bench.now.case.candidate.certificate, Certificate)
    return _held("trade_certificate") if has_one else _tried(bench, certified(bench.now))


def job_offer(bench: Bench) -> Answer:
    """A lasting, full-time offer of skilled work; `values` tells since when an offer pays nothing in the CRS."""
    if bench.now.case.candidate.offers:
        return _held("job_offer")
    table = bench.rules.job_offer
    unpaid = not (table.points or table.points_senior_managers)
    noc = occupation(person_of(bench.profile, "candidate"), bench.rules)
    offer = JobOffer(noc=noc, full_time=True, permanent_or_one_year=True, route="a")
    since = table.in_force_from.isoformat() if unpaid else None
    return _tried(bench, Change("job_offer", {"since": since}, candidate(job_offers=(offer,))))


def sibling(bench: Bench) -> Answer:
    """A brother or sister who lives in Canada as a citizen or permanent resident."""
    case = bench.now.case
    there = case.candidate.sibling or (bench.now.span.low.facts.partner.sibling if case.partner else False)
    if there:
        return _held("sibling")
    return _tried(bench, Change("sibling", {}, candidate(sibling_in_canada=True, relative_in_canada=True)))


def aged(bench: Bench, age: int) -> Answer:
    """Another age and all else as today; `values` tells the birthday, at the latest where only an age was told."""
    known, facts = known_age(bench.now.case.candidate, bench.rules), bench.now.case.candidate.facts
    if known is None:
        return Answer("age", "not_known", {"age": age, "fact": "birth_date"})
    if age <= known.years:
        return _held("age", age=known.years)
    born = facts.birth_date
    since = born if born is not None else facts.stated_on
    assert since is not None
    day = add_years(since, age - (0 if born is not None else facts.age or 0))
    values = {"age": age, "on": day.isoformat(), "latest": born is None}
    other: Apply = (
        candidate(birth_date=years_before(bench.rules.on, age))
        if born is not None
        else candidate(age=age, stated_on=bench.rules.on)
    )
    return _tried(bench, Change("age", values, other))


def in_quebec(bench: Bench) -> Answer:
    """The plan to live in Quebec."""
    own = bench.profile.household
    if own is not None and own.intends_quebec:
        return _held("quebec")
    return _tried(bench, Change("quebec", {}, household(intends_quebec=True)))


def funds(bench: Bench, amount: float) -> Answer:
    """Other settlement funds, in Canadian dollars."""
    own = bench.profile.household
    if own is not None and own.settlement_funds_cad is not None and own.settlement_funds_cad >= amount:
        return _held("funds", amount=own.settlement_funds_cad)
    return _tried(bench, Change("funds", {"amount": amount}, household(settlement_funds_cad=amount)))


# --- the partner


def _without_partner(bench: Bench, name: str) -> Answer | None:
    """Why nothing can be supposed of a partner; None where one counts."""
    partner = bench.profile.partner
    if partner is None and bench.now.case.partner is not None:
        return Answer(name, "not_known", {"fact": "partner"})
    if not isinstance(partner, Partner):
        return Answer(name, "no_partner", {})
    return None if bench.now.span.low.facts.partner.applies else Answer(name, "not_counted", {})


def partner_tested(bench: Bench, level: int | None) -> list[Answer]:
    """A language test of the partner at a level, or at those that are worth looking at."""
    missing = _without_partner(bench, "partner_test.clb_0")
    if missing is not None:
        return [missing]
    if person_of(bench.profile, "partner").language_results is None:
        return [Answer("partner_test.clb_0", "not_known", {"fact": "test", "partner": True})]
    have = min(bench.now.span.low.facts.partner.clbs)
    wanted = [level] if level is not None else [each for each in PARTNER_LEVELS if each > have]
    if not wanted or have >= wanted[-1]:
        return [_held(f"partner_test.clb_{have}", level=have)]
    return [_tried(bench, partner_at(each, bench.rules)) for each in wanted]


def without_partner(bench: Bench) -> Answer:
    """Going alone, only where that is true."""
    missing = _without_partner(bench, "partner_not_accompanying")
    if missing is None:
        return _tried(bench, alone())
    return missing if missing.code == "not_known" else _held("partner_not_accompanying")


def no_partner(bench: Bench) -> Answer:
    """A couple that parts, only where that is true."""
    missing = _without_partner(bench, "partner_parted")
    if missing is None:
        return _tried(bench, Change("partner_parted", {}, parted, warning="only_if_true"))
    return missing if missing.code == "not_known" else _held("partner_parted")


def partner_belongs(bench: Bench) -> Answer:
    """The partner as a citizen or permanent resident of Canada, who does not count."""
    missing = _without_partner(bench, "partner_belongs")
    if missing is not None:
        return missing
    return _tried(bench, Change("partner_belongs", {}, belongs))


def partner_applies(bench: Bench) -> Answer:
    """The partner as principal applicant."""
    missing = _without_partner(bench, "partner_as_principal")
    return missing if missing is not None else _tried(bench, partner_first())


def joined(bench: Bench, answers: Iterable[Answer]) -> Iterator[WhatIf]:
    """What several changes bring together, each of another kind; nothing where they cannot be joined."""
    made = [each.made for each in answers if each.made is not None]
    kinds = {change.id.partition(".")[0] for change in made}
    if len(made) > 1 and len(kinds) == len(made) and not any(change.whole for change in made):
        yield bench.tried(*made)
