"""Free text knows the job titles that the talk knows, those that somebody added too."""

from datetime import date

import pytest

from bot.build import context_of, reader
from conversations.events import Said
from conversations.machine import step
from conversations.session import Session
from scoring.draws import shipped
from scoring.search import Titles

TODAY = date(2026, 11, 27)
ADDED = Titles([("75101", "Zamboni grumfler")])


@pytest.mark.parametrize("text", ["31, single, zamboni grumfler", "I'm a zamboni grumfler, 31, 3 years in Canada"])
def test_a_title_that_was_added_is_a_job_in_free_text(text: str) -> None:
    told = reader().understand(text, TODAY, titles=ADDED).facts["candidate"]["jobs"]
    assert [job["title"] for job in told] == ["zamboni grumfler"]
    without = reader().understand(text, TODAY).facts["candidate"].get("jobs", [{}])
    assert "title" not in without[0]


def test_the_talk_reads_free_text_with_the_titles_of_its_context() -> None:
    session = Session(language="en", consented=True)
    for titles, job in ((ADDED, True), (None, False)):
        _, replies = step(session, Said("31, single, zamboni grumfler"), context_of(TODAY, shipped(), titles))
        lines = {line["id"]: line["value"] for line in replies[-1].values["lines"]}
        assert ("job" in lines) is job
