"""The line that a person types on: history, completion, and the keys that they know from a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from bot.terminal.files import OWNER_ONLY
from bot.terminal.reader import Interrupted
from bot.terminal.screen import Screen

Commands = Sequence[tuple[str, str]]
"""Commands with what they do, without the slash."""
_STYLE = Style.from_dict({"who": "ansigreen bold", "hint": "ansibrightblack"})
_ROOM_FOR_HINT = 60


class Prompt:
    """Reads lines with prompt_toolkit."""

    def __init__(
        self, say: Callable[[], Mapping[str, str]], commands: Callable[[], Commands], history: CommandHistory
    ) -> None:
        """`say` and `commands` give the words of the moment: the language can change in the middle of a chat."""
        self.say, self.commands, self.history = say, commands, history
        self.screen = Screen()
        self.session: PromptSession[str] = PromptSession(
            self._who,
            style=_STYLE,
            history=history,
            completer=_Choices(self),
            complete_while_typing=Condition(lambda: self.session.default_buffer.text.startswith("/")),
            placeholder=self._hint,
            key_bindings=_keys(),
        )

    async def read(self, screen: Screen) -> str | None:
        """The next line, or None at Ctrl-D. Raises Interrupted at Ctrl-C."""
        self.screen = screen
        try:
            line = await self.session.prompt_async()
        except EOFError:
            return None
        return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def forget(self) -> None:
        """Forget every line and remove the history."""
        self.history.forget()
        self.session.default_buffer.reset()

    def _who(self) -> FormattedText:
        return FormattedText([("class:who", self.say()["chat_you"]), ("", " ")])

    def _hint(self) -> FormattedText:
        roomy = self.session.output.get_size().columns >= _ROOM_FOR_HINT
        shown = roomy and not self.session.app.is_done
        return FormattedText([("class:hint", self.say()["chat_hint"])] if shown else [])


class CommandHistory(History):
    """What was typed, for the up arrow. Only bare commands are written down: the rest is about a person."""

    def __init__(self, path: Path, is_command: Callable[[str], bool]) -> None:
        """`path`: the file of the commands; `is_command`: whether a line is a command and nothing more."""
        super().__init__()
        self.path, self.is_command = path, is_command

    def load_history_strings(self) -> Iterator[str]:
        """The commands written down before, the newest first."""
        if self.path.exists():
            yield from reversed(self.path.read_text("utf-8").splitlines())

    def store_string(self, string: str) -> None:
        """Write a command down."""
        if self.is_command(string.strip()):
            self.path.touch(OWNER_ONLY)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{string.strip()}\n")

    def forget(self) -> None:
        """Remove the file, and every line of this run."""
        self.path.unlink(missing_ok=True)
        self._loaded_strings = []


class _Choices(Completer):
    """Completes commands while they are typed, and the choices on screen when Tab asks for it."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        text = document.text_before_cursor.lstrip()
        if text.startswith("/"):
            for name, told in self.prompt.commands():
                if f"/{name}".startswith(text.lower()):
                    yield Completion(f"/{name}", -len(text), display_meta=told)
        elif not complete_event.text_inserted:
            for option in self.prompt.screen.options:
                if option.label.casefold().startswith(text.casefold()):
                    yield Completion(option.label, -len(text))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=Interrupted(typed=bool(event.current_buffer.text)), style="class:aborting")

    return keys
