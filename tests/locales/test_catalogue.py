"""The French catalogue: up to date with the templates, complete, with the same placeholders, and well set."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.locales.french import MISSET
from tests.project import ROOT, project_files

LOCALES = ROOT / "locales"
FRENCH = LOCALES / "fr" / "LC_MESSAGES" / "messages.po"
Id = tuple[str | None, object]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
TAG = re.compile(r"</?[a-z]+[^>]*>|&[#\w]+;")


@cache
def french() -> Catalog:
    return read_po(io.BytesIO(FRENCH.read_bytes()), locale="fr")


def messages() -> list[Message]:
    return [message for message in french() if message.id]


def name_of(message: Message) -> str:
    return _text(message.id)[:60]


def _text(said: object) -> str:
    return said if isinstance(said, str) else " | ".join(map(str, said)) if isinstance(said, (list, tuple)) else ""


def forms(said: object) -> list[str]:
    """Each plural form, or the one form."""
    return [said] if isinstance(said, str) else [str(form) for form in said] if isinstance(said, (list, tuple)) else []


def ids(catalog: Catalog) -> set[Id]:
    return {(message.context, message.id) for message in catalog if message.id}


def extracted() -> Catalog:
    """What the templates say today, extracted as `make words` does."""
    methods: list[tuple[str, str]]
    options: dict[str, dict[str, str]]
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as source:
        methods, options = parse_mapping_cfg(source)  # type: ignore[no-untyped-call]
    found = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(LOCALES, methods, options):
        found.add(message, context=context)
    return found


def test_the_catalogue_is_up_to_date_with_the_templates() -> None:
    said, known = ids(extracted()), ids(french())
    assert (sorted(map(str, said - known)), sorted(map(str, known - said))) == ([], []), "run `make words`"


def test_nothing_is_fuzzy_or_obsolete() -> None:
    assert [name_of(message) for message in messages() if message.fuzzy] == []
    assert list(french().obsolete) == []


def test_nothing_is_empty() -> None:
    assert [name_of(message) for message in messages() if not all(map(str.strip, forms(message.string)))] == []


def test_there_is_a_form_for_each_number() -> None:
    assert french().num_plurals == 2
    plural = [message for message in messages() if message.pluralizable]
    assert plural
    assert [name_of(message) for message in plural if len(forms(message.string)) != 2] == []


def test_no_compiled_catalogue_is_kept() -> None:
    assert [path for path in project_files() if path.suffix in (".mo", ".pot")] == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_french_has_the_same_placeholders_and_tags(pattern: re.Pattern[str]) -> None:
    wrong = []
    for message in messages():
        # the last form is the general one: the one for a single thing may leave its number out
        wanted = sorted(found[0] for found in pattern.finditer(forms(message.id)[-1]))
        for place, form in enumerate(forms(message.string)):
            given = sorted(found[0] for found in pattern.finditer(form))
            single = message.pluralizable and place == 0
            if given != wanted and not (single and set(given) <= set(wanted)):
                wrong.append((name_of(message), given, wanted))
    assert wrong == []


def test_every_percent_sign_is_a_placeholder_or_doubled() -> None:
    texts = [form for message in messages() for form in (*forms(message.id), *forms(message.string))]
    assert [text for text in texts if "%" in PLACEHOLDER.sub("", text)] == []


# -- how it is set

FAMILIAR = re.compile(r"\b(?:tu|ton|ta|tes|toi|t’(?:as|es|a)|te)\b", re.IGNORECASE)
OTHER_TERMS = re.compile(
    r"(?<!/)\b(?:Express Entry|CLB(?! en anglais)|NOC|TEER|ECA|ITA|CRS|LMIA|draws?|[eE]ntrée Express|tirages?|AEO)\b"
)
ATTRIBUTE = re.compile(r"<a href=\"[^\"]*\">")


def french_texts() -> list[str]:
    return [ATTRIBUTE.sub("", form) for message in messages() for form in forms(message.string)]


@pytest.mark.parametrize("rule", MISSET)
def test_french_is_set_as_canadian_french(rule: str) -> None:
    assert [text for text in french_texts() if MISSET[rule].search(text)] == []


def test_french_says_vous() -> None:
    assert [text for text in french_texts() if FAMILIAR.search(text)] == []


def test_french_uses_the_french_terms() -> None:
    assert [text for text in french_texts() if OTHER_TERMS.search(text)] == []


def test_english_has_no_straight_quotes() -> None:
    texts = [ATTRIBUTE.sub("", form) for message in messages() for form in forms(message.id)]
    assert [text for text in texts if re.search(r"['\"]|\.\.\.", text)] == []


SAME = re.compile(r"\b(?:Menu|points?|score|TEF|TCF|Canada|IELTS|General|Training|CELPIP|PTE|Core)\b")
"""Words that are the same in both languages, and names of tests, which are not translated."""


def test_no_message_is_left_in_english() -> None:
    words = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
    left = [
        form
        for message in messages()
        for form in forms(message.string)
        if form in forms(message.id) and words.search(SAME.sub("", PLACEHOLDER.sub("", TAG.sub("", form))))
    ]
    assert left == []
