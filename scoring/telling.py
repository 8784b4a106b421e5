"""Which unknown fact would narrow the score most, told by its JSON pointer.

For each shallowest absent key: the widest range that any of its values leaves. The key that leaves least is told; ties
go to the order of the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from scoring import education, language
from scoring.abilities import ABILITIES
from scoring.age import possible_ages
from scoring.calendar import add_years, years_before
from scoring.case import Case, Side, open_case
from scoring.crs import work
from scoring.crs.facts import NO_PARTNER
from scoring.crs.groups import (
    Groups,
    applying_ends,
    flag_ends,
    groups_of,
    nomination_ends,
    offer_ends,
    partner_ends,
)
from scoring.crs.span import Span, span
from scoring.ends import Ends, one
from scoring.extent import ABROAD, noc_of
from scoring.pointers import put
from scoring.profile import Facts, Nomination, ProfileError, read, score_domain
from scoring.rulebook import Rules


def most_telling(case: Case, groups: Groups, found: Span) -> str | None:
    """The pointer of that key, or None when nothing unknown moves the score."""
    best: tuple[int, str] | None = None
    for pointer, variants in _keys(case, groups):
        spans = [span(variant, case.rules) for variant in variants]
        if not spans or all(_ends(each) == _ends(found) for each in spans):
            continue
        width = max(each.width for each in spans)
        if best is None or width < best[0]:
            best = (width, pointer)
    return best[1] if best else None


def _ends(found: Span) -> tuple[int, int]:
    return found.low.total, found.high.total


def _keys(case: Case, groups: Groups) -> Iterator[tuple[str, list[Groups]]]:
    """Each shallowest absent key, in the order of the schema, with the groups that its values give."""
    if case.profile.candidate is None:
        yield "/candidate", _whole_candidate(groups)
    else:
        yield from _person(case, groups)
    if case.partner is not None:
        if case.profile.partner is None:
            yield "/partner", [groups._replace(partner=ends) for ends in _whole_partner(case)]
        else:
            yield from _patched(case, "/partner", case.partner)
    status = case.profile.household.marital_status if case.profile.household else None
    if status is None and case.profile.partner is None:
        absent = case.profile.household is None
        pointer = "/household" if absent else "/household/marital_status"
        values = ("single", "married")
        yield pointer, _with_values(case, "/household/marital_status", values)


def _whole_candidate(groups: Groups) -> list[Groups]:
    """All of the candidate's facts at one end, and each group in turn at the other."""
    own = groups._fields[:-1]
    variants: list[Groups] = []
    for best in (False, True):
        same: dict[str, Any] = {name: _at(getattr(groups, name), best) for name in own}
        variants.append(groups._replace(**same))
        variants += [groups._replace(**{**same, name: _at(getattr(groups, name), not best)}) for name in own]
    return variants


def _at(ends: Ends[Any], best: bool) -> Ends[Any]:
    return one((ends.high if best else ends.low)[0])


def _whole_partner(case: Case) -> list[Ends[Any]]:
    assert case.partner is not None
    ends = applying_ends(case, case.partner)
    applying = [one(fact) for fact in (*ends.low, *ends.high)]
    return applying if case.partner_known else [one(NO_PARTNER), *applying]


def _person(case: Case, groups: Groups) -> Iterator[tuple[str, list[Groups]]]:
    """The candidate's own keys: whole groups where the key is a whole group, single values elsewhere."""
    side, rules = case.candidate, case.rules
    if not groups.age.known:
        ages = {rules.age.points(fact.years, False): fact for fact in possible_ages(side, rules)}
        yield f"{side.path}/birth_date", [groups._replace(age=one(fact)) for fact in ages.values()]
    if side.results is None:
        yield (
            f"{side.path}/language_results",
            [groups._replace(language=one(fact)) for fact in language.whole_lists(side, rules)],
        )
    if side.credentials is None:
        yield (
            f"{side.path}/credentials",
            [groups._replace(education=one(fact)) for fact in education.whole_lists(side, rules)],
        )
    if side.jobs is None:
        yield f"{side.path}/jobs", [groups._replace(work=one(fact)) for fact in work.whole_lists(side, rules)]
    for name, unknown in (
        ("trade_certificate", side.certificate is None),
        ("nomination", side.nomination is None),
        ("sibling_in_canada", side.sibling is None),
    ):
        if unknown:
            yield f"{side.path}/{name}", [_with_flag(groups, name, value) for value in (False, True)]
    if side.offers is None and not groups.offer.known:
        yield (
            f"{side.path}/job_offers",
            [groups._replace(offer=_at(groups.offer, best)) for best in (False, True)],
        )
    yield from _items(case, side)


def _with_flag(groups: Groups, name: str, value: bool) -> Groups:
    ends = flag_ends(value, name)
    if name == "trade_certificate":
        return groups._replace(certificate=ends)
    return groups._replace(nomination=ends) if name == "nomination" else groups._replace(sibling=ends)


def _patched(case: Case, path: str, side: Side) -> Iterator[tuple[str, list[Groups]]]:
    """The keys of a partner who is known: each tried with values of its own."""
    for name in ("accompanying", "canadian_or_permanent_resident", "sibling_in_canada"):
        if getattr(side.facts, name) is None and not (name == "sibling_in_canada" and side.sibling is not None):
            yield f"{path}/{name}", _with_values(case, f"{path}/{name}", (False, True))
    whole: tuple[tuple[str, Any, Sequence[Any]], ...] = (
        ("language_results", side.results, language.whole_lists(side, case.rules)),
        ("credentials", side.credentials, education.whole_lists(side, case.rules)),
        ("jobs", side.jobs, work.whole_lists(side, case.rules)),
    )
    for name, value, facts in whole:
        if value is None:
            pointer = f"{path}/{name}"
            values = [fact.completion[pointer] for fact in (facts[0], facts[-1])]
            yield pointer, _with_values(case, pointer, values)
    yield from _items(case, side)


