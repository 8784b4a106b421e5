"""The four abilities and the tests, as every part of the package names them."""

from __future__ import annotations

from typing import Literal

Ability = Literal["listening", "reading", "writing", "speaking"]
ABILITIES: tuple[Ability, ...] = ("listening", "reading", "writing", "speaking")

Official = Literal["en", "fr"]
TestId = Literal["ielts_general", "celpip_general", "pte_core", "tef_canada", "tcf_canada", "stated_clb"]
Scale = Literal["old_score", "score_699"]

TEST_LANGUAGE: dict[str, Official] = {
    "ielts_general": "en",
    "celpip_general": "en",
    "pte_core": "en",
    "tef_canada": "fr",
    "tcf_canada": "fr",
}

Clbs = tuple[int, int, int, int]
"""CLB / NCLC levels in the order of `ABILITIES`."""

NO_CLB: Clbs = (0, 0, 0, 0)
HIGHEST_STATED = 12
"""CLB 12 is the top of the benchmarks themselves; nobody can state more."""
