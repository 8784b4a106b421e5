"""What single changes bring: each gain is what the whole profile, changed, scores more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.assessment import assess
from scoring.changes import swapped
from scoring.profile import Profile, read
from scoring.rulebook import shipped
from scoring.whatif import WhatIf, WhatIfs, what_if

ON = date(2026, 6, 1)
CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "cases" / "worked_examples.json").read_text("utf-8"))
}


def profile_of(case: str, **candidate: Any) -> Profile:
    profile = json.loads(json.dumps(CASES[case]["profile"]))
    profile["candidate"] |= candidate
    return read(profile)


def tried(profile: Profile, on: date = ON) -> WhatIfs:
    return what_if(profile, shipped().on(on))


def change(profile: Profile, name: str, on: date = ON) -> WhatIf:
    return next(made for made in tried(profile, on).changes if made.id == name)


def total(profile: Profile, on: date = ON) -> int:
    found = assess(profile, on).crs.total
    assert found is not None
    return found


GAINS = [
    # (worked example, change, points gained): the notes' own differences, or added by hand from the tables
    ("12a", "language_en.all_9", 56),  # example 12: CLB 8 to 9 in all four
    ("1", "nomination", 600),
    ("11", "credential.bachelor", 30 + 24),  # two-year 98 to two-or-more 128; 13 + 13 to 25 + 25
    ("1", "french.nclc_7", 12 + 50),  # second language 4 x 3, French with English at 5 or more
    ("1", "french.nclc_5", 4),  # second language 4 x 1, no French points below NCLC 7
    ("1", "french.nclc_9", 24 + 50),
    ("5", "partner_not_accompanying", 6),  # example 6 scores 432 for the same candidate in the single column
]


@pytest.mark.parametrize(("case", "name", "gain"), GAINS)
def test_a_change_brings_what_the_changed_profile_scores_more(case: str, name: str, gain: int) -> None:
    assert change(profile_of(case), name).gain_low == gain


def test_raising_the_one_weak_ability_brings_its_own_points_and_the_band() -> None:
    weak = profile_of("2")
    raised = max(tried(weak).changes, key=lambda made: made.gain_low if "ability" in made.values else 0)
    assert raised.gain_low == 45  # example 1 less example 2: 8 for language, 37 for transferability
    assert raised.low == 429


def test_a_certificate_that_is_held_is_not_offered_again() -> None:
    assert not [made for made in tried(profile_of("9b")).changes if made.id == "trade_certificate"]


@pytest.mark.parametrize("case", ["1", "4", "5", "8a", "9a", "12a", "13", "16"])
def test_changes_are_ranked_by_what_they_bring(case: str) -> None:
    gains = [made.gain_low for made in tried(profile_of(case)).changes]
    assert gains == sorted(gains, reverse=True)
    assert gains


@pytest.mark.parametrize("case", list(CASES))
def test_every_change_is_told_with_the_score_it_leads_to(case: str) -> None:
    profile, on = profile_of(case), date.fromisoformat(CASES[case]["on"])
    now = total(profile, on)
    for made in tried(profile, on).changes:
        assert made.low == now + made.gain_low
        assert made.gain_low or made.gain_high or made.flips


def test_an_eca_obtained_counts_the_foreign_credential() -> None:
    credential = {"level": "bachelor", "country": "IN", "completed_on": "2018-06-01", "eca": False}
    made = change(profile_of("1", credentials=[credential]), "eca.0")
    assert made.gain_low == 120 + 25  # education alone, and education with CLB 9
    assert {flip.id for flip in made.flips if flip.after == "fits"} == {"fsw"}


def test_a_year_in_canada_pays_for_itself_and_for_the_pairs_it_makes() -> None:
    made = change(profile_of("1"), "work.canada")
    # 40 for the year; education tier 1 with a year 13 (25 + 13 = 38 under the cap); foreign 3 x one year 25, over 50
    assert made.gain_low == 40 + 13
    assert ("cec", "fits") in {(flip.id, flip.after) for flip in made.flips}


def test_the_partner_as_principal_is_scored_with_the_partners_own_facts() -> None:
    profile = profile_of("5")
    made = change(profile, "partner_as_principal")
    assert made.low == total(swapped(profile))
    twice = swapped(swapped(profile))
    assert total(twice) == total(profile)


def test_a_partner_left_behind_on_paper_carries_its_warning() -> None:
    assert change(profile_of("5"), "partner_not_accompanying").warning == "only_if_true"
    assert all(made.warning is None for made in tried(profile_of("1")).changes)


def test_a_citizen_partner_cannot_be_the_principal_applicant() -> None:
    assert "partner_as_principal" not in {made.id for made in tried(profile_of("6")).changes}


def test_two_abilities_that_only_together_reach_a_band_are_told_as_a_pair() -> None:
    english = {"test": "celpip_general", "taken_on": "2025-10-01", "listening": 9, "reading": 9}
    weak = profile_of("1", language_results=[english | {"writing": 8, "speaking": 8}])
    found = {pair.ids: pair for pair in tried(weak).pairs}
    pair = found[("language_en.speaking", "language_en.writing")]
    assert (pair.gain, pair.apart, pair.effect) == (8 + 8 + 37, 16, "more_together")


def test_two_changes_with_a_cap_between_them_are_told_as_a_pair() -> None:
    found = {pair.ids: pair for pair in tried(profile_of("1")).pairs}
    pair = found[("nomination", "french.nclc_9")]
    assert (pair.gain, pair.apart, pair.effect) == (600 + 24, 600 + 74, "cap_between")


def test_a_change_tells_the_verdicts_that_it_turns() -> None:
    made = change(profile_of("1"), "french.nclc_7")
    french = next(flip for flip in made.flips if flip.id == "french")
    assert (french.before, french.after) == ("nearly", "fits")


def test_a_partial_profile_gets_a_gain_at_each_end() -> None:
    given = json.loads(json.dumps(CASES["1"]["profile"]))
    del given["candidate"]["birth_date"]
    made = change(read(given), "nomination")
    assert (made.gain_low, made.gain_high) == (600, 600)
    assert made.high - made.low == 110


def test_what_if_changes_nothing_in_the_profile_it_was_given() -> None:
    profile = profile_of("5")
    before = profile.model_dump_json()
    tried(profile)
    assert profile.model_dump_json() == before