def _items(case: Case, side: Side) -> Iterator[tuple[str, list[Groups]]]:
    """Absent keys inside of results, credentials, jobs and the rest, with the groups that their values give.

    An item that is like an earlier one tells no more than it (ties go to the first), and only so many keys are tried.
    """
    for pointer, values in islice(_item_values(side, case.rules), _MOST_ITEM_KEYS):
        yield pointer, _with_values(case, pointer, values)


_MOST_ITEM_KEYS = 24


def _item_values(side: Side, rules: Rules) -> Iterator[tuple[str, Sequence[Any]]]:
    for path, result in _unlike(side.results):
        for name in ("taken_on", *ABILITIES):
            if getattr(result, name) is None and not (name == "taken_on" and result.test == "stated_clb"):
                dated = name == "taken_on"
                yield f"{path}/{name}", _days_of_test(rules) if dated else _raw(result.test, result.scale, name)
    for path, credential in _unlike(side.credentials):
        yield from ((f"{path}/{name}", of(rules)) for name, of in _CREDENTIAL.items() if _absent(credential, name))
        if credential.eca and credential.eca.issued_on is None:
            yield f"{path}/eca/issued_on", _days_of_eca(rules)
    for path, job in _unlike(side.jobs):
        undatable = _DATES if job.months is not None else ("ended_on",) if job.goes_on else ()
        yield from (
            (f"{path}/{name}", of(rules)) for name, of in _JOB.items() if _absent(job, name) and name not in undatable
        )
    if isinstance(side.nomination, Nomination) and side.nomination.enhanced is None:
        yield f"{side.path}/nomination/enhanced", (False, True)
    for path, offer in _unlike(side.offers):
        yield from ((f"{path}/{name}", options) for name, options in _OFFER.items() if _absent(offer, name))


Item = TypeVar("Item")


def _unlike(items: Sequence[tuple[str, Item]] | None) -> Iterator[tuple[str, Item]]:
    """The items without those that are like an earlier one."""
    seen: list[Item] = []
    for path, item in items or ():
        if item not in seen:
            seen.append(item)
            yield path, item


def _absent(item: Facts, name: str) -> bool:
    return getattr(item, name) is None


def _with_values(case: Case, pointer: str, values: Sequence[Any]) -> list[Groups]:
    """The groups of the profile with each value in turn; values that contradict another fact are left out."""
    given = case.profile.model_dump(mode="json", by_alias=True, exclude_unset=True)
    known = groups_of(case)
    found = []
    for value in values:
        try:
            profile = read(put(given, pointer, value))
        except ProfileError:
            continue
        found.append(_regrouped(known, pointer, open_case(profile, case.rules, case.candidate.assumed)))
    return found


def _regrouped(known: Groups, pointer: str, case: Case) -> Groups:
    """The groups with the one that the pointer lies in worked out again."""
    side, rules = case.candidate, case.rules
    top, _, rest = pointer[1:].partition("/")
    name = rest.partition("/")[0]
    if top != "candidate":
        return known._replace(partner=partner_ends(case))
    if name == "jobs":
        return known._replace(work=work.work_ends(side, rules))
    if name == "language_results":
        return known._replace(language=language.language_ends(side, rules))
    if name == "credentials":
        return known._replace(education=education.education_ends(side, rules))
    if name == "nomination":
        return known._replace(nomination=nomination_ends(side))
    return known._replace(offer=offer_ends(side, rules))


def _days_of_test(rules: Rules) -> list[str]:
    return [rules.on.isoformat(), years_before(rules.on, rules.language_years).isoformat()]


def _days_of_eca(rules: Rules) -> list[str]:
    return [rules.on.isoformat(), years_before(rules.on, rules.eca_years).isoformat()]


def _raw(test: str, scale: str | None, ability: str) -> list[float]:
    domain = score_domain(test, scale, ability)
    middle = domain.min + (domain.max - domain.min) // 2
    return [domain.min, middle, domain.max]


def _some_days(rules: Rules) -> list[str]:
    return [add_years(rules.on, -years).isoformat() for years in range(12)]


def _some_nocs(rules: Rules) -> list[str]:
    return [noc_of(rules.counting.teers, inside, frozenset()) for inside in (True, False)]


_Values = Callable[[Rules], Sequence[Any]]

_CREDENTIAL: dict[str, _Values] = {
    "level": lambda _: [level for level in education.LEVELS if level not in ("none", "two_or_more")],
    "country": lambda _: ["CA", ABROAD],
    "eca": lambda rules: [False, {"issued_on": rules.on.isoformat()}],
    "full_time_in_canada": lambda _: [False, True],
}
_DATES = ("started_on", "ended_on")
_JOB: dict[str, _Values] = {
    "noc": _some_nocs,
    "country": lambda _: ["CA", ABROAD],
    "started_on": _some_days,
    "ended_on": _some_days,
    "hours_per_week": lambda rules: [rules.counting.full_time_hours * share / 6 for share in range(7)],
    "paid": lambda _: [False, True],
    "self_employed": lambda _: [False, True],
    "full_time_student": lambda _: [False, True],
    "authorized": lambda _: [False, True],
    "canadian_employer": lambda _: [False, True],
    "publicly_funded": lambda _: [False, True],
}
_OFFER: dict[str, tuple[Any, ...]] = {
    "noc": ("00012", "21231"),
    "full_time": (False, True),
    "permanent_or_one_year": (False, True),
    "route": ("a", "b"),
}
