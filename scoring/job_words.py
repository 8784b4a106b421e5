"""The telling words of a job title, folded so that gender, number and accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EMPTY = frozenset(
    [
        *("and", "or", "of", "the", "in", "an", "at", "for", "to", "with", "on", "by", "my", "am", "as", "who", "that"),
        *("work", "works", "worked", "working", "job", "is", "was", "were", "been", "have", "had", "year", "years"),
        *("et", "ou", "de", "du", "des", "la", "le", "les", "en", "au", "aux", "un", "une", "dans", "par", "sur"),
        *("je", "suis", "qui", "comme", "pour", "avec", "chez", "mon", "ma", "mes", "ai", "etais", "ans"),
        *("travaille", "poste"),
        *("related", "occupations", "other", "assimile", "personnel", "autres", "autre", "connexes", "except", "sauf"),
    ]
)
"""Words that say nothing of a job."""
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9+#]+")


def plain_words(text: str) -> list[str]:
    """The telling words of a text, in small letters without accents."""
    plain = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = plain if plain.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return [word for word in _WORD.findall(bare) if len(word) > 1 and word not in _EMPTY]


def folded(text: str) -> list[str]:
    """The telling words of a text, folded: `Infirmières autorisées` and `infirmier autorisé` are the same."""
    return [fold(word) for word in plain_words(text)]


_ENDINGS = (
    ("trice", "teur"), ("euse", "eur"), ("eure", "eur"), ("iere", "ier"), ("ienne", "ien"), ("enne", "en"),
    ("elle", "el"), ("ive", "if"), ("ies", "y"), ("ee", "e"), ("esse", ""),
)  # fmt: skip
_LEAST_STEM = 3


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A plain word without plural and gender; only for comparing, it need not be a word."""
    if len(word) <= _LEAST_STEM:
        return word
    single = word[:-1] if word[-1] in "sx" and not word.endswith(("ss", "ies")) else word
    for ending, instead in _ENDINGS:
        if single.endswith(ending) and len(single) - len(ending) >= _LEAST_STEM - 1:
            single = single[: -len(ending)] + instead
            break
    return single[:-1] if single.endswith("e") and len(single) > _LEAST_STEM else single


def stems(word: str) -> frozenset[str]:
    """How a folded word may begin in its other forms: *repairing*, *repair*; *enseigner*, *enseign*.

    Slow for Python (a millisecond): only for words that no title has.
    """
    import snowballstemmer  # type: ignore[import-untyped]

    return frozenset(snowballstemmer.stemmer(language).stemWord(word) for language in ("english", "french"))
