"""The rulebook: rules by date, errors that say where, and next year's table added by data alone."""

import copy
from datetime import date, timedelta
from typing import Any

import pytest

from scoring.assessment import assess
from scoring.profile import Profile, read
from scoring.provisions import AgeTable, CategoryVersion, FundsTable, Ladder, Points, Provision, RuleDataError
from scoring.resources import toml
from scoring.rulebook import TOPICS, NoRulesError, Rulebook, Rules, shipped

ON = date(2026, 11, 21)


def source(topic: str) -> dict[str, Any]:
    """A copy of a shipped file of rules, to change."""
    return copy.deepcopy(toml(f"rules/{topic}.toml"))


def dated(since: date, until: date | None = None, **values: Any) -> dict[str, Any]:
    """An entry with everything that a provision must carry."""
    ends = {} if until is None else {"in_force_until": until}
    told = {"reference": "A test", "url": "https://example.org", "checked_on": since, "read": "inferred"}
    return {"in_force_from": since, **ends, **told, **values}


def profile(**candidate: Any) -> Profile:
    return read({"candidate": candidate})


# --- dates ---------------------------------------------------------------------------------------------------------


def test_express_entry_starts_with_2015() -> None:
    assert shipped().on(date(2015, 1, 1)).on == date(2015, 1, 1)
    with pytest.raises(NoRulesError) as found:
        shipped().on(date(2014, 12, 31))
    assert (found.value.topic, found.value.on, found.value.first) == ("crs.age", date(2014, 12, 31), date(2015, 1, 1))
    assert "2014-12-31" in str(found.value)
    assert "2015-01-01" in str(found.value)


@pytest.mark.parametrize("on", [date.min, date(1970, 1, 1), date(2014, 12, 31)])
def test_no_assessment_before_the_crs(on: date) -> None:
    with pytest.raises(NoRulesError):
        assess(Profile(), on)


def test_a_date_ahead_keeps_the_rules_that_have_no_end() -> None:
    rules = shipped().on(date(2040, 1, 1))
    assert rules.age is shipped().on(ON).age
    assert [entry.version for entry in rules.categories] == [entry.version for entry in shipped().on(ON).categories]


def test_both_ends_of_a_provision_are_inclusive() -> None:
    entry = Points.model_validate(dated(date(2020, 1, 1), date(2020, 12, 31), points=1))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [entry.holds(day) for day in days] == [False, True, True, False]


def test_a_provision_without_an_end_holds_for_ever() -> None:
    entry = Points.model_validate(dated(date(2020, 1, 1), points=1))
    assert entry.holds(date.max)


def test_find_and_all_agree_with_the_dates() -> None:
    book = Rulebook({"crs": {"nomination": [dated(date(2015, 1, 1), date(2019, 12, 31), points=1)]}})
    assert book.find("crs", "nomination", Points, date(2019, 12, 31)).points == 1
    assert book.all("crs", "nomination", Points, date(2020, 1, 1)) == ()
    with pytest.raises(NoRulesError) as found:
        book.find("crs", "nomination", Points, date(2020, 1, 1))
    assert found.value.topic == "crs.nomination"


def test_a_table_that_is_not_there_at_all_has_no_first_day() -> None:
    with pytest.raises(NoRulesError) as found:
        Rulebook({"crs": {}}).on(ON)
    assert found.value.first is None
    assert "none" in str(found.value)


def test_entries_come_oldest_first_however_they_stand_in_the_file() -> None:
    later, earlier = dated(date(2020, 1, 1), points=2), dated(date(2015, 1, 1), date(2019, 12, 31), points=1)
    book = Rulebook({"crs": {"nomination": [later, earlier]}})
    assert [entry.points for entry in book.entries("crs", "nomination", Points)] == [1, 2]


def test_the_same_rules_seen_on_another_day_keep_their_tables() -> None:
    rules = shipped().on(date(2025, 3, 24))
    later = rules.seen_on(date(2026, 1, 1))
    assert (later.on, later.job_offer) == (date(2026, 1, 1), rules.job_offer)
    assert rules.on == date(2025, 3, 24)


def test_topics_without_a_table_for_the_day_are_none_and_not_an_older_one() -> None:
    early = shipped().on(date(2015, 1, 1))
    assert (early.funds, early.fst, early.physicians, early.exemption) == (None, None, None, None)
    assert early.categories == ()


def test_every_lists_each_entry_of_each_file_once() -> None:
    counted = sum(
        len(toml(f"rules/{topic}.toml").get(table, ())) for topic, tables in TOPICS.items() for table in tables
    )
    assert len(shipped().every()) == counted
    assert all(isinstance(entry, Provision) for _, _, entry in shipped().every())


def test_rules_of_a_day_are_remembered() -> None:
    book = Rulebook()
    assert book.on(ON) is book.on(ON)
    assert isinstance(book.on(ON), Rules)


