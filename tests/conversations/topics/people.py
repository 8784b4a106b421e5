"""Somebody whose facts are all known: a nurse in Canada with 500 points, who fits CEC and healthcare."""

from __future__ import annotations

from datetime import date
from typing import Any

from scoring.draws import History, Round, history_of, shipped

TODAY = date(2026, 11, 22)
ON = date(2026, 11, 18)
TIE = "2026-04-01T18:05:09Z"
SCORE = 500
NURSE: dict[str, Any] = {
    "c.birth_date": {"birth_date": "1994-05-02"},
    "h.partner": "none",
    "c.level.0": "masters",
    "c.level_country.0": "CA",
    "c.full_time_in_canada.0": "yes",
    "c.completed_on.0": "2020-06-30",
    "c.level.1": "none",
    "c.test.0": "ielts_general",
    "c.scores.0": {"listening": 8, "reading": 7, "writing": 7, "speaking": 7.5},
    "c.taken_on.0": "2026-03-01",
    "c.test.1": "none",
    "c.job.0": {"noc": "31301", "title": "nurse"},
    "c.job_country.0": "CA",
    "c.job_period.0": {"started_on": "2023-03-01", "ended_on": None},
    "c.job_hours.0": 40,
    "c.job_kind.0": "employee",
    "c.job_student.0": "no",
    "c.job_authorized.0": "yes",
    "c.job_employer.0": "yes",
    "c.job.1": "none",
    "c.nomination": "none",
    "c.certificate": "no",
    "h.quebec": "no",
}
IN_THE_POOL = {"x.submitted": "2026-04-01"}
NEW = "new_hairdressers"


def held(kind: str = "cec", cut_off: int = SCORE, tie_break: str = TIE, **changes: Any) -> Round:
    """A round of 18 November 2026."""
    version = {"healthcare": "2026-v3", "trades": "2026-v3", "french": "2026-v2"}.get(kind, "")
    label = "Hairdressers" if kind == NEW else "A label"
    told = Round("448", ON, kind, version, label, 2000, cut_off, tie_break, "Coiffeurs" if kind == NEW else "")
    return told._replace(**changes)


def history(*rounds: Round) -> History:
    """The shipped history with rounds after it, known up to today."""
    before = shipped()
    return history_of((*before.rounds, *rounds), TODAY, before.snapshots)


COUPLE: dict[str, Any] = {
    "c.birth_date": {"age": 31, "stated_on": "2026-11-22"},
    "h.partner": "coming",
    "c.level.0": "bachelor",
    "c.level_country.0": "IN",
    "c.eca.0": "none",
    "c.level.1": "none",
    "c.test.0": "celpip_general",
    "c.scores.0": {"listening": 7, "reading": 7, "writing": 7, "speaking": 7},
    "c.taken_on.0": "2026-03-01",
    "c.test.1": "none",
    "c.job.0": {"noc": "21231", "title": "software engineer"},
    "c.job_country.0": "IN",
    "c.job_period.0": {"months": 48, "stated_on": "2026-11-22"},
    "c.job_hours.0": 40,
    "c.job_kind.0": "employee",
    "c.job.1": "none",
    "p.level.0": "bachelor",
    "p.level_country.0": "IN",
    "p.eca.0": "none",
    "p.level.1": "none",
    "p.test.0": "none",
    "p.job.0": "none",
}
"""An engineer in India with CLB 7, of whom only the age is known; a partner comes along. Nothing is assessed."""
TEACHER: dict[str, Any] = {
    "c.birth_date": {"birth_date": "1996-12-20"},
    "h.partner": "none",
    "c.level.0": "masters",
    "c.level_country.0": "FR",
    "c.eca.0": {"issued_on": "2025-02-01"},
    "c.level.1": "none",
    "c.test.0": "tcf_canada",
    "c.scores.0": {"listening": 503, "reading": 499, "writing": 10, "speaking": 10},
    "c.taken_on.0": "2026-03-01",
    "c.test.1": "none",
    "c.job.0": {"noc": "41220", "title": "teacher"},
    "c.job_country.0": "FR",
    "c.job_period.0": {"started_on": "2022-01-01", "ended_on": None},
    "c.job_hours.0": 35,
    "c.job_kind.0": "employee",
    "c.job.1": "none",
}
"""A teacher in France with NCLC 8, 8, 7, 7 and no English test."""
