"""The templates of one language: Jinja2 with the catalogue, the forms, and the vocabulary of scoring as filters.

Every filter is a function too: `{{ on | day }}`, `{{ day(on) }}`. The filter works even where a reply has a value of
the same name. A value that is missing is an error, never an empty place in a sentence.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.wording.catalogue import translations
from bot.wording.forms import Forms
from bot.wording.vocabulary import Vocabulary
from conversations.session import Language


def marked(message: str) -> str:
    """`N_("...")` in a template: a message for the catalogue that is translated where it is shown."""
    return message


class Templates(Environment):
    """The templates of one language; a template in the folder of the language stands before the common one."""

    def __init__(self, language: Language) -> None:
        """Load the catalogue; templates are compiled when they are first used, and kept."""
        root = files("locales").joinpath("templates")
        super().__init__(
            loader=FileSystemLoader([str(root.joinpath(language)), str(root)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            auto_reload=False,
            cache_size=-1,
        )
        self.policies["ext.i18n.trimmed"] = True
        self.translations = translations(language)
        self.install_gettext_translations(self.translations, newstyle=True)  # type: ignore[attr-defined]
        self._modules: dict[str, Any] = {}
        self.forms = Forms(language)
        self.vocabulary = Vocabulary(self)
        named = {**self.forms.filters(), **self.vocabulary.filters()}
        self.filters.update(named)
        self.globals.update(named, N_=marked)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.name` means: of plain data the value, even where dict has a method of that name (`values`)."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. They never change, so one plain dict does: a chain of maps slows every import."""
        return {**self.globals, **d} if d else self.globals

    def module_of(self, name: str) -> Any:
        """What a template defines at its top, made once."""
        module = self._modules.get(name)
        if module is None:
            module = self._modules[name] = self.get_template(name).module
        return module


@cache
def templates(language: Language) -> Templates:
    """The templates of a language, once per process."""
    return Templates(language)
