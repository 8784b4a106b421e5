"""A denial that goes on is none: what follows it is what is told."""

import pytest

from conversations.answers.denied import told_behind_none


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("none, but 2 years as a cook in Laval", "2 years as a cook in Laval"),
        ("no, 3 years as cook in Manila", "3 years as cook in Manila"),
        ("zero. I have worked in Kuwait for 7 years", "I have worked in Kuwait for 7 years"),
        ("no experience except two years as a nanny", "two years as a nanny"),
        ("aucune, mais 2 ans à Laval comme cuisinier", "2 ans à Laval comme cuisinier"),
        ("non, trois ans comme soudeur", "trois ans comme soudeur"),
        ("none", "none"),
        ("no work so far", "no work so far"),
        ("no experience, I am a student", "no experience, I am a student"),
        ("aucune pour le moment", "aucune pour le moment"),
        ("notary, 3 years in Lagos", "notary, 3 years in Lagos"),
    ],
)
def test_what_follows_a_denial_is_told(said: str, told: str) -> None:
    assert told_behind_none(said) == told
