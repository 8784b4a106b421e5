"""The words of scoring: a macro for every code that scoring can give, in `locales/templates/vocabulary/`.

Whatever has no words is an error, `UnknownWordError`, which names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from bot.wording.environment import Templates

TERMS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "program", "category", "category_short", "draw_type", "verdict", "section", "level", "test", "ability",
            "language_name", "clb", "marital", "reminder_kind",
        ),
        "terms",
    ),
    "factor": "lines",
    "papers_group": "papers",
    "chart_type": "charts",
    "chart_section": "charts",
}  # fmt: skip
"""Which template has the dictionary `<name>_terms` of each filter that names an id."""

SENTENCES: Mapping[str, str] = {
    "reason": "reasons",
    "line": "lines",
    "deadline": "deadlines",
    "change": "whatif",
    "change_name": "whatif",
    "pair": "whatif",
    "effort": "whatif",
    "waiting_step": "whatif",
    "fact": "facts",
    "assumption": "facts",
    "question": "questions",
    "round_type": "rounds",
    "paper_name": "papers",
    "paper_says": "papers",
    "paper_waits": "papers",
    "check_name": "papers",
    "check_says": "papers",
    "read_at": "papers",
    "trust": "trust",
    "trust_short": "trust",
}
"""Which template has the macro of each filter that makes a sentence, or part of one."""


class UnknownWordError(LookupError):
    """A code, an id or a key for which there are no words."""

    def __init__(self, kind: str, key: object) -> None:
        """Say what was looked for, and where."""
        super().__init__(f"no words in {kind} for {key!r}")
        self.kind, self.key = kind, key


KEPT = 1024
"""Sentences about bare names that are remembered, of each kind and language."""


class Vocabulary:
    """The vocabulary of one language; every sentence is HTML that is already escaped."""

    def __init__(self, templates: Templates) -> None:
        """Take the templates that hold the macros."""
        self.templates = templates

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Every term and every sentence by the name that templates use."""
        return {
            "said": self.said,
            **{name: self._term(name, kind) for name, kind in TERMS.items()},
            **{name: self._sentence(name, kind) for name, kind in SENTENCES.items()},
        }

    def said(self, data: Any, kind: str, code: str) -> Markup:
        """The words of the macro `code` of `vocabulary/<kind>.j2` for some data."""
        macro = getattr(self._module(kind), code, None)
        if macro is None:
            raise UnknownWordError(kind, code)
        return Markup(macro(data).strip())

    def _module(self, kind: str) -> Any:
        return self.templates.module_of(f"vocabulary/{kind}.j2")

    def _term(self, name: str, kind: str) -> Callable[[Any], str]:
        def term(key: Any) -> str:
            terms: Mapping[Any, str] = getattr(self._module(kind), f"{name}_terms")
            try:
                return terms[key]
            except KeyError:
                raise UnknownWordError(name, key) from None

        return term

    def _sentence(self, name: str, kind: str) -> Callable[[Any], Markup]:
        @lru_cache(KEPT)
        def named(data: str) -> Markup:
            return self.said(data, kind, name)

        def sentence(data: Any) -> Markup:
            # what is said of a bare name, such as an assumption or a fact's pointer, is the same every time
            return named(data) if isinstance(data, str) else self.said(data, kind, name)

        return sentence
