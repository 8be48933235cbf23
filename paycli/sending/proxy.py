"""Which proxy a request goes through: the profile's, else HTTPS_PROXY with NO_PROXY; never one for loopback."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from paycli.errors import ConfigurationProblem
from paycli.profiles.settings import is_loopback


def proxy_for(url: str, named: str | None, environ: Mapping[str, str] | None = None) -> str | None:
    """Return the proxy's address for a URL, or None for a direct connection. Raises ConfigurationProblem."""
    environ = os.environ if environ is None else environ
    parts = urlsplit(url)
    if is_loopback(parts.netloc):
        return None
    if named:
        return named
    usual = environ.get("HTTPS_PROXY") or environ.get("https_proxy")
    if not usual or _excepted(parts.hostname or "", environ.get("NO_PROXY") or environ.get("no_proxy") or ""):
        return None
    address = usual if "://" in usual else f"http://{usual}"
    if not _is_usable(address):
        raise ConfigurationProblem(
            "The proxy that HTTPS_PROXY names cannot be used: it is no address of an HTTP proxy.",
            next_step="write one such as http://proxy.example:3128, or name one in the profile: proxy",
            money="Nothing was sent.",
        )
    return address


def _is_usable(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _excepted(host: str, listed: str) -> bool:
    for entry in (part.strip().lower() for part in listed.split(",")):
        name = entry.removeprefix("*").removeprefix(".").partition(":")[0]
        if entry == "*" or (name and (host == name or host.endswith(f".{name}"))):
            return True
    return False
