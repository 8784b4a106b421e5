"""What is supposed is tried exactly: the very level, score, months or credential, on the whole profile."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from scoring import supposed
from scoring.abilities import ABILITIES, Official
from scoring.assessment import assess
from scoring.profile import LanguageResult, Profile, read
from scoring.rulebook import shipped
from scoring.supposed import Answer
from scoring.whatif import Bench, what_if
from tests.scoring.test_whatif import CASES, ON

WORKS_HERE = {
    "noc": "21231",
    "country": "CA",
    "started_on": "2024-01-01",
    "ended_on": None,
    "hours_per_week": 40,
    "paid": True,
    "self_employed": False,
    "full_time_student": False,
    "authorized": True,
    "canadian_employer": True,
}


def given(case: str, **candidate: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(CASES[case]["profile"]))
    found["candidate"] |= candidate
    return found


def bench(case: str = "1", **candidate: Any) -> Bench:
    return Bench(read(given(case, **candidate)), shipped().on(ON))


def total(profile: Profile) -> int:
    found = assess(profile, ON).crs.total
    assert found is not None
    return found


def at(level: int, case: str = "1", spoken: Official = "en") -> Answer:
    return supposed.at_levels(bench(case), spoken, dict.fromkeys(ABILITIES, level))


def gain(answer: Answer) -> int:
    assert answer.change is not None
    assert answer.change.gain_low == answer.change.gain_high
    return answer.change.gain_low


@pytest.mark.parametrize("case", ["2", "11", "12a"])
def test_a_level_between_two_others_brings_no_less_than_the_lower_and_no_more_than_the_higher(case: str) -> None:
    gains = [0 if (found := at(level, case)).change is None else gain(found) for level in range(5, 12)]
    assert gains == sorted(gains)
    assert len(set(gains)) > 2


@pytest.mark.parametrize("level", [5, 6, 7, 8, 9, 10])
def test_a_level_brings_what_the_profile_with_that_very_test_scores_more(level: int) -> None:
    french: dict[str, Any] = {"test": "stated_clb", "language": "fr", **dict[str, Any].fromkeys(ABILITIES, level)}
    own = given("1")
    own["candidate"]["language_results"] = [*own["candidate"]["language_results"], french]
    assert gain(at(level, "1", "fr")) == total(read(own)) - total(read(given("1")))


def test_a_level_that_is_held_brings_nothing_and_the_next_one_is_told() -> None:
    found = at(9)
    assert (found.code, found.values["level"], found.change) == ("held", 9, None)
    assert found.further is not None
    assert (found.further.id, found.further.gain_low) == ("language_en.all_10", 4 * 3)
    assert at(7).further == found.further


def test_at_the_top_of_the_tables_there_is_no_next_level() -> None:
    top: dict[str, Any] = {"test": "celpip_general", "taken_on": "2026-01-05", **dict[str, Any].fromkeys(ABILITIES, 12)}
    for level in (10, 11, 12):
        found = supposed.at_levels(bench(language_results=[top]), "en", dict.fromkeys(ABILITIES, level))
        assert (found.code, found.further) == ("held", None)


def test_one_ability_alone_moves_while_the_others_stay() -> None:
    found = supposed.at_levels(bench("2"), "en", {"writing": 12})
    assert found.change is not None
    assert found.change.values["ability"] == "writing"


def test_one_ability_of_a_language_without_a_test_tells_nothing() -> None:
    assert supposed.at_levels(bench(), "fr", {"speaking": 9}).code == "no_test"


def test_scores_count_by_the_chart_of_their_test() -> None:
    raw = LanguageResult(test="ielts_general", listening=7.5, reading=6.5, writing=6.5, speaking=6.5)  # CLB 8
    assert gain(supposed.scored(bench("11"), raw, "candidate")[0]) == gain(at(8, "11"))


def test_a_result_that_is_worse_in_one_ability_stands_beside_the_old_one() -> None:
    worse = LanguageResult(test="celpip_general", listening=12, reading=4, writing=12, speaking=12)
    assert gain(supposed.scored(bench(), worse, "candidate")[0]) == 0


def test_a_test_that_is_not_accepted_on_the_day_is_not_tried() -> None:
    raw = LanguageResult(test="pte_core", listening=80, reading=80, writing=80, speaking=80)
    early = Bench(read(given("1")), shipped().on(date(2023, 6, 1)))
    assert supposed.scored(early, raw, "candidate") == []


def test_work_in_all_adds_only_the_months_that_are_missing() -> None:
    found = supposed.work_in_all(bench(jobs=[WORKS_HERE]), "canada", 3)
    assert found.change is not None
    assert found.change.values["months"] == 7  # from 1 January 2024 to 1 June 2026 are 29 months
    assert gain(found) == gain(supposed.more_work(bench(jobs=[WORKS_HERE]), "canada", 7))
    assert gain(supposed.more_work(bench(jobs=[WORKS_HERE]), "canada", 6)) == 0


@pytest.mark.parametrize(("years", "code"), [(1, "held"), (2, "held"), (3, "brings")])
def test_years_that_are_there_already_bring_nothing(years: int, code: str) -> None:
    assert supposed.work_in_all(bench(jobs=[WORKS_HERE]), "canada", years).code == code


@pytest.mark.parametrize("years", [1, 2, 3, 4])
def test_years_abroad_are_told_apart_where_the_tables_do_not(years: int) -> None:
    abroad = {"noc": "21231", "country": "IN", "started_on": "2018-06-01", "ended_on": "2021-05-31"}
    own = bench(jobs=[{**abroad, "hours_per_week": 40, "paid": True}])
    assert supposed.work_in_all(own, "abroad", years).code == ("held" if years <= 3 else "brings")


def test_a_year_abroad_is_whole_for_who_works_in_canada_today() -> None:
    """The job in Canada ends the day before: on a day of both, work in Canada leaves no room for other work."""
    own = bench(jobs=[WORKS_HERE])
    year = supposed.more_work(own, "abroad", 12)
    assert gain(year) == 25 + 25  # one year abroad with CLB 9, and with two years in Canada
    assert gain(supposed.more_work(own, "abroad", 11)) == 0
    assert next(each for each in what_if(own.profile, own.rules).changes if each.id == "work.abroad").gain_low == 50


def test_a_doctorate_is_tried_as_such() -> None:
    abroad, here = supposed.studied(bench(), "doctorate", ("abroad", "canada"))
    assert gain(here) - gain(abroad) == 30  # Canadian study
    assert gain(abroad) == 150 - 120 + 25  # education alone, and with CLB 9


def test_a_credential_that_adds_nothing_to_a_higher_one_is_held() -> None:
    doctor = {"level": "doctorate", "country": "IN", "eca": {"issued_on": "2025-02-01"}}
    found = supposed.studied(bench(credentials=[doctor]), "masters", ("abroad", "canada"))
    assert [(each.id, each.code) for each in found] == [
        ("credential.masters", "held"),
        ("credential.canadian_masters", "brings"),
    ]


def test_a_birthday_is_told_by_its_day_and_by_the_latest_one_where_only_the_age_is_known() -> None:
    born = supposed.aged(bench(birth_date="1994-05-02"), 33)
    assert (born.values["on"], born.values["latest"], gain(born)) == ("2027-05-02", False, -6)
    aged = supposed.aged(bench(birth_date=None, age=32, stated_on="2026-03-01"), 33)
    assert (aged.values["on"], aged.values["latest"], gain(aged)) == ("2027-03-01", True, -6)


@pytest.mark.parametrize("age", [20, 31, 32])
def test_age_does_not_go_back(age: int) -> None:
    found = supposed.aged(bench(birth_date="1994-05-02"), age)
    assert (found.code, found.values) == ("held", {"age": 32})


@pytest.mark.parametrize(
    ("on", "since", "points"), [(date(2026, 6, 1), "2025-03-25", 0), (date(2025, 3, 24), None, 50)]
)
def test_a_job_offer_pays_by_the_rules_of_the_day(on: date, since: str | None, points: int) -> None:
    found = supposed.job_offer(Bench(read(given("1", job_offers=[])), shipped().on(on)))
    assert found.change is not None
    assert (found.values["since"], found.change.gain_low) == (since, points)


def test_what_is_not_known_is_said_and_not_supposed() -> None:
    own = Bench(read({"candidate": {"age": 30, "stated_on": "2026-06-01"}}), shipped().on(ON))
    answers = [
        supposed.at_levels(own, "en", dict.fromkeys(ABILITIES, 9)),
        supposed.more_work(own, "canada", 12),
        *supposed.studied(own, "masters", ("abroad",)),
        *supposed.partner_tested(own, 7),
    ]
    assert [(each.code, each.values["fact"]) for each in answers] == [
        ("not_known", "test"),
        ("not_known", "job"),
        ("not_known", "level"),
        ("not_known", "partner"),
    ]


def test_a_partner_who_stays_behind_does_not_count() -> None:
    own = given("5")
    own["partner"] |= {"accompanying": False}
    found = Bench(read(own), shipped().on(ON))
    assert supposed.partner_tested(found, 9)[0].code == "not_counted"
    assert supposed.without_partner(found).code == "held"


def test_what_several_bring_together_is_the_score_of_the_profile_with_all_of_them() -> None:
    own = bench()
    answers = [supposed.nomination(own), at(9, "1", "fr")]
    together = next(supposed.joined(own, answers))
    assert together.gain_low == 600 + 24  # the points for French are under the cap of the nomination
    assert list(supposed.joined(own, answers[:1])) == []
    assert list(supposed.joined(own, [answers[1], answers[1]])) == []


def test_suppositions_change_nothing_in_the_profile() -> None:
    own = bench("5")
    before = own.profile.model_dump_json()
    supposed.more_work(own, "canada", 24, "partner")
    supposed.partner_applies(own)
    supposed.assessed_all(own, "partner")
    assert own.profile.model_dump_json() == before
