"""Canadian Experience Class: a year of Canadian work in the last three, and language by the unit group."""

import pytest

from tests.scoring.programs.builders import Words, assessed, cases, check, ids, program, reason

CASES = cases("programs/cec.toml")


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_cec(case: Words) -> None:
    check(case, program(assessed(case), "cec"))


def test_no_rules_of_the_class_cannot_tell() -> None:
    found = program(assessed({}, without="programs.cec"), "cec")
    assert found.verdict == "cannot_tell"
    assert reason(found, "no_rules") == {"fact": "", "need": "cec"}
    assert found.fits_from is None


def test_no_table_of_funds_is_no_question() -> None:
    case = {"jobs": ["21231 CA 2025-06-01..2026-05-31"], "funds": 0}
    assert program(assessed(case, without="funds.funds"), "cec").verdict == "fits"
