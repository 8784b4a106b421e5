"""An answer of every kind for every question: what somebody taps or types, and what it comes to."""

from __future__ import annotations

from typing import Any

from conversations.questions import Question

TYPED: dict[str, tuple[tuple[str, Any], ...]] = {
    "birth_date": (("2 May 1994", {"birth_date": "1994-05-02"}), ("32 ans", {"age": 32, "stated_on": "2026-11-22"})),
    "taken_on": (("1 March 2026", "2026-03-01"), ("2026-04-02", "2026-04-02")),
    "job_country": (("Canada", "CA"), ("Inde", "IN")),
    "level_country": (("Canada", "CA"), ("India", "IN")),
    "residence": (("Maroc", "MA"), ("Canada", "CA")),
    "job_period": (
        ("June 2022 to now", {"started_on": "2022-06-01", "ended_on": None}),
        ("4 ans", {"months": 48, "stated_on": "2026-11-22"}),
    ),
    "job_hours": (("40", 40), ("37,5 h", 37.5)),
    "eca": (("10 January 2025", {"issued_on": "2025-01-10"}), ("yes", {})),
    "eca_issued": (("10 January 2025", "2025-01-10"),),
    "completed_on": (("30 juin 2016", "2016-06-30"),),
    "job_qualified": (("2019-05-01", "2019-05-01"),),
    "military_service": (("10", 10),),
    "military_offer": (("3", 3),),
    "children": (("2", 2), ("0", 0)),
    "children_born": (("2015-03-02, 2018-07-09", ["2015-03-02", "2018-07-09"]),),
    "funds": (("25 000 $", 25000), ("30k", 30000)),
    "permit": (("2026-10-31", "2026-10-31"),),
    "submitted": (("1 April 2026", "2026-04-01"),),
    "invited": (("1 November 2026", "2026-11-01"),),
    "invited_round": (("447", "447"),),
    "stays": (
        (
            "India, May 2012 to March 2019; United States, April 2019 to now",
            [
                {"country": "IN", "from": "2012-05-01", "until": "2019-03-31"},
                {"country": "US", "from": "2019-04-01", "until": None},
            ],
        ),
    ),
    "tool_score": (("450", 450),),
}
"""What is typed, and what is kept, by question; `job` and `scores` are typed as below."""

SCORES = {
    "ielts_general": "8 7 7 7.5",
    "celpip_general": "9 9 8 8",
    "pte_core": "80 78 80 84",
    "tef_old": "316 263 393 393",
    "tef_699": "500 500 500 500",
    "tcf_canada": "500 480 10 11",
    "stated_en": "CLB 9",
    "stated_fr": "NCLC 7",
}
JOBS = ("31301", "72106", "31102", "21231")


def typed(question: Question, test: str | None, turn: int) -> str | None:
    """Something that one may type in answer; None where one taps."""
    if question.kind == "scores":
        return SCORES[test or "ielts_general"]
    if question.kind == "job":
        return JOBS[turn % len(JOBS)]
    samples = TYPED.get(question.id)
    return samples[turn % len(samples)][0] if samples else None
