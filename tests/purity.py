"""Reads a module's source and tells what in it breaks the direction of imports or the purity of a package.

`scoring` imports nothing of ours and `conversations` only `scoring`; neither looks at a clock, a network, a file, the
environment or a random number: today's date is an argument, and so is everything else. Package data is read in READERS
alone.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

OURS = {"scoring", "conversations", "bot", "locales", "benchmarks", "tests"}
MAY_IMPORT = {
    "scoring": {"scoring"},
    "conversations": {"conversations", "scoring"},
    "locales": {"locales"},
    "bot": {"bot", "conversations", "scoring", "locales"},
}
PURE = {"scoring", "conversations"}
READERS = {"scoring/resources.py", "scoring/rulebook.py", "conversations/resources.py"}

CLOCK = {"time", "sched"} | {
    f"datetime.{name}" for name in ("date.today", "datetime.now", "datetime.today", "datetime.utcnow")
}
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http.client", "http.cookiejar", "http.server", "httpx", "imaplib", "poplib",
    "requests", "select", "selectors", "smtplib", "socket", "socketserver", "ssl", "urllib.request", "urllib3",
    "webbrowser", "websockets", "xmlrpc",
}  # fmt: skip
CHANCE = {"random", "secrets", "numpy.random", "uuid.uuid1", "uuid.uuid4"}
MACHINE = {"os", "platform", "subprocess", "multiprocessing", "threading", "sys.argv", "sys.stdin", "sys.stdout"}
FILES = {"fileinput", "glob", "io.open", "io.FileIO", "codecs.open", "gzip.open", "shutil", "sqlite3", "tempfile"}
HIDDEN_WAYS = {"builtins", "imp", "runpy", "importlib.import_module", "importlib.__import__", "importlib.util"}
FORBIDDEN = CLOCK | NETWORK | CHANCE | MACHINE | FILES | HIDDEN_WAYS

# A reader may reach the package's own files, through these.
READING = {"importlib.resources", "importlib.abc", "pkgutil", "pathlib"}
READING_CALLS = {"open", "read_text", "read_bytes"}

BUILTINS = {"open", "input", "print", "exec", "eval", "compile", "__import__", "breakpoint"}
# Whatever they are called on, a clock is read (`type(on).today()`), or something is written.
CLOCK_CALLS = {"today", "now", "utcnow"}
WRITING_CALLS = {"write_text", "write_bytes", "touch", "mkdir", "rmdir", "unlink", "symlink_to", "hardlink_to", "chmod"}


@dataclass
class _Reader:
    """Walks one module, keeping what each imported name stands for."""

    path: str
    package: str
    stands_for: dict[str, str] = field(default_factory=dict)

    @property
    def pure(self) -> bool:
        return self.package in PURE

    def offences(self, tree: ast.Module) -> Iterator[str]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from self._imports(node)
        for node in ast.walk(tree):
            if self.pure:
                yield from self._uses(node)

    def _imports(self, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        for alias in node.names:
            if isinstance(node, ast.Import):
                target = alias.name
                self.stands_for[alias.asname or target.split(".")[0]] = target if alias.asname else target.split(".")[0]
            else:
                target = f"{self._origin(node)}.{alias.name}"
                self.stands_for[alias.asname or alias.name] = target
            top = target.split(".")[0]
            if top in OURS and top not in MAY_IMPORT.get(self.package, OURS):
                yield self._say(node, f"{self.package} imports {top}")
            elif self.pure and self._forbidden(target, star=alias.name == "*"):
                yield self._say(node, f"imports {target}")

    def _origin(self, node: ast.ImportFrom) -> str:
        """The absolute name of the module that a `from` names."""
        if not node.level:
            return node.module or ""
        folder = self.path.split("/")[: -node.level]
        return ".".join([*folder, *filter(None, [node.module])])

    def _uses(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Attribute):
            dotted = self._dotted(node)
            if dotted and self._forbidden(dotted):
                yield self._say(node, f"uses {dotted}")
        elif isinstance(node, ast.Name):
            if node.id in BUILTINS and isinstance(node.ctx, ast.Load):
                yield self._say(node, f"uses {node.id}()")
            elif node.id == "__file__" and self.path not in READERS:
                yield self._say(node, "uses __file__")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = node.func.attr
            reads = called in READING_CALLS and self.path not in READERS
            if reads or called in CLOCK_CALLS | WRITING_CALLS:
                yield self._say(node, f"calls .{called}()")

    def _dotted(self, node: ast.expr) -> str | None:
        """`d.today` as `datetime.date.today`, where `d` was imported as such."""
        if isinstance(node, ast.Name):
            return self.stands_for.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self._dotted(node.value)
            return f"{base}.{node.attr}" if base else None
        return None

    def _forbidden(self, dotted: str, *, star: bool = False) -> bool:
        names = FORBIDDEN if self.path in READERS else FORBIDDEN | READING
        if star:  # `from uuid import *` brings uuid.uuid4 with it
            module = dotted.removesuffix(".*")
            return any(name == module or name.startswith(f"{module}.") for name in names)
        return any(dotted == name or dotted.startswith(f"{name}.") for name in names)

    def _say(self, node: ast.stmt | ast.expr, what: str) -> str:
        return f"{self.path}:{node.lineno}: {what}"


def offences(path: str, source: str) -> list[str]:
    """What the module at `path` (from the root, with slashes) does that its package may not."""
    reader = _Reader(path, path.split("/")[0])
    return list(reader.offences(ast.parse(source, filename=path)))
