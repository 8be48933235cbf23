"""The one factory that makes Typer commands out of declared operations.

Options are made when a command runs or shows its help, not before: a list of commands needs names only.
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperArgument, TyperOption

from paycli.commands.guide import GuidedCommand
from paycli.commands.hidden import Given, Reader, refuse_two_on_standard_input
from paycli.commands.run import run_operation
from paycli.commands.shared import PREFIX, VERBOSE, shared_options, shared_values
from paycli.errors import UsageProblem
from paycli.operations.meant import sentence
from paycli.operations.moments import NOW, refuse_turned_periods
from paycli.operations.operation import Effect, Operation
from paycli.operations.params import Argument, Compound, Facts, Hidden, Identifier, OneOf, Option
from paycli.operations.provider import Provider
from paycli.operations.scan import holds_card_number
from paycli.operations.signature import Parameter, parameters
from paycli.values import replace

CARD_NUMBER = "it holds what looks like a card number"
CARD_REMEDY = "card numbers come from a hidden prompt or --card-stdin of a card command, never from an argument"
NOTHING_HIDDEN = Given(lambda _texts: None)

EFFECTS = {
    Effect.READS: "reads only",
    Effect.WRITES: "changes something, moves no money by itself",
    Effect.MOVES_MONEY: "MOVES MONEY",
}
RETRIES = {
    "always": "safe to send again; tried again by itself after a fault",
    "never": "never sent again by itself, and no read tells what became of a lost one",
    "key": "sent again by itself only with the same idempotency key",
}


class OperationCommand(GuidedCommand):
    """A provider command: parses its options, then goes through the pipeline."""

    def __init__(self, provider: Provider, operation: Operation) -> None:
        self.provider = provider
        self.operation = operation
        self.declared = parameters(operation.fields)
        own = list(own_options(self.declared))
        shared = list(_shared(operation))
        super().__init__(
            name=operation.command.split()[-1],
            params=[*own, *shared],
            help=operation.fields.__doc__,
        )
        self.guide = replace(
            self.guide, examples=(example_line(operation),), effect=_effect(operation), lost=_retry(operation)
        )
        self.shared_names = {parameter.name for parameter in shared}

    def invoke(self, ctx: Any) -> int:
        """Run the operation with what was typed and return the exit code."""
        typed = dict(ctx.params)

        shared = shared_values(typed)
        reader = ctx.obj.hidden_values(rehearsed=shared.dry_run)

        def build(facts: Facts) -> dict[str, Any]:
            return build_values(self.declared, typed, facts, reader)

        return run_operation(ctx.obj, self.provider, self.operation, shared, build)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the operation's own options apart from those that every command has."""
        records = [(parameter, parameter.get_help_record(ctx)) for parameter in self.get_params(ctx)]
        sections = {
            "Arguments": [r for p, r in records if r and p.param_type_name == "argument"],
            "Options": [
                r
                for p, r in records
                if r and p.param_type_name == "option" and p.name not in self.shared_names and p.name != "help"
            ],
            "Options of every command": [
                r for p, r in records if r and (p.name in self.shared_names or p.name == "help")
            ],
        }
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def build_values(
    declared: Sequence[Parameter], typed: Mapping[str, Any], facts: Facts, reader: Reader = NOTHING_HIDDEN
) -> dict[str, Any]:
    """Return the function's arguments from what was typed, what is hidden and what the profile says.

    Raises UsageProblem.
    """
    refuse_card_numbers(declared, typed)
    refuse_two_on_standard_input([p.marker for p in declared if isinstance(p.marker, Hidden)], typed)
    values: dict[str, Any] = {}
    for parameter in declared:
        marker = parameter.marker
        if isinstance(marker, Compound):
            values[parameter.name] = marker.build({name: typed[name] for name in marker.options}, facts)
        elif isinstance(marker, Hidden):
            in_its_stead = any(typed.get(name) for name in marker.unless)
            found = reader.read(marker, typed, required=parameter.required and not in_its_stead)
            values[parameter.name] = parameter.default if found is None else found
        elif (value := typed[parameter.name]) is not None and value != ():
            values[parameter.name] = value
        elif not parameter.required:
            values[parameter.name] = parameter.default
    _refuse_turned_periods(declared, values)
    return values


def _refuse_turned_periods(declared: Sequence[Parameter], values: Mapping[str, Any]) -> None:
    options = [(p.name, p.marker) for p in declared if isinstance(p.marker, Option)]
    typed = {_flag(name, option): values.get(name) for name, option in options}
    refuse_turned_periods(typed, [_flag(name, option) for name, option in options if option.default_text == NOW])


def refuse_card_numbers(declared: Sequence[Parameter], typed: Mapping[str, Any]) -> None:
    """Raise UsageProblem, which does not repeat it, for an option that holds a card number; identifiers may."""
    for parameter in declared:
        marker = parameter.marker
        options = {parameter.name: marker} if isinstance(marker, Option) else getattr(marker, "options", {})
        for name, option in options.items():
            if not isinstance(option.parse, Identifier) and holds_card_number(typed.get(name)):
                raise UsageProblem(f"Invalid value for '{_flag(name, option)}': {CARD_NUMBER}.", next_step=CARD_REMEDY)


