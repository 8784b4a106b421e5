"""A change of rules is told to those whose score or verdicts it moves, and to nobody else."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.assessment import View, glance, glanced
from scoring.case import ASSUMABLE, open_case
from scoring.profile import Profile, read
from scoring.resources import toml
from scoring.rule_changes import LineChange, RuleChange, Turn, change_days, fingerprint, moved_by_data, moved_on
from scoring.rulebook import NoRulesError, Rulebook, shipped
from scoring.worth import worth
from tests.scoring.profiles import ON, Facts, profiles
from tests.scoring.programs import builders as build

DAY = timedelta(1)
OFFERS_END = date(2025, 3, 25)
FUNDS_OF_2025 = date(2025, 7, 7)
CATEGORIES_OF_2026 = date(2026, 2, 18)
WITH_OFFER = {case["id"]: case["profile"] for case in build.examples("worked_examples.json")}["17a"]
"""479 points on 2025-03-24, 50 of them for a job offer."""


def edited(topic: str, change: Any) -> Rulebook:
    """The shipped rules with one topic changed in place."""
    data = copy.deepcopy(toml(f"rules/{topic}.toml"))
    change(data)
    return Rulebook({topic: data})


def moved(words: Facts, day: date) -> RuleChange | None:
    return moved_on(read(build.profile({"on": day, **words})), day)


# --- a table that comes into force ------------------------------------------------------------------------------------


def test_the_end_of_points_for_job_offers_is_told_with_the_line_that_fell() -> None:
    found = moved_on(read(WITH_OFFER), OFFERS_END)
    assert found is not None
    assert (found.id, found.since, found.topics) == ("rules:2025-03-25", OFFERS_END, ("crs.job_offer",))
    assert (found.before, found.after) == ((479, 479), (429, 429))
    assert (found.lines, found.turned) == ((LineChange("job_offer", 50, 0),), ())


def test_what_is_told_names_the_text_and_the_day_on_which_it_was_checked() -> None:
    found = moved_on(read(WITH_OFFER), OFFERS_END)
    assert found is not None
    table = next(each for each in toml("rules/crs.toml")["job_offer"] if each["in_force_from"] == OFFERS_END)
    assert found.as_json()["references"] == [
        {
            "topic": "crs.job_offer",
            "reference": table["reference"],
            "url": table["url"],
            "checked_on": table["checked_on"].isoformat(),
        }
    ]
    assert json.loads(json.dumps(found.as_json())) == found.as_json()


@pytest.mark.parametrize("day", [OFFERS_END - DAY, OFFERS_END + DAY])
def test_on_other_days_there_is_nothing_to_tell(day: date) -> None:
    assert moved_on(read(WITH_OFFER), day) is None


def test_whom_a_change_does_not_move_is_told_nothing() -> None:
    assert moved_on(read(WITH_OFFER | {"candidate": WITH_OFFER["candidate"] | {"job_offers": []}}), OFFERS_END) is None


SOFTWARE = "21231 IN 2020-06-01..2023-05-31 40h"
"""What opens the pool by itself."""


@pytest.mark.parametrize(
    ("job", "turned"),
    [
        # a year in the last three is asked for since 2026-02-18, six months in a row until the day before
        ("31301 CA 2025-02-18..2026-02-17 40h", None),
        ("31301 CA 2025-02-19..2026-02-17 40h", Turn("healthcare", "fits", "does_not_fit")),
        ("31301 CA 2025-07-18..2026-01-17 40h", Turn("healthcare", "fits", "does_not_fit")),
        ("31301 CA 2025-07-19..2026-01-17 40h", None),
        ("31301 CA 2025-08-18.. 40h", Turn("healthcare", "fits", "nearly")),
        ("31301 CA 2025-08-19.. 40h", None),
        # a new type is told to those whom it fits, one that ends to those whom it fitted
        ("00012 CA 2024-01-01.. 40h", Turn("senior_managers", None, "fits")),
        ("00010 CA 2024-01-01.. 40h", None),
        ("82031 CA 2025-01-01.. 40h", None),
        ("63201 CA 2025-01-01.. 40h", Turn("agriculture", "fits", None)),
    ],
)
def test_the_categories_of_2026_are_told_to_those_whose_verdict_turns(job: str, turned: Turn | None) -> None:
    found = moved({"jobs": [SOFTWARE, job]}, CATEGORIES_OF_2026)
    if turned is None:
        assert found is None
        return
    assert found is not None
    assert turned in found.turned
    assert found.topics == tuple(f"categories.{each.id}" for each in found.turned)
    assert (found.before, found.lines) == (found.after, ())


@pytest.mark.parametrize(("funds", "turns"), [(14_689, False), (14_690, True), (15_262, True), (15_263, False)])
def test_a_new_table_of_funds_is_told_to_those_between_the_old_amount_and_the_new(funds: int, turns: bool) -> None:
    found = moved({"funds": funds, "jobs": [SOFTWARE]}, FUNDS_OF_2025)
    if not turns:
        assert found is None
        return
    assert found is not None
    assert found.topics == ("funds.funds",)
    assert found.turned == (Turn("general", "fits", "nearly"), Turn("fsw", "fits", "nearly"))


def test_a_birthday_on_the_same_day_is_not_taken_for_a_change_of_rules() -> None:
    assert moved({"born": date(1985, 3, 25)}, OFFERS_END) is None


@given(profiles(), st.sampled_from([day for day in change_days() if day > date(2022, 6, 9)]))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_told_is_the_difference_between_two_tables_on_one_day(whole: Facts, day: date) -> None:
    profile = read(whole)
    found, now = moved_on(profile, day, assume_absent=ASSUMABLE), glance(profile, day, assume_absent=ASSUMABLE)
    before = glanced(View(open_case(profile, shipped().on(day - DAY).seen_on(day), ASSUMABLE)))
    if found is None:
        assert (before.low, before.high) == (now.low, now.high)
        assert before.verdicts.items() <= {**dict.fromkeys(before.verdicts, "does_not_fit"), **now.verdicts}.items()
        return
    assert (found.before, found.after) == ((before.low, before.high), (now.low, now.high))
    for turn in found.turned:
        assert (turn.before, turn.after) == (before.verdicts.get(turn.id), now.verdicts.get(turn.id))
    assert sum(line.after - line.before for line in found.lines) == found.after.low - found.before.low
    assert found.topics


def test_before_the_first_table_nothing_can_be_compared() -> None:
    with pytest.raises(NoRulesError):
        moved_on(read({}), date(2015, 1, 1))


def test_every_day_on_which_a_table_comes_or_goes_is_known() -> None:
    days = change_days()
    assert list(days) == sorted(set(days))
    assert {date(2015, 1, 1), OFFERS_END, FUNDS_OF_2025, CATEGORIES_OF_2026, date(2026, 2, 6)} <= set(days)
    ending = edited("funds", lambda data: data["funds"][-1].update(in_force_until=date(2027, 6, 30)))
    assert set(change_days(ending)) - set(days) == {date(2027, 7, 1)}


# --- data that are put right ------------------------------------------------------------------------------------------


def _nomination_of_500(data: Any) -> None:
    data["nomination"][0]["points"] = 500


OLDER = edited("crs", _nomination_of_500)


def nominee() -> Profile:
    return read(build.profile({"set": {"candidate.nomination": {"enhanced": True}}}))


def test_a_corrected_table_is_told_against_what_was_kept() -> None:
    kept = worth(nominee(), ON, book=OLDER)
    found = moved_by_data(kept, nominee())
    assert found is not None
    assert found.lines == (LineChange("nomination", 500, 600),)
    assert (found.after.low - found.before.low, found.turned) == (100, ())
    assert (found.id, found.since) == (f"data:{fingerprint()}", ON)
    assert (found.topics, found.references) == ((), ())


def test_a_correction_that_moves_nothing_is_not_told() -> None:
    profile = read(build.profile({}))
    assert moved_by_data(worth(profile, ON, book=OLDER), profile) is None


def test_days_that_passed_since_are_no_correction() -> None:
    kept = worth(nominee(), ON - timedelta(3000), book=OLDER)
    assert moved_by_data(kept, nominee(), book=OLDER) is None


def test_a_table_that_was_missing_turns_a_verdict() -> None:
    profile = read(build.profile({"jobs": [SOFTWARE]}))
    found = moved_by_data(worth(profile, ON, book=build.lacking("programs.fsw")), profile)
    assert found is not None
    assert Turn("fsw", "cannot_tell", "fits") in found.turned


# --- the name of the data ---------------------------------------------------------------------------------------------


def test_the_same_data_have_the_same_name() -> None:
    assert fingerprint() == fingerprint(Rulebook()) == fingerprint(edited("crs", dict))


@pytest.mark.parametrize(
    ("topic", "change"),
    [
        ("crs", _nomination_of_500),
        ("funds", lambda data: data["funds"][-1]["by_size"].__setitem__(3, 28_363)),
        ("categories", lambda data: data["category"][-1]["nocs"].pop()),
        ("categories", lambda data: data["category"].pop()),
        ("funds", lambda data: data["funds"][-1].update(in_force_from=date(2025, 7, 8))),
    ],
)
def test_other_numbers_have_another_name(topic: str, change: Any) -> None:
    assert fingerprint(edited(topic, change)) != fingerprint()


def test_a_table_that_was_checked_again_keeps_its_name() -> None:
    checked = edited("funds", lambda data: data["funds"][-1].update(checked_on=date(2030, 1, 1), note="As before."))
    assert fingerprint(checked) == fingerprint()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_name_is_the_same_in_every_process(seed: str) -> None:
    asked = "from scoring.rule_changes import fingerprint; print(fingerprint())"
    answer = subprocess.run(
        [sys.executable, "-c", asked], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == fingerprint()
