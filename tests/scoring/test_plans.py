"""What to do next: the effort of each change, the best two together, and what waiting brings."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from scoring.plans import best_plan, effort, waiting
from scoring.profile import Profile, read
from scoring.rulebook import shipped
from scoring.whatif import what_if
from scoring.worth import worth
from tests.locales import bank
from tests.scoring.test_invited import EXAMPLES

ON = date(2026, 6, 1)
SCORED = [each for each in EXAMPLES if each["profile"]]


def profile_of(example: dict[str, Any]) -> Profile:
    return read(json.dumps(example["profile"]))


NO_EFFORT = {"age", "funds", "job_offer", "partner_belongs", "partner_parted", "quebec", "sibling"}
"""What takes nothing by itself, or what nobody can say how long it takes."""


def test_every_change_has_an_effort_whose_months_are_in_order() -> None:
    for change in bank.changes():
        found = effort(change)
        assert (found is None) == (change in NO_EFFORT)
        assert found is None or 0 <= found.low <= found.high <= 60


def test_work_takes_the_months_that_were_supposed() -> None:
    assert effort("work.canada", 7) == ("work", 7, 7)


@pytest.mark.parametrize(
    ("change", "months"),
    [("french.nclc_7", (12, 24)), ("credential.masters", (12, 28)), ("credential.bachelor", (36, 52)),
     ("work.canada", (12, 12)), ("eca.1", (1, 4))],
)  # fmt: skip
def test_the_nearest_name_tells_the_effort(change: str, months: tuple[int, int]) -> None:
    found = effort(change)
    assert found is not None
    assert found[1:] == months


@pytest.mark.parametrize(
    ("level", "held", "months"),
    [(9, None, (24, 36)), (9, 3, (24, 36)), (9, 4, (20, 27)), (9, 7, (12, 12)), (9, 8, (1, 6)), (7, 5, (6, 12)),
     (10, 9, (1, 12))],
)  # fmt: skip
def test_who_has_some_french_has_only_the_rest_of_the_way_to_go(
    level: int, held: int | None, months: tuple[int, int]
) -> None:
    found = effort(f"french.nclc_{level}", held=held)
    assert found is not None
    assert found[1:] == months


@pytest.mark.parametrize("example", SCORED[::6], ids=lambda each: each["id"])
def test_a_plan_brings_more_than_either_step_and_what_the_whole_profile_scores(example: dict[str, Any]) -> None:
    profile, rules = profile_of(example), shipped().on(date.fromisoformat(example["on"]))
    told = what_if(profile, rules)
    plan = best_plan(profile, told, rules)
    if plan is None:
        return
    alone = {each.id: each.gain_low for each in told.changes}
    assert plan.gain > max(alone[name] for name in plan.ids)
    assert plan.apart == sum(alone[name] for name in plan.ids)
    paired = {frozenset(pair.ids): pair.gain for pair in told.pairs}
    assert plan.gain == paired.get(frozenset(plan.ids), plan.apart)


def test_some_plan_is_found() -> None:
    first = profile_of(SCORED[0])
    rules = shipped().on(ON)
    assert best_plan(first, what_if(first, rules), rules) is not None


def test_waiting_tells_the_birthday_on_its_day_with_what_it_costs() -> None:
    steps = waiting(profile_of(SCORED[0]), ON)
    assert (steps[0].on, steps[0].before, steps[0].low, steps[0].lines) == (date(2027, 2, 21), 429, 424, {"age": -5})


def test_a_birthday_of_which_only_the_age_was_told_comes_at_the_latest_on_its_day() -> None:
    told = json.loads(json.dumps(SCORED[0]["profile"]))
    born = told["candidate"].pop("birth_date")
    assert born
    told["candidate"] |= {"age": 30, "stated_on": "2026-03-10"}
    steps = waiting(read(told), ON)
    birthdays = [step for step in steps if "age" in step.lines]
    assert [step.on for step in birthdays] == [date(2027, 3, 10), date(2028, 3, 10)]
    assert all(step.latest for step in birthdays)
    assert not any(step.latest for step in steps if "age" not in step.lines)
    assert not any(step.latest for step in waiting(profile_of(SCORED[0]), ON))


@pytest.mark.parametrize("example", SCORED[::5], ids=lambda each: each["id"])
def test_a_step_is_the_score_of_its_day_and_nothing_moves_on_the_day_before(example: dict[str, Any]) -> None:
    profile = profile_of(example)
    on = date.fromisoformat(example["on"])
    for step in waiting(profile, on)[:3]:
        assert (step.low, step.high) == (lambda at: (at.low, at.high))(worth(profile, step.on))
        assert worth(profile, step.on - timedelta(1)).low == step.before
        assert step.low - step.before == sum(step.lines.values())
        assert on < step.on


HALF_KNOWN = {
    "candidate": {
        "birth_date": "1993-05-05",
        "credentials": [{"level": "bachelor", "country": "CI", "eca": {"issued_on": "2025-06-01"}}],
        "language_results": [
            {"test": "tcf_canada", "listening": 520, "reading": 510, "writing": 13, "speaking": 14,
             "taken_on": "2026-04-04"},
            {"test": "ielts_general", "listening": 6, "reading": 6, "writing": 6, "speaking": 6,
             "taken_on": "2026-05-02"},
        ],
        "jobs": [
            {"title": "accountant", "months": 36, "stated_on": "2026-11-27"},
            {"title": "web developer", "country": "CI", "started_on": "2020-01-01", "ended_on": None,
             "hours_per_week": 40},
        ],
    },
    "partner": {"accompanying": True},
    "household": {"marital_status": "married"},
}  # fmt: skip
"""A job of which no country is known: the ends of the score may move on every day."""


def test_with_facts_half_known_the_days_that_count_are_told_all_the_same() -> None:
    steps = waiting(read(json.dumps(HALF_KNOWN)), date(2026, 11, 27))
    assert [step.on.isoformat() for step in steps] == ["2027-05-05", "2028-04-04", "2028-05-02", "2028-05-05"]
    assert [step.lines.get("age") for step in steps] == [-5, None, None, -5]
    for before, step in pairwise(steps):
        assert (step.before, step.before_high) == (before.low, before.high)


def test_a_paper_that_expires_lowers_the_high_end_where_the_low_one_counts_none() -> None:
    """Of the column out of 699 nothing is counted at the low end; on its second anniversary nothing can be."""
    told = json.loads(json.dumps(HALF_KNOWN))
    told["candidate"]["language_results"] = [
        {"test": "tef_canada", "scale": "score_699", "listening": 450, "reading": 434, "writing": 430, "speaking": 480,
         "taken_on": "2025-03-10"}
    ]  # fmt: skip
    told["candidate"]["jobs"] = []
    steps = waiting(read(json.dumps(told)), date(2026, 11, 27))
    (step,) = (each for each in steps if each.on == date(2027, 3, 10))
    assert step.low == step.before
    assert step.before_high is not None
    assert step.high < step.before_high
