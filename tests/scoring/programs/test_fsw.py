"""Federal Skilled Worker Program: the minimums, at the boundary and beside it."""

from itertools import product

import pytest

from tests.scoring.programs.builders import ON, Json, Words, assessed, cases, check, grid, ids, program, reason, rows

WORK = cases("programs/fsw_work.toml")
LANGUAGE = cases("programs/fsw_language.toml")
EDUCATION = cases("programs/fsw_education.toml")
MARKS = cases("programs/fsw_grid_marks.toml")
FUNDS = cases("programs/funds.toml")


@pytest.mark.parametrize("case", WORK, ids=ids(WORK))
def test_continuous_year(case: Words) -> None:
    check(case, program(assessed(case), "fsw"))


@pytest.mark.parametrize("case", LANGUAGE, ids=ids(LANGUAGE))
def test_language_seven_in_one_language(case: Words) -> None:
    check(case, program(assessed(case), "fsw"))


@pytest.mark.parametrize("case", EDUCATION, ids=ids(EDUCATION))
def test_education_and_its_assessment(case: Words) -> None:
    check(case, program(assessed(case), "fsw"))


@pytest.mark.parametrize("case", MARKS, ids=ids(MARKS))
def test_pass_mark(case: Words) -> None:
    found = assessed(case)
    least, most = case.get("grid_range", [case.get("grid"), case.get("grid")])
    assert (grid(found).low, grid(found).high) == (least, most)
    assert grid(found).total == case.get("grid")
    assert grid(found).pass_mark == 67
    check(case, program(found, "fsw"))


@pytest.mark.parametrize("case", FUNDS, ids=ids(FUNDS))
def test_settlement_funds(case: Words) -> None:
    check(case, program(assessed(case), "fsw"))


AMOUNTS = [
    (row[end], size, int(row[str(size)]))
    for row, end, size in product(rows("programs/funds_tables.csv"), ("from", "until"), range(1, 10))
]


def family(day: str, size: int, funds: float) -> Json:
    """A family of so many people on a day; work, test and ECA are of the two years before."""
    year = int(day[:4])
    return {
        "on": ON.fromisoformat(day),
        "jobs": [f"21231 IN {year - 6}-01-01.. 40h"],
        "children": [f"{year - 5}-0{month}-01" for month in range(1, size)],
        "funds": funds,
    }


@pytest.mark.parametrize(("day", "size", "amount"), AMOUNTS)
def test_amount_of_each_table_and_size(day: str, size: int, amount: int) -> None:
    enough = program(assessed(family(day, size, amount)), "fsw")
    assert enough.verdict == "fits"
    assert reason(enough, "funds_met")["need"] == amount
    short = program(assessed(family(day, size, amount - 1)), "fsw")
    assert short.verdict == "nearly"
    assert reason(short, "funds_short")["missing"] == 1
    last_near = amount - amount // 5
    assert program(assessed(family(day, size, last_near)), "fsw").verdict == "nearly"
    assert program(assessed(family(day, size, last_near - 1)), "fsw").verdict == "does_not_fit"


def test_no_table_of_funds_is_no_guess() -> None:
    found = program(assessed({}, without="funds.funds"), "fsw")
    assert found.verdict == "cannot_tell"
    assert reason(found, "no_rules") == {"fact": "", "need": "funds"}


def test_no_table_of_funds_is_no_question_for_the_exempt() -> None:
    exempt = {"authorized": True, "offers": ["21231 a"], "funds": 0}
    assert program(assessed(exempt, without="funds.funds"), "fsw").verdict == "fits"


def test_without_rules_of_exemption_nobody_is_told_to_be_exempt() -> None:
    exempt = {"authorized": True, "offers": ["21231 a"], "funds": 0}
    found = program(assessed(exempt, without="funds.exemption"), "fsw")
    assert found.verdict == "cannot_tell"
    assert reason(found, "funds_exemption_unknown")["need"] == 15263


@pytest.mark.parametrize("table", ["programs.fsw", "programs.fsw_grid"])
def test_no_rules_of_the_program_cannot_tell(table: str) -> None:
    found = assessed({}, without=table)
    assert found.fsw_grid is None
    fit = program(found, "fsw")
    assert fit.verdict == "cannot_tell"
    assert fit.fits_from is None
    assert reason(fit, "no_rules") == {"fact": "", "need": "fsw"}