# --- errors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "table", "change"),
    [
        ("crs", "age", {"steps": [{"at": "x", "with": 0, "without": 0}]}),
        ("crs", "age", {"reference": ""}),
        ("crs", "age", {"url": ""}),
        ("crs", "age", {"read": "hearsay"}),
        ("crs", "age", {"checked_on": "soon"}),
        ("crs", "age", {"sometimes": 1}),
        ("crs", "nomination", {"points": "many"}),
        ("funds", "funds", {"by_size": ["a"]}),
        ("language", "chart", {"language": "es"}),
        ("categories", "category", {"kind": "lottery"}),
        ("programs", "cec", {"work_months": None}),
        ("process", "invitation", {"days": 1.5}),
        ("near", "near", {"months": "twelve"}),
        ("work", "counting", {"teers": "0 to 3"}),
    ],
)
def test_an_error_of_data_names_its_file_and_its_table(topic: str, table: str, change: dict[str, Any]) -> None:
    data = source(topic)
    data[table][0] |= change
    with pytest.raises(RuleDataError) as found:
        Rulebook({topic: data}).entries(topic, table, TOPICS[topic][table])
    assert f"rules/{topic}.toml" in str(found.value)
    assert f"[[{table}]]" in str(found.value)
    assert next(iter(change)) in str(found.value)


@pytest.mark.parametrize("missing", ["in_force_from", "reference", "url", "checked_on", "read", "points"])
def test_an_entry_without_what_every_entry_carries_is_an_error(missing: str) -> None:
    entry = dated(date(2015, 1, 1), points=600)
    del entry[missing]
    with pytest.raises(RuleDataError, match=missing):
        Rulebook({"crs": {"nomination": [entry]}}).entries("crs", "nomination", Points)


@pytest.mark.parametrize("steps", [[(0, 0), (5, 1), (3, 2)], [(0, 0), (5, 1), (5, 2)]])
def test_steps_out_of_order_or_twice_are_an_error(steps: list[tuple[int, int]]) -> None:
    with pytest.raises(RuleDataError):
        Ladder(steps)


def test_steps_out_of_order_in_a_file_name_the_file() -> None:
    data = source("crs")
    data["age"][0]["steps"].reverse()
    with pytest.raises(RuleDataError) as found:
        Rulebook({"crs": data}).entries("crs", "age", AgeTable)
    assert "rules/crs.toml" in str(found.value)


def test_a_step_holds_from_its_value_upward_until_the_next() -> None:
    ladder = Ladder([(0, 0), (7, 1), (9, 2)])
    assert [ladder(value) for value in (-1, 0, 6, 7, 8, 9, 99)] == [0, 0, 0, 1, 1, 2, 2]
    assert (len(ladder), list(ladder)) == (3, [(0, 0), (7, 1), (9, 2)])


# --- next year's rules are data ------------------------------------------------------------------------------------


def test_a_new_version_of_a_category_is_an_edit_of_data() -> None:
    data = source("categories")
    old = next(entry for entry in data["category"] if entry["category"] == "stem" and entry["version"] == "2026")
    old["in_force_until"] = date(2026, 12, 31)
    new = {**old, "version": "2027-v1", "in_force_from": date(2027, 1, 1), "months": 24, "nocs": ["21231"]}
    del new["in_force_until"]
    data["category"].append(new)
    book = Rulebook({"categories": data})
    stem = {
        on: [entry.version for entry in book.on(on).categories if entry.category == "stem"]
        for on in (date(2026, 12, 31), date(2027, 1, 1))
    }
    assert stem == {date(2026, 12, 31): ["2026"], date(2027, 1, 1): ["2027-v1"]}
    engineer = profile(
        jobs=[{"noc": "21231", "country": "IN", "started_on": "2025-01-01", "ended_on": None, "hours_per_week": 30,
               "paid": True, "self_employed": False, "full_time_student": False, "authorized": True}]
    )  # fmt: skip
    facts = {
        on: next(fit.facts_verdict for fit in assess(engineer, on, book=book).categories if fit.id == "stem")
        for on in (date(2026, 12, 31), date(2027, 1, 1))
    }
    assert facts == {date(2026, 12, 31): "does_not_fit", date(2027, 1, 1): "fits"}


def test_a_category_never_heard_of_is_an_edit_of_data() -> None:
    data = source("categories")
    told: dict[str, Any] = {
        "category": "beekeeping", "version": "2027-v1", "kind": "occupation", "confidence": "high", "name_en": "Bees",
        "name_fr": "Abeilles", "months": 12, "window_years": 3, "nocs": ["80020"],
    }  # fmt: skip
    data["category"].append(dated(date(2027, 1, 1), **told))
    fits = assess(profile(jobs=[]), date(2027, 1, 1), book=Rulebook({"categories": data})).categories
    (found,) = [fit for fit in fits if fit.id == "beekeeping"]
    assert (found.version, found.verdict) == ("2027-v1", "does_not_fit")


