"""From answers to a profile: what each answer fills, and what it leaves unknown."""

from typing import Any

import pytest

from conversations.facts import facts_of, profile_of

JOB = {"c.job.0": {"noc": "31301", "title": "nurse"}}

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("nothing answered is an empty profile", {}, {}),
    ("I don't know fills nothing", {"c.birth_date": None, "h.partner": None, "c.level.0": None}, {}),
    (
        "an age carries the day on which it was stated",
        {"c.birth_date": {"age": 32, "stated_on": "2026-11-22"}},
        {"candidate": {"age": 32, "stated_on": "2026-11-22"}},
    ),
    ("no partner is false, not absent", {"h.partner": "none"}, {"partner": False}),
    (
        "a partner who stays is there and does not accompany",
        {"h.partner": "staying"},
        {"partner": {"accompanying": False, "canadian_or_permanent_resident": False}},
    ),
    ("a citizen is a partner", {"h.partner": "canadian"}, {"partner": {"canadian_or_permanent_resident": True}}),
    ("no credential is an empty list", {"c.level.0": "none"}, {"candidate": {"credentials": []}}),
    (
        "no ECA is false",
        {"c.level.0": "bachelor", "c.level_country.0": "IN", "c.eca.0": "none"},
        {"candidate": {"credentials": [{"level": "bachelor", "country": "IN", "eca": False}]}},
    ),
    (
        "an ECA of an unknown day is there",
        {"c.level.0": "bachelor", "c.eca.0": {}},
        {"candidate": {"credentials": [{"level": "bachelor", "eca": {}}]}},
    ),
    (
        "a Canadian credential asks for no ECA, and an old answer about one fills nothing",
        {"c.level.0": "masters", "c.eca.0": "none", "c.level_country.0": "CA", "c.full_time_in_canada.0": "yes"},
        {"candidate": {"credentials": [{"level": "masters", "country": "CA", "full_time_in_canada": True}]}},
    ),
    (
        "the second place of a list that says no more ends it",
        {"c.test.0": "ielts_general", "c.test.1": "none"},
        {"candidate": {"language_results": [{"test": "ielts_general"}]}},
    ),
    (
        "two tests are two results, the scale with the TEF",
        {"c.test.0": "ielts_general", "c.test.1": "tef_old", "c.scores.1": {"listening": 280}},
        {
            "candidate": {
                "language_results": [
                    {"test": "ielts_general"},
                    {"test": "tef_canada", "scale": "old_score", "listening": 280},
                ]
            }
        },
    ),
    (
        "levels that one states are of a language",
        {"c.test.0": "stated_fr", "c.scores.0": {"listening": 7, "reading": 7, "writing": 7, "speaking": 7}},
        {
            "candidate": {
                "language_results": [
                    {
                        "test": "stated_clb",
                        "language": "fr",
                        "listening": 7,
                        "reading": 7,
                        "writing": 7,
                        "speaking": 7,
                    }
                ]
            }
        },
    ),
    (
        "a job that goes on has an end of null",
        {**JOB, "c.job_period.0": {"started_on": "2022-06-01", "ended_on": None}},
        {"candidate": {"jobs": [{"noc": "31301", "title": "nurse", "started_on": "2022-06-01", "ended_on": None}]}},
    ),
    (
        "self-employed work is paid",
        {**JOB, "c.job_kind.0": "self_employed"},
        {"candidate": {"jobs": [{"noc": "31301", "title": "nurse", "paid": True, "self_employed": True}]}},
    ),
    (
        "what is asked of Canadian work only fills nothing for a job elsewhere",
        {**JOB, "c.job_country.0": "PH", "c.job_authorized.0": "yes"},
        {"candidate": {"jobs": [{"noc": "31301", "title": "nurse", "country": "PH"}]}},
    ),
    (
        "a job without a code has its title",
        {"c.job.0": {"noc": None, "title": "x"}},
        {"candidate": {"jobs": [{"title": "x"}]}},
    ),
    ("never worked is an empty list", {"c.job.0": "none"}, {"candidate": {"jobs": []}}),
    (
        "facts of a partner who is not coming are kept and fill nothing",
        {"h.partner": "staying", "p.level.0": "masters"},
        {"partner": {"accompanying": False, "canadian_or_permanent_resident": False}},
    ),
    (
        "facts of a partner who is coming go to the partner",
        {"h.partner": "coming", "p.level.0": "masters"},
        {
            "partner": {
                "accompanying": True,
                "canadian_or_permanent_resident": False,
                "credentials": [{"level": "masters"}],
            }
        },
    ),
    ("no children is an empty list", {"h.children": 0}, {"household": {"dependants": []}}),
    (
        "birth dates go to the children that were counted",
        {"h.children": 1, "h.children_born": ["2015-03-02"]},
        {"household": {"dependants": [{"has_partner": False, "birth_date": "2015-03-02"}]}},
    ),
    ("no nomination is false", {"c.nomination": "none"}, {"candidate": {"nomination": False}}),
    (
        "only an enhanced nomination is enhanced",
        {"c.nomination": "base"},
        {"candidate": {"nomination": {"enhanced": False}}},
    ),
    (
        "a job offer is one object, whatever order its questions come in",
        {"c.offer_permanent": "no", "c.offer": "yes", "c.offer_full_time": "yes", "c.offer_route": "b"},
        {"candidate": {"job_offers": [{"full_time": True, "permanent_or_one_year": False, "route": "b"}]}},
    ),
    ("no job offer is an empty list", {"c.offer": "no", "c.offer_route": "b"}, {"candidate": {"job_offers": []}}),
    (
        "a certificate is of a trade",
        {"c.certificate": "yes", "c.certificate_trade": {"noc": "72106", "title": "welder"}},
        {"candidate": {"trade_certificate": {"noc": "72106"}}},
    ),
    ("not submitted yet is null", {"x.submitted": "none"}, {"express_entry": {"profile_submitted_at": None}}),
    (
        "an invitation has its day and program",
        {"x.invited": "2026-11-01", "x.invited_under": "cec"},
        {"express_entry": {"invitation": {"on": "2026-11-01", "program": "cec"}}},
    ),
    ("the score of another tool is no fact", {"x.tool_score": 450}, {"express_entry": {}}),
    ("a key that no question has fills nothing", {"c.shoe_size": 42, "x": 1}, {}),
]


@pytest.mark.parametrize(("answers", "facts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_answers_fill_the_facts(answers: dict[str, Any], facts: dict[str, Any]) -> None:
    assert facts_of(answers) == facts
    profile_of(answers)
