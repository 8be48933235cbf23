"""The command tree: names, modules and one line of help each; everything is loaded on first use."""

from typing import Any

from typer.core import TyperOption

from paycli.commands.groups import Command, Entry, LazyGroup, load_tool
from paycli.operations.catalog import PROVIDERS

TOOLS = {
    "profiles": ("paycli.commands.profiles", "Accounts, credentials and where each value comes from."),
    "secrets": ("paycli.commands.secrets", "Credentials in the keyring of the operating system."),
    "operations": ("paycli.commands.operations", "Every operation that paycli knows, with effect and retry rule."),
    "find": ("paycli.tools.find", "Find an order, payment, reference or card mask in all profiles at once."),
    "bulk": ("paycli.tools.bulk.commands", "One command for each row of a CSV file; resumable, never twice."),
    "journal": ("paycli.commands.journal", "What this machine sent, and what became of it."),
    "api": ("paycli.tools.api", "A raw signed request, for what has no command of its own."),
    "sandbox": ("paycli.tools.sandbox", "The providers as a local server, to try things out."),
    "doctor": ("paycli.tools.doctor", "Prove the set-up of this machine, and tell what to do about each finding."),
    "completions": ("paycli.tools.completions.command", "Scripts that complete words in bash, zsh, fish, PowerShell."),
    "help": ("paycli.tools.topics", "Exit codes, profiles, output, safety, environment."),
    "demo": ("paycli.tools.demo", "A walk through the main job against a sandbox of its own."),
}
HELP = """One command line for the people who operate payments.

New here, and without an account? The demo walks through a payment, a capture and a refund on this machine alone.

Example: paycli demo
"""


def root() -> LazyGroup:
    """Return the whole command tree, with nothing loaded yet."""
    entries = {name: Entry(f"{summary}.", _provider(name)) for name, summary in PROVIDERS.items()}
    entries |= {name: Entry(summary, _tool(name, module, summary)) for name, (module, summary) in TOOLS.items()}
    version = TyperOption(param_decls=["version", "--version"], is_flag=True, help="Print the version.")
    return LazyGroup("paycli", entries, help=HELP, params=[version])


def _provider(name: str) -> Any:
    def load() -> Command:
        from paycli.commands.providers import provider_group

        return provider_group(name)

    return load


def _tool(name: str, module: str, summary: str) -> Any:
    return lambda: load_tool(name, module, summary)