def example_line(operation: Operation) -> str:
    """Return the command as one would type it against the sandbox."""
    return typed_line(operation.name, parameters(operation.fields))


def typed_line(name: str, declared: Sequence[Parameter]) -> str:
    """Return a command with what it needs, made of the samples of its declaration."""
    words = [f"paycli {name}"]
    for parameter in declared:
        marker = parameter.marker
        if isinstance(marker, Hidden) and not parameter.required:
            words.append(marker.example)
        elif isinstance(marker, Argument | Compound | Hidden):
            words.append(marker.sample)
        elif isinstance(marker, Option) and parameter.required:
            words.append(f"{_flag(parameter.name, marker)} {marker.sample}")
    return " ".join([word for word in words if word] + ["-p sandbox"])


def own_options(declared: Sequence[Parameter]) -> Iterator[TyperOption | TyperArgument]:
    """Yield the Typer parameters of a declared function's own."""
    for parameter in declared:
        marker = parameter.marker
        if isinstance(marker, Argument):
            yield _argument(parameter.name, marker)
        elif isinstance(marker, Option):
            yield make_option(parameter.name, marker, required=parameter.required)
        else:
            for name, option in marker.options.items():
                yield make_option(name, option)


def _shared(operation: Operation) -> Iterator[TyperOption]:
    yield from make_shared(shared_options(operation))


def make_shared(options: Mapping[str, Option]) -> Iterator[TyperOption]:
    """Yield the Typer options of shared ones, and ``-v``."""
    for name, option in options.items():
        yield make_option(name, option, prefix=PREFIX)
    yield TyperOption(
        param_decls=[f"{PREFIX}verbose", "-v", "--verbose"], count=True, type=int, default=0, help=VERBOSE
    )


def _argument(name: str, marker: Argument) -> TyperArgument:
    return TyperArgument(
        param_decls=[name],
        metavar=marker.name,
        help=marker.help,
        required=True,
        nargs=-1 if marker.many else None,
        type=_parser(_parse_of_argument(marker)),
        autocompletion=_offered(marker),
    )


def _parse_of_argument(marker: Argument) -> Callable[[str], Any]:
    read = marker.content
    return marker.parse if read is None else lambda name: read(_content(name))


def make_option(name: str, option: Option, *, required: bool = False, prefix: str = "") -> TyperOption:
    """Return the Typer option that a declared one stands for."""
    flags = [flag for flag in (option.short, _flag(name, option)) if flag]
    told = option.help + _unsaid(option) + (f"  [default: {option.default_text}]" if option.default_text else "")
    if option.switch:
        return TyperOption(param_decls=[prefix + name, *flags], is_flag=True, default=False, help=told)
    return TyperOption(
        param_decls=[prefix + name, *flags],
        type=_parser(_parse_of(option)),
        metavar=option.metavar or "|".join(words_of(option)) or "TEXT",
        required=required,
        multiple=option.many,
        help=told,
        autocompletion=_offered(option),
    )


def _offered(marker: Argument | Option) -> Callable[..., Sequence[str]] | None:
    """Return what tells a completion script the words that a value is one of; None where there are none."""
    words = words_of(marker)
    return (lambda *_: words) if words else None


def _unsaid(option: Option) -> str:
    """Return the words that a value is one of, where neither the option's help nor its metavar says them."""
    words = words_of(option)
    return "" if not option.metavar or all(word in option.help for word in words) else f" One of {', '.join(words)}."


def words_of(marker: Argument | Option) -> Sequence[str]:
    """Return the words that a value is one of; none where it may be anything."""
    return marker.parse.words if isinstance(marker.parse, OneOf) else getattr(marker, "choices", ())


def _flag(name: str, option: Option) -> str:
    return option.flag or f"--{name.replace('_', '-')}"


def _parser(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def parsed(text: str) -> Any:
        if not isinstance(text, str):
            return text
        try:
            return parse(text)
        except ValueError as problem:
            raise typer.BadParameter(sentence(problem)) from None

    return parsed


def _parse_of(option: Option) -> Callable[[str], Any]:
    if option.base64_file:
        return lambda name: option.parse(_base64(_content(name)))
    return _json_file if option.json_file else option.parse


def _json_file(name: str) -> Any:
    from paycli.operations.wire import NotJson, decode

    try:
        return decode(_content(name))
    except NotJson as problem:
        raise ValueError(f"{name}: {problem}") from None


def _base64(content: bytes) -> str:
    if holds_card_number(content.decode(errors="replace")):
        raise ValueError(CARD_NUMBER)
    return base64.b64encode(content).decode()


def _content(name: str) -> bytes:
    try:
        return typer.get_binary_stream("stdin").read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise ValueError(f"{name}: {problem.strerror}") from None


def _effect(operation: Operation) -> str:
    return "signs in; changes nothing else" if operation.sign_in else EFFECTS[operation.effect]


def _retry(operation: Operation) -> str:
    if operation.sign_in:
        return "run it again; it is not sent again by itself"
    if read := operation.retry.settled_by:
        return f"never sent again by itself; `paycli {operation.provider} {read}` tells what became of it"
    return RETRIES[operation.retry.rule]
