"""What a search found: code, TEER, title, the categories in force, and a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scoring.duties import Duty
from scoring.occupations import categories_of, teer
from scoring.rulebook import shipped
from scoring.search import Hit


def as_data(hits: Sequence[Hit], on: date, lang: str) -> list[dict[str, Any]]:
    """The groups for a program, best first: code, teer, title in one language, categories, score (0 to 100).

    Raises NoRulesError where no rules are known for the day.
    """
    categories = shipped().on(on).categories
    return [
        {
            "code": hit.code,
            "teer": teer(hit.code),
            "title": hit.title_fr if lang == "fr" else hit.title_en,
            "categories": categories_of(hit.code, categories),
            "score": hit.score,
        }
        for hit in hits
    ]


def as_text(found: Sequence[Mapping[str, Any]], say: Mapping[str, str], lang: str, duties: Mapping[str, Duty]) -> str:
    """The same to read: three lines a group, with what one does there, and where that comes from at the end."""
    if not found:
        return say["occupations_none"]
    groups = [_lines(each, say, duties[each["code"]], lang) for each in found]
    return "\n".join([*groups, "", say["occupations_duties"]])


def _lines(group: Mapping[str, Any], say: Mapping[str, str], done: Duty, lang: str) -> str:
    categories = ", ".join(group["categories"]) or say["occupations_no_category"]
    line = say["occupations_line"].format(teer=group["teer"], score=group["score"], categories=categories)
    does = done.said(lang) if done.read else say["occupations_unread"].format(line=done.said(lang))
    return f"{group['code']}  {group['title']}\n       {does}\n       {line}"
