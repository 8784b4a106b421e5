"""What one does in each unit group of NOC 2021: a line in each language, in our own words, and the official page."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from scoring.resources import rows

_PAGES = {
    "en": "https://www23.statcan.gc.ca/imdb/p3VD.pl",
    "fr": "https://www23.statcan.gc.ca/imdb/p3VD_f.pl",
}
_GROUP = "?Function=getVD&TVD=1322554&CVD=1322870&CPV={code}&CST=01052021&CLV=5&MLV=5"


class Duty(NamedTuple):
    """What one does in a group. `read`: the day on which its official text was read; None where it was not."""

    en: str
    fr: str
    read: date | None

    def said(self, language: str) -> str:
        """The line in a language, `en` or `fr`: verbs in their base form, without a capital and a full stop."""
        return self.fr if language == "fr" else self.en


@cache
def duties() -> dict[str, Duty]:
    """What one does in every unit group, by its code, in the order of the codes."""
    return {
        row["code"]: Duty(row["en"], row["fr"], date.fromisoformat(row["read"]) if row["read"] else None)
        for row in rows("data/duties.csv")
    }


def official_page(code: str, language: str) -> str:
    """The address of the description of a unit group (Statistics Canada, NOC 2021 version 1.0) in `en` or `fr`."""
    return _PAGES[language] + _GROUP.format(code=code)
