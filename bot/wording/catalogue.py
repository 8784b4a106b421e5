"""The catalogue of translated messages: `locales/<language>/LC_MESSAGES/messages.po`, compiled in memory.

Only the `.po` is kept: it is what translators edit, and there is no second file that could be older than it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from conversations.session import Language

SOURCE: Language = "en"
"""The language that the templates themselves are written in: it has no catalogue."""


@cache
def translations(language: Language) -> NullTranslations:
    """The translations of a language, read once per process."""
    if language == SOURCE:
        return NullTranslations()
    source = files("locales").joinpath(language, "LC_MESSAGES", "messages.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled)
