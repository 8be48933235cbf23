"""Every sentence with which paycli ends in an error, read out of its source: ``python -m tests.messages`` writes them.

What stands in braces is filled in. Below a sentence: whether money may have moved, and what to type next.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from paycli import errors
from paycli.errors import PaycliError

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).parent / "data" / "messages.txt"
CLASSES: dict[str, type[PaycliError]] = {
    **{name: made for name, made in vars(errors).items() if isinstance(made, type) and issubclass(made, PaycliError)},
    "KeyringProblem": errors.ConfigurationProblem,
}


@dataclass(frozen=True, order=True)
class Message:
    """One error: its exit code and kind, where it is made, and its words."""

    code: int
    kind: str
    file: str
    sentence: str
    money: str
    next_step: str


def messages() -> list[Message]:
    """Return all of them, in an order that does not depend on lines."""
    paths = [
        path for path in (ROOT / "paycli").rglob("*.py") if path.relative_to(ROOT / "paycli").parts[0] != "sandbox"
    ]
    return sorted({found for path in paths for found in _of(path)})


def page() -> str:
    """Return them as one page."""
    lines: list[str] = []
    heading = file = ""
    for message in messages():
        if heading != (heading := f"exit {message.code}: {message.kind}"):
            lines += ["", heading, "=" * len(heading)]
            file = ""
        if file != (file := message.file):
            lines += ["", file]
        lines.append(f"  {message.sentence}")
        lines += [f"    money: {message.money}"] if message.money else []
        lines += [f"    next:  {message.next_step}"] if message.next_step else []
    return "\n".join(lines).lstrip() + "\n"


def _of(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {**_texts(ROOT / "paycli" / "commands" / "shared.py"), **_texts(path)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES and node.args:
            made = CLASSES[node.func.id]
            given = {keyword.arg: _words(keyword.value, texts) for keyword in node.keywords}
            where = str(path.relative_to(ROOT / "paycli"))
            told = _words(node.args[0], texts)
            money, following = given.get("money", ""), given.get("next_step", "")
            yield Message(int(made.exit_code), made.kind, where, told, money, following)


@cache
def _texts(path: Path) -> dict[str, str]:
    """Return the texts that a module names."""
    found: dict[str, str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def _words(node: ast.expr, texts: dict[str, str]) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_words(part, texts) for part in parts)
        case ast.FormattedValue(value=inner):
            return texts[inner.id] if isinstance(inner, ast.Name) and inner.id in texts else f"{{{ast.unparse(inner)}}}"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _words(left, texts) + _words(right, texts)
        case ast.IfExp(body=one, orelse=other):
            return " | ".join(filter(None, (_words(one, texts), _words(other, texts))))
        case ast.Name(id=name) if name in texts:
            return texts[name]
        case ast.Constant(value=None):
            return ""
    return f"{{{ast.unparse(node)}}}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
