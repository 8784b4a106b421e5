"""What a search found: code, TEER, title, the categories in force, and a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scoring.occupations import teer
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
            "categories": sorted({each.category for each in categories if hit.code in each.nocs}),
            "score": hit.score,
        }
        for hit in hits
    ]


def as_text(found: Sequence[Mapping[str, Any]], say: Mapping[str, str]) -> str:
    """The same to read: two lines a group."""
    return "\n".join(_lines(each, say) for each in found) or say["occupations_none"]


def _lines(group: Mapping[str, Any], say: Mapping[str, str]) -> str:
    categories = ", ".join(group["categories"]) or say["occupations_no_category"]
    line = say["occupations_line"].format(teer=group["teer"], score=group["score"], categories=categories)
    return f"{group['code']}  {group['title']}\n       {line}"
