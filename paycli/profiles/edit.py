"""Edit the text of profiles.yaml: only what is meant changes; comments, order, quoting and blank lines stay.

New text is spliced in at the marks of the YAML parser; the result is parsed again and refused unless exactly the
intended change came out.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from paycli.errors import ConfigurationProblem
from paycli.profiles.file import ProfilesFile, parse_profiles

STEP = 2
Content = dict[tuple[str, ...], str]


def add_profile(text: str, path: Path, name: str, fields: Mapping[str, str]) -> str:
    """Return the text with a new profile at the end of the others. Raises ConfigurationProblem."""
    wanted = _content(text, path) | {("profiles", name, field): value for field, value in fields.items()}
    return _verified(_insert(text, ("profiles", name), _nested(fields)), wanted, path)


def set_field(text: str, path: Path, name: str, field: str, value: str) -> str:
    """Return the text with one field of a profile changed or added. Raises ConfigurationProblem."""
    wanted = _content(text, path) | {("profiles", name, field): value}
    return _verified(_put(text, ("profiles", name, *_inner(field)), value), wanted, path)


def set_default(text: str, path: Path, provider: str, name: str) -> str:
    """Return the text with a provider's default profile changed or added. Raises ConfigurationProblem."""
    wanted = _content(text, path) | {("defaults", provider): name}
    return _verified(_put(text, ("defaults", provider), name), wanted, path)


def remove_profile(text: str, path: Path, name: str) -> str:
    """Return the text without a profile and without the defaults that name it. Raises ConfigurationProblem."""
    content = _content(text, path)
    edited = _cut(text, ("profiles", name))
    for key, value in content.items():
        if key[0] == "defaults" and value == name:
            edited = _cut(edited, key)
    wanted = {
        key: value
        for key, value in content.items()
        if key[:2] != ("profiles", name) and not (key[0] == "defaults" and value == name)
    }
    return _verified(edited, wanted, path)


