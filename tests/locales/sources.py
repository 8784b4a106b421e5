"""Which codes scoring can give, read from its source: a new one without words fails a test before anybody hears it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from tests.project import ROOT

Function = ast.FunctionDef


@cache
def trees() -> dict[Path, ast.Module]:
    """The modules of scoring."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "scoring").rglob("*.py"))}


def arguments_of(call: str, place: int, module: Path | None = None) -> set[str]:
    """Every text that an argument of the calls of some name can come to; `*` stands for what only a run tells."""
    found: set[str] = set()
    for path, tree in trees().items():
        if module in (None, path):
            for scope in (node for node in ast.walk(tree) if isinstance(node, Function)):
                for node in _calls(scope, call):
                    found |= _texts(node.args[place], Scope(path, scope))
    return found


class Scope(NamedTuple):
    """A function, and the module that it stands in."""

    path: Path
    function: Function


def _calls(within: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(within):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _texts(node: ast.expr, scope: Scope) -> set[str]:
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp():
            return _texts(node.body, scope) | _texts(node.orelse, scope)
        case ast.JoinedStr():
            parts = [_texts(part, scope) for part in node.values]
            return {"".join(chosen) for chosen in product(*parts)}
        case ast.FormattedValue():
            return _texts(node.value, scope)
        case ast.Name():
            return _values(node.id, scope)
    return {"*"}


def _values(name: str, scope: Scope) -> set[str]:
    """What a name holds: what is assigned to it, or what the callers of the function give."""
    assigned = [
        node.value
        for node in ast.walk(scope.function)
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]
    if assigned:
        return set().union(*(_texts(value, scope) for value in assigned))
    function = scope.function
    names = [argument.arg for argument in function.args.args]
    if name not in names:
        return {"*"}
    own = scope.path if function.name.startswith("_") else None  # a private function is called in its module only
    return arguments_of(function.name, names.index(name), own) or {"*"}


def first_texts(path: str, size: int) -> set[str]:
    """The texts that stand first in tuples of some size in a module: the codes of lines."""
    return {
        node.elts[0].value
        for node in ast.walk(trees()[ROOT / path])
        if isinstance(node, ast.Tuple)
        and len(node.elts) == size
        and isinstance(node.elts[0], ast.Constant)
        and isinstance(node.elts[0].value, str)
    }
