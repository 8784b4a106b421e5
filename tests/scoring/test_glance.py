"""A glance says what an assessment says, without reasons."""

from datetime import date

import pytest
from hypothesis import given

from scoring.assessment import assess, glance
from scoring.case import ASSUMABLE
from scoring.profile import read
from scoring.rulebook import NoRulesError
from tests.scoring.profiles import Facts, both

ON = date(2026, 11, 22)


@given(both())
def test_glance_has_the_ends_and_verdicts_of_the_assessment(pair: tuple[Facts, Facts]) -> None:
    for facts in pair:
        profile = read(facts)
        found, seen = assess(profile, ON, assume_absent=ASSUMABLE), glance(profile, ON, assume_absent=ASSUMABLE)
        assert (seen.low, seen.high) == (found.crs.low, found.crs.high)
        assert seen.verdicts == {fit.id: fit.verdict for fit in found.draw_types}


def test_glance_refuses_a_day_without_a_table() -> None:
    with pytest.raises(NoRulesError):
        glance(read({}), date(2014, 12, 31))
