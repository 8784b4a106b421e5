"""Was it me? What a round says for a profile that scores 429 on its day, under the rules of that day."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.draws import Round, shipped
from scoring.invited import tie, was_it_me
from scoring.profile import read

EXAMPLES = json.loads((Path(__file__).parent / "cases" / "worked_examples.json").read_text("utf-8"))
FIRST = next(each for each in EXAMPLES if each["id"] == "1")
ON = date(2026, 6, 1)
SCORE = 429
TIE = "2026-03-18T23:32:40Z"


def held(kind: str = "fsw", cut_off: int = 429, version: str = "", on: date = ON, tie_break: str = TIE) -> Round:
    return Round("901", on, kind, version, "A label", 1000, cut_off, tie_break)


def told(round_: Round, entry: dict[str, Any] | None = None, unknown: str = "", **candidate: Any) -> Any:
    profile = deepcopy(FIRST["profile"])
    profile["household"].pop(unknown, None)
    profile["candidate"].update(candidate)
    if entry is not None:
        profile["express_entry"] = entry
    return was_it_me(read(json.dumps(profile)), round_, shipped())


def test_the_profile_scores_429_and_fits_the_federal_skilled_worker_program() -> None:
    found = told(held())
    assert (found.low, found.high) == (SCORE, SCORE)
    assert found.fit.id == "fsw"
    assert found.fit.verdict == "fits"


@pytest.mark.parametrize(
    ("cut_off", "code", "points"),
    [(428, "in", -1), (429, "tie_unknown", 0), (430, "out", 1), (75, "in", -354), (902, "out", 473)],
)
def test_a_score_above_the_cut_off_is_in_and_one_below_is_out(cut_off: int, code: str, points: int) -> None:
    found = told(held(cut_off=cut_off))
    assert (found.code, found.least, found.most) == (code, points, points)


def test_what_came_after_the_round_is_told_apart() -> None:
    later = {"test": "celpip_general", "taken_on": "2026-06-02"} | dict.fromkeys(("listening", "reading"), 9) | WRITTEN
    found = told(held(), language_results=[later])
    assert found.set_aside == ("/candidate/language_results/0",)
    assert found.high < SCORE
    assert told(held()).set_aside == ()


def test_where_only_a_program_is_open_it_is_named_with_whether_the_facts_matched() -> None:
    french = [{"test": "tcf_canada", "taken_on": "2026-01-05", "listening": 503, "reading": 499} | WRITTEN]
    found = told(held("french", 300, "2026-v2"), unknown="settlement_funds_cad", language_results=french)
    assert (found.code, found.matched, found.program.id) == ("eligibility_unknown", True, "fsw")
    assert told(held("french", 300, "2026-v2"), unknown="settlement_funds_cad").matched is False
    fits = told(held())
    assert (fits.matched, fits.program) == (False, None)


WRITTEN = {"writing": 10, "speaking": 10}


@pytest.mark.parametrize(
    ("submitted", "code"),
    [
        ("2026-03-18T23:32:39Z", "tie_in"),
        ("2026-03-18T23:32:40Z", "tie_unknown"),  # the published second itself: which part of it, nobody says
        ("2026-03-18T23:32:41Z", "tie_out"),
        ("2026-03-18T19:32:39-04:00", "tie_in"),
        ("2026-03-18T19:32:41-04:00", "tie_out"),
        # a day without its time counts in no zone: it decides only where no zone could change the answer
        ("2026-03-17", "tie_in"),
        ("2026-03-18", "tie_unknown"),
        ("2026-03-19", "tie_unknown"),
        ("2026-03-20", "tie_out"),
        (None, "tie_unknown"),
    ],
)
def test_a_tie_is_decided_by_the_second_of_the_submission(submitted: str | None, code: str) -> None:
    assert told(held(), {"profile_submitted_at": submitted, "invitation": None}).code == code


def test_a_tie_whose_moment_was_not_published_cannot_be_told() -> None:
    entry = {"profile_submitted_at": "2026-01-01T00:00:00Z", "invitation": None}
    assert told(held(tie_break=""), entry).code == "tie_unknown"


@given(st.datetimes(datetime(2025, 6, 1), datetime(2026, 6, 1)))
def test_a_day_alone_never_says_what_its_moment_contradicts(moment: datetime) -> None:
    exact = tie(moment.replace(tzinfo=UTC), held())
    for_the_day = tie(moment.date(), held())
    assert for_the_day in (exact, "tie_unknown")


@pytest.mark.parametrize(
    ("entry", "pool"),
    [
        ({}, "unknown"),
        ({"profile_submitted_at": None}, "not_submitted"),
        ({"profile_submitted_at": "2026-06-01"}, "yes"),
        ({"profile_submitted_at": "2026-06-02"}, "submitted_later"),
        ({"profile_submitted_at": "2026-06-02T00:00:01+02:00"}, "yes"),
        ({"profile_submitted_at": "2025-06-02"}, "yes"),
        ({"profile_submitted_at": "2025-06-01"}, "expired"),  # valid for twelve months: the anniversary is past it
        ({"profile_submitted_at": "2026-01-01", "invitation": {"on": "2026-05-31"}}, "invited_before"),
        ({"profile_submitted_at": "2026-01-01", "invitation": {"on": "2026-06-01"}}, "yes"),
        ({"profile_submitted_at": "2026-01-01", "invitation": {"on": "2026-05-31", "round": "901"}}, "yes"),
    ],
)
def test_who_was_not_in_the_pool_that_day_was_not_invited(entry: dict[str, Any], pool: str) -> None:
    assert told(held(cut_off=428), entry).pool == pool


@pytest.mark.parametrize(
    ("kind", "version", "code"),
    [
        ("general", "", "in"),
        ("cec", "", "not_eligible"),
        ("pnp", "", "not_eligible"),
        ("french", "2026-v2", "not_eligible"),
        ("french", "2031-v4", "unknown_version"),
        ("french", "v1", "unknown_version"),
        ("agriculture", "v1", "unknown_version"),
        ("new_lighthouse_keepers", "2031-v1", "unknown_type"),
    ],
)
def test_who_does_not_fit_the_type_of_the_round_is_not_in_it_whatever_the_score(
    kind: str, version: str, code: str
) -> None:
    assert told(held(kind, 100, version)).code == code


def test_what_is_not_known_of_a_fact_that_decides_cannot_be_told() -> None:
    assert told(held("french", 100, "2026-v2"), language_results=None).code == "eligibility_unknown"


@pytest.mark.parametrize(
    ("cut_off", "code"), [(100, "eligibility_unknown"), (429, "eligibility_unknown"), (519, "out")]
)
def test_who_stands_below_the_cut_off_is_out_even_where_nobody_can_tell_who_fits(cut_off: int, code: str) -> None:
    assert told(held("french", cut_off, "2026-v2"), language_results=None).code == code


@pytest.mark.parametrize(("cut_off", "code"), [(428, "eligibility_unknown"), (429, "tie_out"), (430, "out")])
def test_who_lost_the_tie_is_out_even_where_nobody_can_tell_who_fits(cut_off: int, code: str) -> None:
    entry = {"profile_submitted_at": "2026-03-20", "invitation": None}
    assert told(held(cut_off=cut_off), entry, unknown="settlement_funds_cad").code == code


def test_a_category_whose_own_facts_fail_is_out_of_reach_even_while_no_program_is_certain() -> None:
    found = told(held("french", 100, "2026-v2"), unknown="settlement_funds_cad")
    assert (found.code, found.fit.verdict) == ("not_eligible", "nearly")


@pytest.mark.parametrize(
    ("on", "since"),
    [(date(2026, 11, 2), None), (date(2026, 11, 3), date(2026, 11, 3)), (date(2026, 11, 26), date(2026, 11, 3))],
)
def test_a_change_that_is_only_reported_is_said_from_its_day_on(on: date, since: date | None) -> None:
    assert told(held(on=on)).reported == since


@pytest.mark.parametrize(
    ("cut_off", "code"), [(428, "in"), (429, "range"), (443, "range"), (444, "range"), (445, "out")]
)
def test_a_range_decides_only_where_both_ends_agree(cut_off: int, code: str) -> None:
    found = told(held(cut_off=cut_off), sibling_in_canada=None)
    assert (found.low, found.high) == (429, 444)
    assert found.code == code


def test_the_rules_of_the_round_s_day_count() -> None:
    """On 2025-03-24 a job offer still brought points; the day after it brought none."""
    offer = [{"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "c"}]
    before, after = (
        told(held(cut_off=100, on=day), job_offers=offer) for day in (date(2025, 3, 24), date(2025, 3, 25))
    )
    assert before.low - after.low == 50


def test_a_day_that_has_no_table_of_the_score_tells_nothing() -> None:
    found = told(held(on=date(2014, 12, 31)))
    assert (found.code, found.low, found.fit) == ("no_rules", None, None)
