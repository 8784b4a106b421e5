"""How criteria make a verdict, what `nearly` names, when time alone cures it, and what is no rule on a day."""

from datetime import date

import pytest

from scoring.reasons import VERDICTS, best, worse
from tests.scoring.programs.builders import Words, assessed, cases, check, draw_type, ids, program, reason, told

CASES = cases("programs/verdicts.toml")


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_verdict(case: Words) -> None:
    check(case, program(assessed(case), case["program"]))


def test_order_of_the_verdicts() -> None:
    assert VERDICTS == ("does_not_fit", "cannot_tell", "nearly", "fits")
    assert worse(*VERDICTS) == "does_not_fit"
    assert best(*VERDICTS) == "fits"
    assert worse("fits", "nearly", "cannot_tell") == "cannot_tell"
    assert best("cannot_tell", "does_not_fit", "nearly") == "nearly"


def test_programs_come_in_one_order() -> None:
    assert [fit.id for fit in assessed({}).programs] == ["fsw", "cec", "fst"]


@pytest.mark.parametrize("name", ["fsw", "cec", "fst"])
def test_before_noc_2021_no_program_has_rules(name: str) -> None:
    before: Words = {"on": date(2022, 11, 15), "jobs": ["21231 CA 2016-01-01.."]}
    fit = program(assessed(before), name)
    assert fit.verdict == "cannot_tell"
    assert told(fit) == [{"code": "no_rules", "fact": "", "need": name}]
    assert fit.fits_from is None
    assert assessed(before).fsw_grid is None


def test_from_noc_2021_on_the_programs_have_rules() -> None:
    first: Words = {"on": date(2022, 11, 16), "jobs": ["21231 CA 2016-01-01.."]}
    assert program(assessed(first), "fsw").verdict == "fits"
    assert program(assessed(first), "cec").verdict == "fits"
    assert program(assessed(first), "fst").verdict == "does_not_fit"
    assert assessed(first).fsw_grid is not None


def test_before_noc_2021_nobody_is_told_what_the_pool_says() -> None:
    found = assessed({"on": date(2022, 11, 15), "jobs": ["21231 CA 2016-01-01.."]})
    assert draw_type(found, "general").verdict == "cannot_tell"
    assert reason(draw_type(found, "general"), "pool_not_open") == {"fact": "", "have": "cannot_tell", "need": "fits"}


@pytest.mark.parametrize(
    ("words", "aside"),
    [
        ({"jobs": ["21231 IN 2020-06-01..", "21232 IN 2026-06-02.."]}, ["/candidate/jobs/1"]),
        ({"jobs": ["21231 IN 2020-06-01..2026-06-02"]}, ["/candidate/jobs/0/ended_on"]),
        ({"taken": date(2026, 6, 2)}, ["/candidate/language_results/0"]),
        ({"credentials": ["masters IN eca=2026-06-02"]}, ["/candidate/credentials/0/eca"]),
        ({"children": [date(2026, 6, 2)]}, ["/household/dependants/0"]),
        ({"jobs": ["72200 IN 2020-06-01.. qualified=2026-06-02"]}, ["/candidate/jobs/0/qualified_since"]),
        (
            {"set": {"candidate.nomination": {"enhanced": True, "issued_on": date(2026, 6, 2)}}},
            ["/candidate/nomination"],
        ),
        ({"set": {"express_entry.invitation": {"on": date(2026, 6, 2)}}}, ["/express_entry/invitation"]),
        ({"jobs": ["21231 IN 2020-06-01..2026-06-01"], "taken": date(2026, 6, 1)}, []),
    ],
)
def test_what_lies_ahead_is_set_aside_and_said(words: Words, aside: list[str]) -> None:
    assert assessed(words).set_aside == aside


def test_job_that_lies_ahead_is_not_counted() -> None:
    assert program(assessed({"jobs": ["21231 IN 2026-06-02.."]}), "fsw").verdict == "does_not_fit"


@pytest.mark.parametrize(
    ("assume", "gone", "verdict"),
    [
        ((), "candidate.jobs.0.paid", "cannot_tell"),
        (("unpaid",), "candidate.jobs.0.paid", "fits"),
        (("unauthorized",), "candidate.jobs.0.paid", "cannot_tell"),
    ],
)
def test_facts_assumed_absent_decide(assume: tuple[str, ...], gone: str, verdict: str) -> None:
    found = assessed({"assume": assume, "set": {gone: "absent"}})
    assert program(found, "fsw").verdict == verdict
    assert found.assumed_absent == (["/candidate/jobs/0/paid"] if "unpaid" in assume else [])


def test_nothing_known_cannot_tell() -> None:
    everything = dict.fromkeys(("candidate", "partner", "household", "express_entry"), "absent")
    found = assessed({"set": everything})
    assert [fit.verdict for fit in found.programs] == ["cannot_tell"] * 3
    assert [fit.fits_from for fit in found.programs] == [None] * 3
    assert {fit.verdict for fit in found.categories} == {"cannot_tell"}
