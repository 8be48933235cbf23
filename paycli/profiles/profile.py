"""A profile: one account at one provider, with where each of its values came from."""

from collections.abc import Mapping

from paycli.profiles.environment import variable
from paycli.profiles.settings import duration
from paycli.values import dataclass


@dataclass(frozen=True)
class Value:
    """One value, where it came from, and what it hides."""

    text: str
    source: str
    shadows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeouts:
    """Seconds allowed to connect, to get the whole answer, and to look for a lost outcome."""

    connect: float
    read: float
    settle: float


@dataclass(frozen=True)
class Profile:
    """A profile with every plain value checked; secrets are fetched apart, when something is signed."""

    name: str
    provider: str
    values: Mapping[str, Value]
    built_in: bool = False

    def get(self, field: str, default: str = "") -> str:
        """Return a plain value as text."""
        found = self.values.get(field)
        return found.text if found else default

    @property
    def plain(self) -> dict[str, str]:
        """The plain values by field name."""
        return {name: value.text for name, value in self.values.items()}

    @property
    def live(self) -> bool:
        """Whether real money is behind the profile; a profile that does not say so is live."""
        return self.get("environment", "live") == "live"

    @property
    def may_write(self) -> bool:
        """Whether the profile may change anything: a live one only when it says ``access: write``."""
        return self.get("access", "read" if self.live else "write") == "write"

    @property
    def timeouts(self) -> Timeouts:
        """The time limits by phase, in seconds."""
        return Timeouts(*(duration(self.get(f"timeout.{phase}")) for phase in ("connect", "read", "settle")))

    def host(self, origin: str) -> str:
        """Return the address that a route's origin (``base_url``, ``report_url``) stands for."""
        return self.get(origin)

    def variable(self, field: str) -> str:
        """Return the environment variable that sets a field of this profile."""
        return variable(self.name, field)
