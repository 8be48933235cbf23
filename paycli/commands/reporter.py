"""What the pipeline tells a person while it works, on standard error."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from paycli.operations.outcome import Answer, Fault, Flow
from paycli.output.masking import MASK
from paycli.output.screen import Screen
from paycli.output.visible import one_line
from paycli.profiles.profile import Profile
from paycli.sending.terms import Panel

BODIES = 2
SECRET_HEADERS = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"})
"""Whoever sets or repeats one: a cookie of the provider's own may be a session."""


class ScreenReporter:
    """Tells on standard error what the pipeline does."""

    def __init__(self, screen: Screen, *, yes: bool = False) -> None:
        self.screen = screen
        self.yes = yes

    def secrets(self, values: list[str]) -> None:
        """Teach the masker."""
        self.screen.masker.learn(values)

    def chosen(self, profile: Profile, proxy: str | None) -> None:
        """Say with -v what the environment shadows, and which proxy is used."""
        if not self.screen.verbosity:
            return
        for field, value in profile.values.items():
            if value.shadows:
                self.screen.say(f"{field} of {profile.name}: {value.source} shadows {', '.join(value.shadows)}")
        if proxy:
            # What stands before the @ would be a user and a password.
            self.screen.say(f"through the proxy {proxy.rpartition('@')[2]}")

    def change(self, profile: Profile, host: str) -> None:
        """Name profile, environment and host in one line."""
        self.screen.say(f"{profile.name} · {profile.get('environment')} · {urlsplit(host).netloc}")

    def preview(self, line: str) -> None:
        """Say what will be done, on one line."""
        self.screen.say(f"  {one_line(line)}")

    def warn(self, sentence: str) -> None:
        """Say it as a warning."""
        self.screen.say(f"warning: {sentence}")

    def progress(self, sentence: str) -> None:
        """Say what is waited for."""
        self.screen.say(f"… {sentence}")

    def confirm(self, panel: Panel) -> None:
        """Show what will happen and ask, where real money moves."""
        from paycli.commands.confirm import confirm_panel

        confirm_panel(panel, self.screen.say, yes=self.yes)

    def exchange(
        self, method: str, url: str, sent: Mapping[str, str], body: bytes, result: Answer | Flow | Fault
    ) -> None:
        """Say with -v what was sent and what came back; with -vv the headers and bodies too."""
        if not self.screen.verbosity:
            return
        came = result.sentence if isinstance(result, Fault) else f"{result.status} in {result.seconds:.2f} s"
        self.screen.say(f"> {method} {url}")
        if self.screen.verbosity >= BODIES:
            self._headers(">", sent)
            self._body(">", body)
        self.screen.say(f"< {came}")
        if self.screen.verbosity >= BODIES and not isinstance(result, Fault):
            self._headers("<", result.headers)
            self._body("<", result.body if isinstance(result, Answer) else b"(as it arrives)")

    def _headers(self, sign: str, headers: Mapping[str, str]) -> None:
        for name, value in headers.items():
            self.screen.say(f"{sign} {name}: {MASK if name.lower() in SECRET_HEADERS else value}")

    def _body(self, sign: str, body: bytes) -> None:
        if body:
            self.screen.say(f"{sign} {body.decode(errors='replace')}")
