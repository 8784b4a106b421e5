"""The words of a picture, in the language of the person: plain text, from `locales/templates/vocabulary/charts.j2`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date

from bot.wording.environment import templates
from conversations.session import Language

MOST_NAME = 30
"""Letters of a name that a picture has room for; a label that nobody has shortened yet may be longer."""


class ChartWords:
    """What the pictures of one language say."""

    def __init__(self, language: Language) -> None:
        """Take the templates of a language."""
        self._templates = templates(language)
        self._forms = self._templates.forms
        self._language = language

    def said(self, name: str, data: Any) -> str:
        """What the macro `name` says about some data. Raises UnknownWordError where there is none of that name."""
        return self._templates.vocabulary.said(data, "charts", name).unescape()

    def type(self, series: Mapping[str, Any]) -> str:
        """The short name of a type of round; of one without a name, its label as published."""
        if "label" not in series:
            return str(self._templates.filters["chart_type"](series["type"]))
        label = str(series["label"][self._language]).replace("'", "’")
        return label if len(label) <= MOST_NAME else label[: MOST_NAME - 1].rstrip() + "…"

    def section(self, name: str) -> str:
        """The name of a part of the score."""
        return str(self._templates.filters["chart_section"](name))

    def number(self, value: int) -> str:
        """A number of points or of candidates."""
        return self._forms.number(value, 0)

    def day(self, day: str) -> str:
        """A whole date."""
        return self._forms.day(day)

    def month(self, day: date) -> tuple[str, str]:
        """A month in short, and its year."""
        return format_date(day, "MMM", locale=self._forms.locale), str(day.year)


@cache
def chart_words(language: Language) -> ChartWords:
    """The words of a language, once per process."""
    return ChartWords(language)
