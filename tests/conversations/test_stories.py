"""Whole conversations, in both languages, as they are written in `stories/`."""

from pathlib import Path

import pytest

from tests.conversations.storytelling import StoryError, play

STORIES = sorted((Path(__file__).parent / "stories").rglob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_conversation_goes_as_it_is_written(path: Path) -> None:
    play(path)


def test_every_story_is_told_in_both_languages() -> None:
    told = {language: {path.stem for path in STORIES if path.parent.name == language} for language in ("en", "fr")}
    assert told["en"] == told["fr"] != set()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("> /start\n= menu", "replies: "),
        ("> /start\n= welcome\n    never said by anybody", "it was not said"),
        ("> /start\n> /help", "replies not named"),
        ("> /start\n= welcome\n: c.birth_date = 1", "kept: "),
        ("> [No such button]", "no button"),
    ],
)
def test_a_story_that_does_not_come_true_is_noticed(tmp_path: Path, lines: str, why: str) -> None:
    story = tmp_path / "story.txt"
    story.write_text(lines)
    with pytest.raises(StoryError, match=why):
        play(story)
