"""``paycli <provider> logout``: forget what signing in brought, on this machine."""

from typing import Any

from paycli.commands.build import make_shared
from paycli.commands.guide import GuidedCommand
from paycli.commands.shared import EVERY, shared_values
from paycli.operations.provider import Provider
from paycli.profiles.keyring import Keyring
from paycli.profiles.person import present
from paycli.profiles.resolve import Profiles
from paycli.profiles.tokens import forget_tokens

HELP = """Forget the tokens of a profile on this machine.

Nothing is sent: a token that was removed here stays valid at the provider until it expires.

Example: paycli {provider} logout -p sandbox
"""


class LogoutCommand(GuidedCommand):
    """Removes a profile's tokens from the keyring."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        super().__init__(
            name="logout",
            help=HELP.format(provider=provider.name),
            params=list(make_shared({"profile": EVERY["profile"]})),
        )

    def invoke(self, ctx: Any) -> int:
        """Remove the tokens and return the exit code."""
        shared = shared_values(ctx.params)
        profile = Profiles().choose(self.provider.name, shared.profile)
        screen = ctx.obj.screen(verbosity=shared.verbose)
        if profile.built_in:
            screen.say("Tokens of the sandbox are not kept; there was nothing to remove.")
            return 0
        held = forget_tokens(Keyring(person=present(), notice=screen.say), profile.name)
        screen.say(f"Removed the tokens of {profile.name}." if held else "There was nothing to remove.")
        return 0
