"""A profile's secrets in the keyring: bound to the hosts for which they were stored."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from paycli.errors import ConfigurationProblem
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.lock import locked
from paycli.profiles.profile import Profile
from paycli.values import dataclass, field

ORIGINS = ("base_url", "report_url", "auth_url")


@dataclass(frozen=True)
class Stored:
    """What the keyring holds for a profile; ``since`` is when each secret was stored, in UTC."""

    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    hosts: tuple[str, ...] = ()
    since: Mapping[str, str] = field(default_factory=dict)


def token_user(name: str) -> str:
    """Return the user under which the keyring holds the tokens of a profile's sign-ins."""
    return f"{name}/token"


def hosts_of(profile: Profile) -> tuple[str, ...]:
    """Return every host that the profile's credentials go to, as scheme and authority."""
    addresses = (urlsplit(profile.get(origin)) for origin in ORIGINS if profile.get(origin))
    return tuple(sorted({f"{address.scheme}://{address.netloc}" for address in addresses}))


def load(keyring: Keyring, name: str) -> Stored:
    """Return what is stored for a profile. Raises KeyringProblem."""
    text = keyring.get(name)
    if text is None:
        return Stored()
    try:
        held = json.loads(text)
        return Stored(dict(held["secrets"]), tuple(held["hosts"]), dict(held.get("since", {})))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyringProblem(f"The keyring's entry of profile {name} is damaged.") from None


def store(keyring: Keyring, profile: Profile, secrets: Mapping[str, str]) -> None:
    """Add secrets to a profile's entry and bind all of it to the profile's present hosts.

    Secrets that were stored for other hosts are dropped rather than taken along. Raises KeyringProblem.
    """
    with locked("keyring"):
        held = load(keyring, profile.name)
        hosts = hosts_of(profile)
        kept = held if set(hosts) <= set(held.hosts) else Stored()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        save(
            keyring,
            profile.name,
            Stored({**kept.secrets, **secrets}, hosts, {**kept.since, **dict.fromkeys(secrets, now)}),
        )


def forget(keyring: Keyring, name: str, fields: tuple[str, ...] | None) -> list[str]:
    """Remove fields, or everything, from a profile's entry; return what was removed. Raises KeyringProblem."""
    with locked("keyring"):
        held = load(keyring, name)
        removed = [one for one in held.secrets if fields is None or one in fields]
        left = {one: value for one, value in held.secrets.items() if one not in removed}
        if left:
            save(keyring, name, Stored(left, held.hosts, {one: held.since.get(one, "") for one in left}))
        else:
            keyring.delete(name)
    if fields is None:
        keyring.delete(token_user(name))
    return removed


def save(keyring: Keyring, name: str, held: Stored) -> None:
    """Write a profile's entry. Raises KeyringProblem."""
    entry = {"secrets": dict(held.secrets), "hosts": list(held.hosts), "since": dict(held.since)}
    keyring.set(name, json.dumps(entry, ensure_ascii=False))


def refuse_other_hosts(profile: Profile, held: Stored) -> None:
    """Raise ConfigurationProblem when the profile would send stored secrets to a host that they were not stored for."""
    strange = [host for host in hosts_of(profile) if host not in held.hosts]
    if strange:
        raise ConfigurationProblem(
            f"The secrets of profile {profile.name} were stored for {', '.join(held.hosts)}, not for {strange[0]}.",
            next_step=f"if that host is right: paycli secrets set {profile.name}",
            money="Nothing was sent.",
        )
