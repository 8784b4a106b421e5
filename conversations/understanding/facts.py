"""Free text to a partial profile: what is told, what has no place in a profile, and what has to be asked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from conversations.answers.text import clean
from conversations.understanding import (
    applying,
    asides,
    canada,
    couple,
    family,
    moved,
    people,
    schooling,
    taken,
    testing,
    untested,
    working,
)
from conversations.understanding.spelt import taken_apart
from conversations.understanding.telling import Facts, Telling
from conversations.understanding.vocabulary import Vocabulary
from scoring.profile import WITH_PARTNER, ProfileError, read
from scoring.search import Titles, shipped_titles

OF_ALL = (family.read_family, applying.read_application)
"""What is read of everybody who is told of, and in questions too; the rest is of the couple alone."""
READERS = (
    moved.read_moved,
    testing.read_tests,
    people.read_birth,
    couple.read_partner,
    canada.read_ties,
    schooling.read_schooling,
    untested.read_claims,
    people.read_bare_age,
    taken.check_days,
    working.read_work,
    asides.leave_open,
)
"""In the order in which they read: what is surest to be recognized comes first, and leaves less to the next."""


def told_in(
    text: str,
    today: date,
    vocabulary: Vocabulary,
    titles: Titles | None = None,
    *,
    asked: bool = True,
    partner: bool = False,
) -> Telling:
    """Everything that a text tells, as far as it could be read.

    `titles`: the job titles that are known; without, those that ship. `asked`: whether what is only asked is read too,
    as what is supposed has to be. `partner`: whether one is known of before anything is told.
    """
    cleaned = taken_apart(clean(text))
    telling = Telling(vocabulary.mended(cleaned), today, vocabulary, titles or shipped_titles(), partner=partner)
    for reader in OF_ALL:
        reader(telling)
    asides.set_aside(telling)
    if not asked:
        asides.set_aside_questions(telling)
    for reader in READERS:
        reader(telling)
    return telling


def profile_in(telling: Telling) -> Facts:
    """The partial profile that was told; what would contradict itself is asked, not kept."""
    facts = _gathered(telling)
    try:
        read(facts)
    except ProfileError as error:
        telling.ask(error.code, error.path, telling.text)
        _dropped(facts, error.path)
        try:
            read(facts)
        except ProfileError:
            return {}
    return facts


def _gathered(telling: Telling) -> Facts:
    facts: Facts = {}
    if telling.people["candidate"]:
        facts["candidate"] = telling.people["candidate"]
    status = telling.household.get("marital_status")
    partner = {**telling.partner_status, **telling.people["partner"]}
    if partner and status not in (None, *WITH_PARTNER):
        telling.ask("contradiction", "/partner", telling.text, [status])
        telling.keep("partner", partner)
    elif partner:
        facts["partner"] = partner
    elif status is not None and status not in WITH_PARTNER:
        facts["partner"] = False
    if telling.express_entry:
        facts["express_entry"] = telling.express_entry
    if telling.household:
        facts["household"] = telling.household
    return facts


def _dropped(facts: Facts, path: str) -> None:
    """Take the section out that could not be kept."""
    parts = path.split("/")[1:]
    if len(parts) >= 2 and isinstance(facts.get(parts[0]), dict):
        facts[parts[0]].pop(parts[1], None)
    elif parts:
        facts.pop(parts[0], None)


_YEARS = re.compile(r"\b(?:19|20)\d\d\b")


def unread(telling: Telling) -> list[dict[str, Any]]:
    """What was said and read as nothing; a number alone says nothing that could be shown."""
    pieces = [fragment.text.strip() for fragment in telling.fragments()]
    return [
        {"id": "unread", "value": None, "said": piece}
        for piece in pieces
        if any(sign.isalpha() for sign in piece) and not telling.vocabulary.only_empty(_YEARS.sub(" ", piece))
    ]