def test_next_years_funds_are_an_edit_of_data() -> None:
    data = source("funds")
    data["funds"][-1]["in_force_until"] = date(2027, 6, 30)
    data["funds"].append(dated(date(2027, 7, 1), id="2027", by_size=[16000] * 7, each_additional=4500))
    book = Rulebook({"funds": data})
    tables = [book.on(day).funds for day in (date(2027, 6, 30), date(2027, 7, 1))]
    assert [table.needed(1) if table else None for table in tables] == [15263, 16000]
    assert [table.needed(9) if table else None for table in tables] == [48616, 25000]


def test_next_years_points_are_an_edit_of_data() -> None:
    data = source("crs")
    data["sibling"][-1]["in_force_until"] = date(2027, 6, 30)
    data["sibling"].append(dated(date(2027, 7, 1), points=0))
    book = Rulebook({"crs": data})
    sibling = read({"candidate": {"sibling_in_canada": True}})
    points = {
        on: sum(line.points for line in assess(sibling, on, book=book).crs.lines if line.factor == "sibling")
        for on in (date(2027, 6, 30), date(2027, 7, 1))
    }
    assert points == {date(2027, 6, 30): 15, date(2027, 7, 1): 0}


def test_the_high_wage_factor_is_an_edit_of_data() -> None:
    data = source("crs")
    level = {"id": "2.0", "nocs": ["21231"], "points_canadian_work": 40, "points_job_offer": 30}
    data["high_wage"] = [
        dated(date(2015, 1, 1), date(2026, 11, 2), levels=[]),
        dated(date(2026, 11, 3), levels=[level]),
    ]
    book = Rulebook({"crs": data})
    worker = profile(
        jobs=[{"noc": "21231", "country": "CA", "started_on": "2025-01-01", "ended_on": None, "hours_per_week": 30,
               "paid": True, "self_employed": False, "full_time_student": False, "authorized": True,
               "canadian_employer": True}],
        job_offers=[{"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}],
    )  # fmt: skip
    paid = {
        on: {line.factor: line.points for line in assess(worker, on, book=book).crs.lines if "high_wage" in line.factor}
        for on in (date(2026, 11, 2), date(2026, 11, 3))
    }
    assert paid == {
        date(2026, 11, 2): {},
        date(2026, 11, 3): {"high_wage_canadian_work": 40, "high_wage_job_offer": 30},
    }


def test_a_new_test_of_language_is_accepted_by_data_from_its_day() -> None:
    data = source("language")
    data["chart"] = [chart for chart in data["chart"] if chart["test"] != "pte_core"]
    pte = next(chart for chart in source("language")["chart"] if chart["test"] == "pte_core")
    data["chart"].append({**pte, "in_force_from": date(2027, 1, 1)})
    book = Rulebook({"language": data})
    accepted = {on: ("pte_core", "") in book.on(on).charts for on in (date(2026, 12, 31), date(2027, 1, 1))}
    assert accepted == {date(2026, 12, 31): False, date(2027, 1, 1): True}


def test_a_shorter_validity_of_results_is_an_edit_of_data() -> None:
    data = source("language")
    data["validity_language"][0]["years"] = 1
    book = Rulebook({"language": data})
    taken = profile(
        language_results=[{"test": "celpip_general", "taken_on": "2025-11-21",
                           "listening": 9, "reading": 9, "writing": 9, "speaking": 9}]
    )  # fmt: skip
    points = [
        sum(line.points for line in assess(taken, on, book=book).crs.lines if line.factor.startswith("first_language"))
        for on in (ON - timedelta(1), ON)
    ]
    assert points == [4 * 29, 0]


def test_a_rulebook_takes_what_it_is_not_given_from_the_shipped_files() -> None:
    book = Rulebook({"funds": {"funds": [], "dependent_child": source("funds")["dependent_child"]}})
    assert book.on(ON).funds is None
    assert book.on(ON).age == shipped().on(ON).age
    assert book.entries("funds", "funds", FundsTable) == ()
    assert book.entries("categories", "category", CategoryVersion)


# --- what is reported or proposed is never applied -----------------------------------------------------------------


def test_a_reported_change_is_told_from_its_day_and_not_before() -> None:
    told = [
        [change.id for change in assess(Profile(), on).reported_changes]
        for on in (date(2026, 11, 2), date(2026, 11, 3))
    ]
    assert told == [[], ["high-wage-2026-11-03"]]


def test_neither_the_report_nor_a_proposal_moves_a_score() -> None:
    without = Rulebook({"reported": {}})
    offer = {"noc": "00012", "full_time": True, "permanent_or_one_year": True, "route": "a"}
    worker = profile(birth_date="1997-02-21", job_offers=[offer], jobs=[], language_results=[], credentials=[])
    days = [date(2026, 11, 2), date(2026, 11, 3), ON]
    scores = [assess(worker, on).crs for on in days]
    assert [(score.low, score.high) for score in scores] == [(scores[0].low, scores[0].high)] * 3
    assert assess(worker, ON, book=without).crs == assess(worker, ON).crs
    assert assess(worker, ON, book=without).reported_changes == []
    assert not without.reported()
    assert not without.proposed()
