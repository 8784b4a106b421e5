"""Federal Skilled Trades Program: the trade groups, two years in one trade, and a certificate or an offer."""

import pytest

from tests.scoring.programs.builders import Json, Words, assessed, cases, check, ids, program, reason, rows

CASES = cases("programs/fst.toml")
GROUPS = rows("programs/trade_groups.csv")

ELECTRICIAN: Json = {
    "credentials": [],
    "english": "5 4 4 5",
    "certificate": "72200",
    "jobs": ["72200 IN 2024-06-01..2026-05-31 qualified=2020-01-01"],
}


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_fst(case: Words) -> None:
    check(case, program(assessed(case), "fst"))


@pytest.mark.parametrize("row", GROUPS, ids=lambda row: f"{row['noc']} {row['why']}: {row['trade']}")
def test_trade_groups(row: dict[str, str]) -> None:
    case = ELECTRICIAN | {"certificate": row["noc"], "jobs": [f"{row['noc']} IN 2024-06-01.. qualified=2020-01-01"]}
    found = program(assessed(case), "fst")
    assert found.verdict == ("fits" if row["trade"] == "yes" else "does_not_fit")
    months = reason(found, "trade_work_met" if row["trade"] == "yes" else "trade_work_short")["have"]
    assert months == (24.0 if row["trade"] == "yes" else 0.0)


def test_no_rules_of_the_program_cannot_tell() -> None:
    found = program(assessed(ELECTRICIAN, without="programs.fst"), "fst")
    assert found.verdict == "cannot_tell"
    assert reason(found, "no_rules") == {"fact": "", "need": "fst"}


def test_without_rules_of_exemption_the_funds_are_asked() -> None:
    case = ELECTRICIAN | {"authorized": True, "offers": ["72200 a"], "funds": 0}
    assert program(assessed(case), "fst").verdict == "fits"
    assert program(assessed(case, without="funds.exemption"), "fst").verdict == "does_not_fit"


def test_best_trade_is_the_one_that_is_told() -> None:
    # butchers: certified, four years; electricians: two years, no certificate
    jobs = [
        "72200 IN 2024-06-01..2026-05-31 qualified=2020-01-01",
        "63201 IN 2021-06-01..2024-05-31 qualified=2020-01-01",
    ]
    found = program(assessed(ELECTRICIAN | {"jobs": jobs, "certificate": "63201"}), "fst")
    assert found.verdict == "fits"
    assert reason(found, "trade_work_met")["have"] == 36.0


def test_reasons_of_the_program_in_full() -> None:
    found = program(assessed(ELECTRICIAN), "fst")
    assert [each.code for each in found.reasons] == [
        "trade_work_met",
        "certificate_or_offer_met",
        "language_met",
        "funds_met",
        "outside_quebec",
    ]


def test_job_of_another_kind_beside_the_trade_changes_nothing() -> None:
    jobs = [*ELECTRICIAN["jobs"], "21231 IN 2020-01-01..2024-05-31"]
    found = program(assessed(ELECTRICIAN | {"jobs": jobs}), "fst")
    assert found.verdict == "fits"
    assert reason(found, "trade_work_met")["have"] == 24.0
