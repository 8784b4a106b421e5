"""What is read in what was said, case by case: see `cases/`."""

import json
from typing import Any

import pytest

from conversations.answers import Misread, Result, Unclear, Understood
from tests.conversations.answers.tables import READERS, Case, cases

ALL = tuple(cases())


def as_row(result: Result) -> dict[str, Any]:
    if isinstance(result, Understood):
        return {"value": result.value} | ({"told": dict(result.told)} if result.told else {})
    if isinstance(result, Unclear):
        return {"unclear": result.code, "options": list(result.options)}
    return {"misread": result.code} | ({"values": dict(result.values)} if result.values else {})


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_reads_what_was_said(case: Case) -> None:
    assert as_row(READERS[case.reader](case.say, **case.given)) == case.expected


def test_every_reader_has_cases_of_each_kind() -> None:
    for reader in READERS:
        kinds = {kind for case in ALL if case.reader == reader for kind in case.expected}
        assert kinds >= {"value", "misread"}, reader


# a code of two letters is known by its capitals
IN_WORDS = [case for case in ALL if "value" in case.expected and len(case.say) > len("NO")]


@pytest.mark.parametrize("case", IN_WORDS, ids=lambda case: case.name)
def test_case_and_spaces_do_not_matter(case: Case) -> None:
    spread = case.say.replace(" ", "\u00a0 ")
    result = READERS[case.reader](f"  {spread.upper()}\t", **case.given)
    assert isinstance(result, Understood)
    if case.reader != "read_job_line":
        assert result.value == case.expected["value"]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_result_is_json_and_short(case: Case) -> None:
    result = READERS[case.reader](case.say, **case.given)
    assert json.loads(json.dumps(as_row(result))) == as_row(result)
    if isinstance(result, Unclear | Misread):
        assert len(result.read) <= 80
