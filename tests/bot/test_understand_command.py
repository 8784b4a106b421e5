"""`tirage understand`: what it prints, for one sentence and for many."""

import json

from click.testing import CliRunner, Result

from bot.cli import command

KEYS = ["intent", "confidence", "lang", "facts", "other", "ambiguous", "matched"]


def _run(*arguments: str, lines: str | bytes = "", lang: str = "en") -> Result:
    return CliRunner().invoke(command(lang), ["understand", *arguments], input=lines)


def test_one_sentence_is_told_as_one_object() -> None:
    result = _run("what if I learn French")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert (told["intent"], told["lang"]) == ("what_if_french", "en")


def test_a_sentence_needs_no_quotes() -> None:
    assert json.loads(_run("quel", "est", "mon", "score").stdout)["intent"] == "my_score"


def test_each_line_is_a_sentence_and_blank_ones_are_none() -> None:
    result = _run(lines="aide\n\n  \nlatest draw\n", lang="fr")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["intent"] for each in told] == ["help", "latest_draw"]


def test_what_is_not_understood_says_so() -> None:
    told = json.loads(_run("zzz qqq", "--lang", "fr").stdout)
    assert (told["intent"], told["confidence"], told["lang"]) == (None, 0.0, "fr")


def test_bytes_that_are_no_utf_8_are_no_crash() -> None:
    result = _run(lines=b"my score \xff\xfe\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["intent"] == "my_score"


def test_the_help_is_in_both_languages() -> None:
    assert "which facts it gives" in _run("--help").stdout
    assert "quels faits elle donne" in _run("--help", lang="fr").stdout
