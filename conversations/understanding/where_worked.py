"""Where a piece of a message says that somebody worked: abroad, here, or nowhere before."""

from __future__ import annotations

import re
from typing import Any

from conversations.answers.text import Place, plain
from conversations.understanding.telling import GAP, Fragment, Telling

ABROAD = re.compile(r"\b(?:years?|yrs?|ans|months?|mois)\s+(?:foreign|abroad|overseas|outside canada|a l'etranger)\s*$")


def told_where(here: list[tuple[Place, str]]) -> dict[str, Any]:
    """What *here*, *here in Canada* or *abroad* says of the country of a job."""
    if any(meant == "abroad" for _, meant in here):
        return {"abroad": True}
    return {"country": "CA" if any("canada" in place.words for place, _ in here) else "here"}


_BUT = re.compile(r"[\s,]*(?:mais|but|par contre|and|et)?[\s,]*")


def behind_none(telling: Telling, fragment: Fragment) -> bool:
    """Whether it follows right behind what says that somebody did not work: *no Canadian experience but 5 years in*."""
    lead = _BUT.match(plain(fragment.text))
    begin = fragment.start + (lead.end() if lead else 0)
    gap = telling.left.rfind(GAP, 0, begin)
    read = any(fact == "jobs" and end == gap + 1 for fact, _, end in telling.spans)
    return read and _BUT.fullmatch(plain(telling.left[gap + 1 : begin])) is not None
