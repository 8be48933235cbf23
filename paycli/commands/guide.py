"""How a command is explained: its text, examples that can be copied, its effect, and what to do about a lost answer.

Ordinary commands write these as paragraphs of their docstring that begin with ``Example:``, ``Effect:`` and ``If the
answer is lost:``; provider commands have them declared.
"""

import inspect
from typing import Any

from typer.core import TyperArgument, TyperCommand

from paycli.values import dataclass

EXAMPLE, EFFECT, LOST = "Example: ", "Effect: ", "If the answer is lost: "


@dataclass(frozen=True)
class Guide:
    """What the help says besides arguments and options."""

    text: str
    examples: tuple[str, ...] = ()
    effect: str = ""
    lost: str = ""


def guide_of(help: str | None) -> Guide:  # noqa: A002 Typer's word
    """Return the parts of a docstring."""
    blocks = inspect.cleandoc(help or "").split("\n\n")
    examples = _told(blocks, EXAMPLE)
    effects, losses = _told(blocks, EFFECT), _told(blocks, LOST)
    text = "\n\n".join(block for block in blocks if not block.startswith((EXAMPLE, EFFECT, LOST)))
    return Guide(text, tuple(examples), *effects[:1], *(losses[:1] if effects else ()))


def _told(blocks: list[str], word: str) -> list[str]:
    return [" ".join(block.removeprefix(word).split()) for block in blocks if block.startswith(word)]


def write_examples(formatter: Any, examples: tuple[str, ...]) -> None:
    """Write examples, each in one line whatever its length: a line that was broken cannot be copied."""
    if examples:
        with formatter.section("Example" if len(examples) == 1 else "Examples"):
            formatter.write("".join(f"  {example}\n" for example in examples))


class GuidedCommand(TyperCommand):
    """A command whose help ends with examples and with what it does."""

    def __init__(self, *, help: str | None, **attributes: Any) -> None:  # noqa: A002 Typer's word
        self.guide = guide_of(help)
        super().__init__(help=self.guide.text, **{"rich_markup_mode": None, **attributes})

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line; arguments are shown by their names alone."""
        arguments = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, TyperArgument)]
        options = [*super().collect_usage_pieces(ctx)][:1]
        return [*options, *(_shown(argument) for argument in arguments)]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what stands below the options."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self.guide.examples)
        told = [("effect", self.guide.effect), ("if the answer is lost", self.guide.lost)]
        if rows := [(name, sentence) for name, sentence in told if sentence]:
            with formatter.section("What it does"):
                formatter.write_dl(rows)


def _shown(argument: TyperArgument) -> str:
    name = str(argument.metavar or argument.name or "").strip("[]").removesuffix("...")
    name += "..." if argument.nargs == -1 else ""
    return name if argument.required else f"[{name}]"


def guided(made: TyperCommand) -> GuidedCommand:
    """Return an ordinary Typer command with its help told in parts."""
    return GuidedCommand(
        name=made.name,
        callback=made.callback,
        params=made.params,
        help=made.help,
        epilog=made.epilog,
        hidden=made.hidden,
        context_settings=made.context_settings,
    )
