"""A message that only says when a job began or ended that was told before: *actually I started on 10 April 2023*."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from conversations.answers.calendar import Stamp, find, month_end
from conversations.understanding.mentions import CANDIDATE
from conversations.understanding.telling import Telling

BEGAN, ENDED = "job_began", "job_ended"
"""As which the day is kept: ISO, of a month its first or its last."""
_LEAD = (
    r"(?:(?:actually|sorry|no|oh|wait|correction|oops|well|in fact|my mistake|my bad|en fait|pardon|desolee?|non|oups"
    r"|finalement|plutot|je me suis trompee?|erreur)[\s,.!:;-]+)*"
)
_THERE = (
    r"(?:\s+(?:working|to work|work|a travailler|y travailler|there|here|la-bas|la|ici"
    r"|(?:the|this|that|my|ce|cet|mon|le|l')\s?(?:(?:job|work|position|contract|emploi|travail|poste|contrat)\b)))*"
)
_LEADS_TO_DAY = r"(?:\s+(?:on|in|from|since|le|en|au|depuis|a partir d[eu]|du|de))?[\s:]*"
_I = r"(?:i\s+(?:actually |only |really |have )?|(?:j'ai|j'y ai|j'avais)\s+(?:en fait |seulement |plutot )?)"
_JOB = r"(?:(?:my|the|this|that|mon|le|ce|cet|l')\s?(?:job|work|position|contract|emploi|travail|poste|contrat)\s+)"
_STARTS = rf"(?:{_I}(?:started|began|commence|debute){_THERE}|{_JOB}(?:started|began|a (?:commence|debute)))"
_START_DATE = (
    r"(?:(?:my |the |ma |la )?(?:start(?:ing)? date|date de (?:debut|depart))\s*(?:was|is|should be|est|etait|:)?)"
)
_ENDS = (
    rf"(?:{_I}(?:left|quit|stopped|finished|ended|resigned|lost|quitte|arrete|termine|fini|demissionne|perdu){_THERE}"
    rf"|{_JOB}(?:ended|stopped|finished|a fini|s'est terminee?|a pris fin))"
)
_END_DATE = (
    r"(?:(?:my |the |ma |la )?(?:end date|last day(?: at work)?|last working day|date de fin|dernier jour)"
    r"\s*(?:was|is|should be|est|etait|:)?)"
)
_BEGAN = re.compile(rf"{_LEAD}(?:{_STARTS}|{_START_DATE}){_LEADS_TO_DAY}")
_ENDED = re.compile(rf"{_LEAD}(?:{_ENDS}|{_END_DATE}){_LEADS_TO_DAY}")


def read_moved(telling: Telling) -> None:
    """Keep the day on which a job began or ended, where a message says nothing else."""
    stamps = find(telling.said, telling.today)
    if len(stamps) != 1 or telling.said[stamps[0].end :].strip(" .!") or telling.about(0) != CANDIDATE:
        return
    before = telling.said[: stamps[0].start].lstrip()
    which: Literal["job_began", "job_ended"] | None = (
        "job_began" if _BEGAN.fullmatch(before) else "job_ended" if _ENDED.fullmatch(before) else None
    )
    day = _day(telling, stamps[0], last=which == ENDED) if which is not None else None
    if which is not None and day is not None:
        telling.keep(which, day, telling.text)
        telling.pass_over(0, len(telling.text))


def _day(telling: Telling, stamp: Stamp, *, last: bool) -> str | None:
    """The day of a stamp, of a month its first or its last; None where it is open, or has not come."""
    if stamp.precision == "month" and not stamp.short:
        assert stamp.year is not None
        assert stamp.month is not None
        first = date(stamp.year, stamp.month, 1)
        end = month_end(stamp.year, stamp.month) if last else first
        return end.isoformat() if end <= telling.today else None
    return telling.day(stamp, "/candidate/jobs") if stamp.precision == "day" else None
