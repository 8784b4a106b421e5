"""Whole profiles for property tests: everything known, anything plausible or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

ON = date(2026, 6, 1)
NOCS = ("21231", "31301", "31102", "72200", "63200", "62200", "00012", "41220", "73300", "65200", "33102")
Facts = dict[str, Any]


def days(least: int, most: int) -> st.SearchStrategy[str]:
    """Days from `least` to `most` days before the day of the tests; negative is after it."""
    return st.integers(least, most).map(lambda ago: (ON - timedelta(ago)).isoformat())


def jobs() -> st.SearchStrategy[Facts]:
    """A job with every fact known, around the windows of three, five and ten years."""

    def dated(facts: Facts, start: int, length: int | None) -> Facts:
        first = ON - timedelta(start)
        last = None if length is None else (first + timedelta(length)).isoformat()
        return facts | {"started_on": first.isoformat(), "ended_on": last}

    return st.builds(
        dated,
        st.fixed_dictionaries(
            {
                "noc": st.sampled_from(NOCS),
                "country": st.sampled_from(["CA", "CA", "IN", "FR"]),
                "hours_per_week": st.sampled_from([40, 30, 37.5, 29.99, 20, 15, 7.25]),
                "paid": st.sampled_from([True, True, True, False]),
                "self_employed": st.sampled_from([False, False, False, True]),
                "full_time_student": st.sampled_from([False, False, False, True]),
                "authorized": st.sampled_from([True, True, True, False]),
                "canadian_employer": st.sampled_from([True, True, False]),
                "publicly_funded": st.booleans(),
                "qualified_since": days(1000, 5000),
            }
        ),
        st.integers(-30, 4200),
        st.none() | st.integers(0, 2500),
    )


def credentials() -> st.SearchStrategy[Facts]:
    """A credential, Canadian or foreign, assessed or not."""
    levels = ["secondary", "one_year", "two_year", "bachelor", "masters", "professional", "doctorate"]
    return st.fixed_dictionaries(
        {
            "level": st.sampled_from(levels),
            "country": st.sampled_from(["CA", "IN"]),
            "completed_on": days(100, 9000),
            "eca": st.just(False) | st.fixed_dictionaries({"issued_on": days(0, 2200)}),
            "full_time_in_canada": st.booleans(),
        }
    )


def levels() -> st.SearchStrategy[Facts]:
    """Levels of the four abilities."""
    return st.fixed_dictionaries(dict.fromkeys(("listening", "reading", "writing", "speaking"), st.integers(0, 12)))


def results(*, one_a_language: bool = False) -> st.SearchStrategy[list[Facts]]:
    """Language results: CELPIP and TCF, valid or expired, or stated; at most one a language where asked."""
    english = st.builds(
        lambda taken, clbs: {"test": "celpip_general", "taken_on": taken, **clbs}, days(0, 800), levels()
    )
    french = st.builds(
        lambda taken, heard, written: {
            "test": "tcf_canada",
            "taken_on": taken,
            **dict(zip(("listening", "reading"), heard, strict=True)),
            **dict(zip(("writing", "speaking"), written, strict=True)),
        },
        days(0, 800),
        st.tuples(st.integers(100, 699), st.integers(100, 699)),
        st.tuples(st.integers(0, 20), st.integers(0, 20)),
    )
    stated = st.builds(
        lambda spoken, clbs: {"test": "stated_clb", "language": spoken, **clbs}, st.sampled_from(["en", "fr"]), levels()
    )
    if one_a_language:
        return st.builds(lambda en, fr: [item for item in (en, fr) if item], st.none() | english, st.none() | french)
    return st.lists(st.one_of(english, french, stated), max_size=3)


def people(*, one_a_language: bool = False) -> st.SearchStrategy[Facts]:
    """One person, all facts known."""
    return st.fixed_dictionaries(
        {
            "birth_date": days(5800, 20000),
            "first_official_language": st.sampled_from(["en", "fr"]),
            "language_results": results(one_a_language=one_a_language),
            "credentials": st.lists(credentials(), max_size=3),
            "jobs": st.lists(jobs(), max_size=4),
            "trade_certificate": st.just(False) | st.just({"noc": "72200"}),
            "nomination": st.just(False) | st.just(False) | st.just({"enhanced": True}) | st.just({"enhanced": False}),
            "job_offers": st.just([])
            | st.just([{"noc": "00012", "full_time": True, "permanent_or_one_year": True, "route": "c"}]),
            "military": st.just(False),
            "sibling_in_canada": st.booleans(),
            "relative_in_canada": st.booleans(),
            "two_years_study_in_canada": st.booleans(),
            "authorized_to_work_in_canada": st.booleans(),
        }
    )


def profiles(*, one_a_language: bool = False) -> st.SearchStrategy[Facts]:
    """A whole profile, alone or with a partner."""
    partner = st.builds(
        lambda facts, coming, citizen: facts | {"accompanying": coming, "canadian_or_permanent_resident": citizen},
        people(one_a_language=one_a_language),
        st.booleans(),
        st.booleans(),
    )

    def whole(candidate: Facts, other: Facts | bool, funds: int, quebec: bool) -> Facts:
        return {
            "candidate": candidate,
            "partner": other,
            "household": {
                "marital_status": "married" if other else "single",
                "dependants": [],
                "settlement_funds_cad": funds,
                "intends_quebec": quebec,
            },
        }

    return st.builds(
        whole,
        people(one_a_language=one_a_language),
        st.just(False) | partner,
        st.sampled_from([0, 13000, 90000]),
        st.sampled_from([False, False, True]),
    )


KEPT = frozenset({"test", "language", "first_official_language", "completed_on"})
"""What a partial profile keeps: the name of a test, and what decides rather than counts."""


@st.composite
def partial_of(draw: st.DrawFn, whole: Facts) -> Facts:
    """The profile with some keys absent, at any depth."""
    rate = draw(st.sampled_from([3, 10, 30]))

    def thinned(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: thinned(item) for key, item in value.items() if key in KEPT or draw(st.integers(1, 100)) > rate
            }
        if isinstance(value, list):
            return [thinned(item) for item in value]
        return value

    thin = thinned(whole)
    assert isinstance(thin, dict)
    return thin


def both() -> st.SearchStrategy[tuple[Facts, Facts]]:
    """A whole profile, and the same with some keys absent."""
    return profiles().flatmap(lambda whole: st.tuples(st.just(whole), partial_of(whole)))