def _nested(fields: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in fields.items():
        *outer, last = _inner(field)
        place = found
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = value
    return found


def _inner(field: str) -> tuple[str, ...]:
    nest, _, rest = field.partition(".")
    if not rest:
        return (field,)
    # limits.refund.per_day lies two deep; a route's name may itself hold points.
    return (nest, *rest.rsplit(".", 1)) if nest == "limits" else (nest, rest)


def _content(text: str, path: Path) -> Content:
    return _flat(parse_profiles(text.encode(), path))


def _flat(file: ProfilesFile) -> Content:
    found: Content = {("defaults", name): written.text for name, written in file.defaults.items()}
    for name, fields in file.profiles.items():
        found |= {("profiles", name, field): written.text for field, written in fields.items()}
    return found


def _verified(edited: str, wanted: Content, path: Path) -> str:
    try:
        right = _content(edited, path) == wanted
    except ConfigurationProblem:
        right = False
    if not right:
        raise _unsafe(str(path))
    return edited


def _unsafe(what: str) -> ConfigurationProblem:
    return ConfigurationProblem(
        f"{what} is written in a way that cannot be edited safely here; nothing was changed.",
        next_step="make the change in an editor",
    )


def _root(text: str) -> Any:
    import yaml

    # The pure loader's marks are positions in the text; those of the C loader are not always.
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        # It takes a little less than the C loader, by which the file was read.
        raise _unsafe("The profiles file") from None


def _find(node: Any, keys: Sequence[str]) -> list[Any]:
    """Return the nodes along the keys as far as they exist: the root, then each value."""
    found = [node]
    for key in keys:
        if found[-1] is None or found[-1].id != "mapping":
            break
        value = next((value for name, value in found[-1].value if name.value == key), None)
        if value is None:
            break
        found.append(value)
    return found


def _put(text: str, keys: tuple[str, ...], value: str) -> str:
    found = _find(_root(text), keys)
    if len(found) <= len(keys) or found[-1].id != "scalar":
        return _insert(text, keys, value)
    node = found[-1]
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in {"|", ">"}:
        return text
    lead = " " if start == end else ""
    flow = any(parent is not None and getattr(parent, "flow_style", False) for parent in found[:-1])
    return text[:start] + lead + _scalar(value, node.style, flow=flow) + text[end:]


def _insert(text: str, keys: tuple[str, ...], value: Any) -> str:
    """Add the value at a path of which only the beginning exists."""
    found = _find(_root(text), keys)
    present = found[-1]
    missing = keys[len(found) - 1 :]
    for key in reversed(missing[1:]):
        value = {key: value}
    newline = "\r\n" if "\r\n" in text else "\n"
    if present is None:
        return _appended(text, "".join(_block(missing[0], value, 0, newline)), newline)
    if present.id == "scalar":
        # A name with nothing below it yet.
        if present.value != "":
            return text
        parent = found[-2] if len(found) > 1 else None
        if parent is not None and parent.flow_style:
            entry = f" {{{_flow({missing[0]: value})}}}"
            return text[: present.start_mark.index] + entry + text[present.end_mark.index :]
        indent = (parent.start_mark.column if parent is not None else -STEP) + STEP
        return _after_line(text, present.end_mark.index, _block(missing[0], value, indent, newline), newline)
    if present.flow_style:
        entry = _flow({missing[0]: value})
        if not present.value:
            start = present.start_mark.index + 1
            return f"{text[:start]}{entry}{text[start:]}"
        end = _end(present.value[-1][1], present.value[-1][0])
        return f"{text[:end]}, {entry}{text[end:]}"
    key, last = present.value[-1]
    indent = present.value[0][0].start_mark.column
    return _after_line(text, _end(last, key), _block(missing[0], value, indent, newline), newline)


def _cut(text: str, keys: tuple[str, ...]) -> str:
    """Remove the entry at a path, with its own lines only."""
    found = _find(_root(text), keys)
    if len(found) <= len(keys):
        return text
    parent = found[-2]
    index = next(i for i, (name, _) in enumerate(parent.value) if name.value == keys[-1])
    key, value = parent.value[index]
    if parent.flow_style:
        if index + 1 < len(parent.value):
            return text[: key.start_mark.index] + text[parent.value[index + 1][0].start_mark.index :]
        start = _end(parent.value[index - 1][1], parent.value[index - 1][0]) if index else key.start_mark.index
        return text[:start] + text[_end(value, key) :]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    end = text.find("\n", _end(value, key))
    return text[:start] + ("" if end < 0 else text[end + 1 :])


def _end(node: Any, key: Any) -> int:
    """Return where the last character of a value stands, not where the next thing begins."""
    if node.id == "mapping" and not node.flow_style and node.value:
        last_key, last = node.value[-1]
        return _end(last, last_key)
    end: int = node.end_mark.index
    return max(end, int(key.end_mark.index))


def _after_line(text: str, position: int, lines: list[str], newline: str) -> str:
    end = text.find("\n", position)
    if end < 0:
        return text + newline + "".join(lines).removesuffix(newline)
    return text[: end + 1] + "".join(lines) + text[end + 1 :]


def _appended(text: str, block: str, newline: str) -> str:
    gap = newline if text and not text.endswith("\n") else ""
    return text + gap + block


def _block(key: str, value: Any, indent: int, newline: str) -> list[str]:
    lead = " " * indent
    if isinstance(value, str):
        return [f"{lead}{_scalar(key, None)}: {_scalar(value, None)}{newline}"]
    lines = [f"{lead}{_scalar(key, None)}:{newline}"]
    for name, inner in value.items():
        lines += _block(name, inner, indent + STEP, newline)
    return lines


def _flow(entries: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{_scalar(key, None, flow=True)}: "
        + (_scalar(value, None, flow=True) if isinstance(value, str) else f"{{{_flow(value)}}}")
        for key, value in entries.items()
    )


def _scalar(text: str, style: str | None, *, flow: bool = False) -> str:
    """Return the text as a YAML scalar that reads back as itself, in the style that stood there where that serves."""
    if style == '"' or not text.isprintable():
        import json

        return json.dumps(text, ensure_ascii=False)
    if style == "'" or not _plain(text, flow=flow):
        return "'" + text.replace("'", "''") + "'"
    return text


def _plain(text: str, *, flow: bool) -> bool:
    if not re.fullmatch(r"[^\s#&*!|>'\"%@`{}\[\],?:-].*", text) or re.search(r": |:$| #|\s$", text):
        return False
    return not (flow and re.search(r"[,{}\[\]]|:", text))
