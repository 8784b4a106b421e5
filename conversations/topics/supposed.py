"""What somebody supposes, answered exactly: each kind of supposition tried on the facts that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conversations.facts import profile_of
from conversations.seen import assumptions
from conversations.supposing import TONGUES, Supposed
from conversations.talk import Talk
from scoring import supposed as suppositions
from scoring.abilities import ABILITIES, Ability, Official
from scoring.calendar import MONTHS_IN_YEAR
from scoring.changes import COUNTRIES, Whose, person_of
from scoring.language import chart_for
from scoring.output import as_json
from scoring.plans import effort
from scoring.profile import LanguageResult, Level, ProfileError, read
from scoring.rulebook import shipped
from scoring.supposed import Answer
from scoring.whatif import Bench, WhatIf, used

MOST_ANSWERS = 6
SPOKEN: Mapping[str, Official] = {"english": "en", "french": "fr"}


def answered(talk: Talk, asked: Supposed) -> dict[str, Any]:
    """What was supposed as plain data: `answers`, each by itself, and what they bring `together`."""
    answers = talk.session.answers
    bench = Bench(profile_of(answers), shipped().on(talk.today), assumptions(answers))
    found = list(_each(bench, asked, talk.language))[:MOST_ANSWERS]
    # one kind with several answers leaves a choice: only different kinds come together
    together = next(suppositions.joined(bench, found), None) if len(asked.kinds) > 1 else None
    return {
        "wait": asked.wait,
        "unknown": not asked.worked_out or not (found or asked.wait),
        "answers": [_plain(each) for each in found],
        "together": None if together is None else as_json(together),
    }


def _plain(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "code": answer.code,
        "values": as_json(answer.values),
        "change": told(answer.change),
        "further": told(answer.further),
    }


def told(change: WhatIf | None) -> dict[str, Any] | None:
    """A change as plain data, with what it takes; None of what takes no time of its own."""
    if change is None:
        return None
    takes = effort(_name(change), change.values.get("months"), change.values.get("held"))
    return {**as_json(change), "effort": as_json(takes)}


def _name(change: WhatIf) -> str:
    """The change whose effort it is: a first result in French is French to learn."""
    if change.id == "result" and change.values["first"] and change.values["language"] == "fr":
        return f"french.nclc_{min(change.values['clbs'].values())}"
    return change.id


def _each(bench: Bench, asked: Supposed, language: str) -> Iterator[Answer]:
    """The answers of each kind, in the order in which they were asked."""
    done: set[str] = set()
    for kind in asked.kinds:
        about = "language" if kind in TONGUES | {"language"} else kind
        if about in done and kind not in TONGUES:
            continue
        done.add(about)
        if asked.partner and kind in (*TONGUES, "language"):
            yield from _partners_test(bench, asked)
        elif kind in (*TONGUES, "language"):
            yield from _language(bench, asked, kind, language)
        else:
            yield from KINDS[kind](bench, asked)


def _whose(asked: Supposed) -> Whose:
    return "partner" if asked.partner else "candidate"


# --- language


def _language(bench: Bench, asked: Supposed, kind: str, language: str) -> Iterator[Answer]:
    results = [each for each in _results(bench, asked) if kind == "language" or each.spoken == SPOKEN[kind]]
    if results:
        yield from _of_results(bench, results, "candidate")
        return
    if kind in asked.by_tongue:
        yield suppositions.at_levels(bench, SPOKEN[kind], _wanted(asked, asked.by_tongue[kind]))
        return
    found = [each for spoken in _tongues(bench, asked, kind, language) for each in _in_language(bench, asked, spoken)]
    # of two languages that may be meant, the one that is untested says nothing of one ability
    yield from [each for each in found if each.code != "no_test"] or found


def _in_language(bench: Bench, asked: Supposed, spoken: Official) -> Iterator[Answer]:
    if asked.level is not None:
        yield suppositions.at_levels(bench, spoken, asked.levels or _wanted(asked, asked.level))
    elif asked.score is not None:
        yield from _by_score(bench, asked, spoken)
    else:
        yield from suppositions.better(bench, spoken, asked.abilities)


def _tongues(bench: Bench, asked: Supposed, kind: str, language: str) -> tuple[Official, ...]:
    """Which language is meant: the one that is named; CLB is English, NCLC French, in French either of the two."""
    if kind in SPOKEN:
        return (SPOKEN[kind],)
    if asked.scale is not None:
        either = asked.scale == "nclc" and language == "fr"
        return ("fr", "en") if either else ("fr",) if asked.scale == "nclc" else ("en",)
    choice = bench.now.span.low.choice
    tested: tuple[Official, ...] = tuple(spoken for spoken in ("en", "fr") if choice.of(spoken) is not None)
    return tested or ("en",)


def _wanted(asked: Supposed, level: int) -> dict[Ability, int]:
    return dict.fromkeys(asked.abilities or ABILITIES, level)


def _by_score(bench: Bench, asked: Supposed, spoken: Official) -> Iterator[Answer]:
    """A number on the scale of the test that is held; a level where there is none, or where it has no such number."""
    assert asked.score is not None
    score = asked.score
    held = next((result.test for _, result, _ in used(bench.profile, bench.now) if result.spoken == spoken), None)
    abilities = asked.abilities or ABILITIES
    given = dict.fromkeys(abilities, score)
    result = _scored(asked.test or held, given)
    if result is None and spoken == "en" and score != int(score):
        result = _scored("ielts_general", given)  # the one test with halves
    if result is not None and len(abilities) == len(ABILITIES):
        yield from suppositions.scored(bench, result, "candidate")
        return
    chart = chart_for(result, bench.rules) if result is not None else None
    if chart is not None:
        levels = {ability: chart.level(ability, score) for ability in abilities}
        yield suppositions.at_levels(bench, spoken, levels)
    elif score == int(score):
        yield suppositions.at_levels(bench, spoken, _wanted(asked, int(score)))


def _scored(test: str | None, given: Mapping[Any, float]) -> LanguageResult | None:
    """A result with some scores; None of no test, and where the test cannot print them."""
    if test in (None, "stated_clb"):
        return None
    raw: dict[str, Any] = {"test": test, **given}
    if test == "tef_canada":
        raw["scale"] = "old_score"
    try:
        profile = read({"candidate": {"language_results": [raw]}})
    except ProfileError:
        return None
    assert profile.candidate is not None
    assert profile.candidate.language_results
    return profile.candidate.language_results[0]


def _results(bench: Bench, asked: Supposed) -> list[LanguageResult]:
    """The whole results that were told; of a TEF only the column that counts."""
    found = []
    for each in asked.results:
        test = each["test"]
        if test == "tef_canada" and each.get("scale") == "score_699":
            continue
        result = _scored(test, {ability: each[ability] for ability in ABILITIES})
        if result is not None and chart_for(result, bench.rules) is not None:
            found.append(result)
    return found


def _of_results(bench: Bench, results: Iterable[LanguageResult], whose: Whose) -> Iterator[Answer]:
    """Each result; orders of the same scores that come to the same are told once."""
    seen: set[tuple[Any, ...]] = set()
    for result in results:
        for answer in suppositions.scored(bench, result, whose):
            gains = (answer.change.gain_low, answer.change.gain_high) if answer.change else ()
            worth = (result.test, answer.code, *gains)
            if worth not in seen:
                seen.add(worth)
                yield answer


def _partners_test(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    results = _results(bench, asked)
    if results:
        yield from _of_results(bench, results, "partner")
        return
    score = asked.score
    scored = None if score is None else _scored(asked.test, dict.fromkeys(ABILITIES, score))
    if scored is not None:
        yield from suppositions.scored(bench, scored, "partner")
    elif score is not None and asked.level is None and score == int(score):
        yield from suppositions.partner_tested(bench, int(score))
    else:
        yield from suppositions.partner_tested(bench, asked.level)


# --- everything else


def _work(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    for place in _places(bench, asked):
        if asked.total is not None:
            yield suppositions.work_in_all(bench, place, asked.total, _whose(asked))
        else:
            yield suppositions.more_work(bench, place, asked.more or MONTHS_IN_YEAR, _whose(asked))


def _places(bench: Bench, asked: Supposed) -> tuple[str, ...]:
    """Where one works: where one works now, if no place is named; what counts of a partner is in Canada."""
    if asked.place is not None:
        return (asked.place,)
    if asked.partner:
        return ("canada",)
    jobs = person_of(bench.profile, "candidate").jobs or ()
    now = {"canada" if job.country == "CA" else "abroad" for job in jobs if job.goes_on and job.country}
    return tuple(now) if len(now) == 1 and asked.total is None else tuple(COUNTRIES)


def _job(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    """A job found: the offer itself, and a year of the work."""
    if not asked.partner:
        yield suppositions.job_offer(bench)
    yield suppositions.more_work(bench, asked.place or "canada", MONTHS_IN_YEAR, _whose(asked))


def _study(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    levels: tuple[Any, ...] = asked.credentials
    if asked.partner:
        named: tuple[Level, ...] = levels or ("bachelor", "masters")
        places = (asked.place or "abroad",)
        for level in named:
            yield from suppositions.studied(bench, level, places, "partner")
    elif levels:
        tried = [each for level in levels for each in suppositions.studied(bench, level, _study_places(asked))]
        # of several that may be meant, those that bring something, the best first
        helpful = sorted(filter(_helps, tried), key=lambda each: -each.change.gain_low if each.change else 0)
        yield from tried if len(levels) == 1 else helpful or tried[-1:]
    else:
        yield from _any_study(bench, asked)


def _study_places(asked: Supposed) -> tuple[str, ...]:
    return (asked.place,) if asked.place is not None else ("abroad", "canada")


ANY_STUDY: Mapping[str, tuple[Level, ...]] = {
    "canada": ("two_year", "bachelor", "masters"),
    "abroad": ("one_year", "bachelor", "masters"),
}
"""What is tried where no level is named."""


def _any_study(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    """A degree of no named level: those that bring something, else the highest of them."""
    places = (asked.place,) if asked.place is not None else tuple(ANY_STUDY)
    named = ((level, place) for place in places for level in ANY_STUDY[place])
    tried = [each for level, place in named for each in suppositions.studied(bench, level, (place,))]
    yield from [each for each in tried if _helps(each)] or tried[-1:]


def _helps(answer: Answer) -> bool:
    return answer.change is not None and answer.change.moves


def _partner(bench: Bench, _asked: Supposed) -> Iterator[Answer]:
    """A partner and nothing more: a test of theirs, and the two in the other order."""
    yield from suppositions.partner_tested(bench, None)
    other = suppositions.partner_applies(bench)
    if other.code == "brings":
        yield other


def _one(what: Callable[[Bench], Answer]) -> Callable[[Bench, Supposed], Iterator[Answer]]:
    def answers(bench: Bench, _asked: Supposed) -> Iterator[Answer]:
        yield what(bench)

    return answers


def _age(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    if asked.age is not None:
        yield suppositions.aged(bench, asked.age)


def _funds(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    if asked.amount is not None:
        yield suppositions.funds(bench, asked.amount)


def _eca(bench: Bench, asked: Supposed) -> Iterator[Answer]:
    yield from suppositions.assessed_all(bench, _whose(asked))


KINDS: Mapping[str, Callable[[Bench, Supposed], Iterator[Answer]]] = {
    "work": _work,
    "job": _job,
    "study": _study,
    "eca": _eca,
    "nomination": _one(suppositions.nomination),
    "certificate": _one(suppositions.certificate),
    "offer": _one(suppositions.job_offer),
    "sibling": _one(suppositions.sibling),
    "quebec": _one(suppositions.in_quebec),
    "alone": _one(suppositions.without_partner),
    "parted": _one(suppositions.no_partner),
    "swap": _one(suppositions.partner_applies),
    "citizen": _one(suppositions.partner_belongs),
    "partner": _partner,
    "age": _age,
    "funds": _funds,
}
"""What is tried for each kind of supposition but those of language."""
