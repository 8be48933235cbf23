"""One run of paycli: what was typed, and what must not be shown."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paycli.output.masking import Masker
from paycli.output.screen import Screen, Shape, choose_format, is_terminal
from paycli.values import dataclass, field

if TYPE_CHECKING:
    from paycli.commands.hidden import Reader
    from paycli.operations.provider import Provider
    from paycli.profiles.tokens import Memory
    from paycli.sending.pipeline import Pipeline, Reporter


@dataclass
class Session:
    """The process's arguments and its masker, shared by every screen and by the report of an error."""

    argv: Sequence[str]
    masker: Masker = field(default_factory=Masker)
    memory: "Memory | None" = None

    def screen(
        self,
        format_: str | None = None,
        verbosity: int = 0,
        query: str | None = None,
        columns: Sequence[str] = (),
    ) -> Screen:
        """Return the screen in the asked format, else PAYCLI_OUTPUT, else by where output goes."""
        chosen = choose_format(format_, os.environ, terminal=is_terminal(sys.stdout))
        return Screen(Shape(chosen, query, tuple(columns)), sys.stdout, sys.stderr, self.masker, verbosity)

    def pipeline(self, provider: "Provider", reporter: "Reporter") -> "Pipeline":
        """Return the pipeline of a provider over this machine: its profiles, network, keyring, clock and journal."""
        from paycli.profiles.tokens import Memory
        from paycli.sending.pipeline import Pipeline

        self.memory = self.memory or Memory()
        return Pipeline(provider, reporter, mask=self.masker.mask, memory=self.memory)

    def hidden_values(self, *, rehearsed: bool = False) -> "Reader":
        """Return where values come from that are never typed as arguments; a rehearsal reads none."""
        from paycli.commands.hidden import Asking, Given, Rehearsed
        from paycli.profiles.person import present

        if rehearsed:
            return Rehearsed()
        return Asking(self.masker.learn) if present() else Given(self.masker.learn)

    @property
    def wants_json_errors(self) -> bool:
        """Whether errors are told as a JSON object: asked for by option, else by PAYCLI_OUTPUT."""
        asked = None
        for position, word in enumerate(self.argv):
            if word == "--":
                break
            if word in {"-o", "--output"}:
                asked = self.argv[position + 1] if position + 1 < len(self.argv) else None
            elif word.startswith("--output="):
                asked = word.partition("=")[2]
            elif word.startswith("-o") and not word.startswith("--"):
                asked = word[2:].removeprefix("=")
        return (asked or os.environ.get("PAYCLI_OUTPUT")) == "json"
