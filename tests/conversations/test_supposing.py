"""What a sentence supposes, and which of the changes that are worked out it means."""

from __future__ import annotations

import pytest

from bot.build import lexicon
from conversations.supposing import Supposed, meant, supposed
from scoring.whatif import WhatIf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what if I get CLB 9", Supposed(("language",), 9)),
        ("et si j'obtiens NCLC 7", Supposed(("language",), 7)),
        ("et si j'apprends le français", Supposed(("french",))),
        ("what if j'apprends le français jusqu'à B2", Supposed(("french",), 7)),
        ("What if I take the TEF?", Supposed(("french",))),
        ("what if I retake ielts", Supposed(("english",))),
        ("what if I work one more year", Supposed(("work",))),
        ("what if I work one more year in Canada", Supposed(("work",), None, "canada")),
        ("et si je travaille un an de plus à l'étranger", Supposed(("work",), None, "abroad")),
        ("what if a province nominates me, a nomination I mean", Supposed(("nomination",))),
        ("what if I do a master's degree", Supposed(("study",))),
        ("et si ma femme passe un test de langue", Supposed(("partner_test",))),
        ("what if my husband is the main applicant", Supposed(("swap",))),
        ("what if my husband doesn't come", Supposed(("alone",))),
        ("what if I wait", Supposed((), None, None, True)),
        ("et si j'attends", Supposed((), None, None, True)),
        # nothing that is worked out, or no supposition
        ("what if", None),
        ("what if it rains", None),
        ("I have CLB 9", None),
        ("what if I don't get CLB 9", None),
        ("I wait", None),
        ("if I learn French", Supposed(("french",))),
        ("I don't know if I have a French test", None),
        ("je me demande si j'ai un test de français", None),
    ],
)
def test_what_is_supposed(text: str, found: Supposed | None) -> None:
    assert supposed(text, lexicon()) == found


def test_the_command_needs_no_leading_words() -> None:
    assert supposed("clb 9", lexicon(), surely=True) == Supposed(("language",), 9)
    assert supposed("hello", lexicon(), surely=True) is None


def change(name: str, **values: object) -> WhatIf:
    return WhatIf(name, dict(values), 1, 1, 1, 1, [])


CHANGES = [
    change("french.nclc_9", level=9),
    change("language_en.all_9", language="en", level=9),
    change("french.nclc_7", level=7),
    change("language_en.writing", language="en", ability="writing", level=8),
    change("work.canada", years=1),
    change("work.abroad", years=1),
    change("partner_test.clb_7", level=7),
    change("partner_as_principal"),
]


@pytest.mark.parametrize(
    ("found", "ids"),
    [
        (Supposed(("language",), 9), ["language_en.all_9", "french.nclc_9"]),
        (Supposed(("french",), 7), ["french.nclc_7"]),
        (Supposed(("french",), 8), ["french.nclc_9"]),  # the nearest level that is enough
        (Supposed(("english",), 8), ["language_en.all_9"]),
        (Supposed(("english",), 10), []),
        (Supposed(("work",), None, "canada"), ["work.canada"]),
        (Supposed(("work",)), ["work.canada", "work.abroad"]),
        (Supposed(("partner",)), ["partner_test.clb_7", "partner_as_principal"]),
        (Supposed((), None, None, True), []),
    ],
)
def test_the_changes_that_are_meant(found: Supposed, ids: list[str]) -> None:
    assert [each.id for each in meant(found, CHANGES)] == ids
