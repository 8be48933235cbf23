"""The profile fields that every provider has, and how each is checked.

Nested settings are named with points: ``timeout.connect``, ``limits.refund.per_day``, ``routes.topups create``.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from paycli.operations.money import parse_amount, parse_currency
from paycli.operations.provider import Setting
from paycli.operations.routes import parse_route
from paycli.patterns import pattern

LOOPBACK = pattern(r"localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]")
_DURATION = pattern(r"([0-9]{1,9})(s|m|h|d)?")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, None: 1}
_HOST = pattern(r"(https?)://([^/?#@\s\\]+)(/[^?#@\s\\]*)?")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_AUTHORITY = pattern(rf"({_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(?::(\d{{1,5}}))?")
_LIMIT = pattern(r"limits\.(?:\*|[a-z0-9-]+)\.(?:per_operation|per_day)")
LONGEST_DURATION = 366 * 86400
LONGEST_PATIENCE = 3600
TRUTH = ("true", "false")


def duration(text: str) -> float:
    """Return seconds from ``90``, ``15m``, ``1h``, at most a year; raises ValueError."""
    match = _DURATION.fullmatch(text)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else LONGEST_DURATION + 1
    if seconds > LONGEST_DURATION:
        raise ValueError("write a number of seconds, or such as 15m, 1h")
    return float(seconds)


def patience(text: str) -> float:
    """Return seconds to wait: above zero and at most an hour; raises ValueError."""
    seconds = duration(text)
    if not 0 < seconds <= LONGEST_PATIENCE:
        raise ValueError("write a number of seconds above zero, at most an hour")
    return seconds


def host(text: str) -> str:
    """Return the address of a host, without a trailing slash; https, or http on a loopback address."""
    match = _HOST.fullmatch(text)
    if not match or not _authority(match[2]):
        raise ValueError("write an address such as https://api.example.com, without user, query or fragment")
    if match[1] != "https" and not is_loopback(match[2]):
        raise ValueError("only https is allowed, except on a loopback address")
    return text.rstrip("/")


def proxy(text: str) -> str:
    """Return the address of an HTTP proxy, which carries no password here; raises ValueError."""
    match = _HOST.fullmatch(text)
    if not match or not _authority(match[2]) or (match[3] or "/") != "/":
        raise ValueError("write an address such as http://proxy.example:3128, without user and password")
    return text.rstrip("/")


def bundle(text: str) -> str:
    """Return the path of a readable file; raises ValueError."""
    try:
        found = Path(text).is_file()
    except OSError:
        found = False
    if not found:
        raise ValueError("there is no such file")
    return text


def _authority(text: str) -> bool:
    match = _AUTHORITY.fullmatch(text)
    if not match:
        return False
    name, port = match.groups()
    if port and not 0 < int(port) <= 65535:  # noqa: PLR2004 the highest port
        return False
    try:
        if name.startswith("["):
            ipaddress.IPv6Address(name[1:-1])
        elif re.fullmatch(r"[\d.]+", name):
            ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def is_loopback(authority: str) -> bool:
    """Return whether ``host`` or ``host:port`` is this very machine."""
    name = re.sub(r":\d+$", "", authority)
    return LOOPBACK.fullmatch(name) is not None


def _zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("write the name of a time zone, such as Europe/Kyiv or UTC") from None
    return text


COMMON = (
    Setting("provider", "Which provider the profile is for."),
    Setting("environment", "test or live.", default="live", choices=("test", "live")),
    Setting(
        "access",
        "write, or read only; a live profile that does not say write can only read.",
        choices=("read", "write"),
    ),
    Setting("base_url", "The provider's host, when it is not the usual one."),
    Setting("currency", "Currency of amounts that are typed without one."),
    Setting("confirm_above", "Amount above which a live change asks for the amount to be typed."),
    Setting("require_reason", "Whether every change needs --reason.", choices=TRUTH),
    Setting("card_data", "Whether commands with card data may run on a live profile.", choices=TRUTH),
    Setting("late_arrival", "How long after sending a change may still arrive.", default="15m"),
    Setting("key_lifetime", "How long the provider knows an idempotency key.", default="1h"),
    Setting("ca_bundle", "File of certificate authorities to trust instead of the usual ones."),
    Setting("proxy", "Address of an HTTP proxy."),
)
NESTED = {
    "timeout.connect": Setting("timeout.connect", "Seconds to connect.", default="5"),
    "timeout.read": Setting("timeout.read", "Seconds to wait for the whole answer.", default="30"),
    "timeout.settle": Setting("timeout.settle", "Seconds to look for a lost outcome.", default="15"),
}

_CHECKS: dict[str, Callable[[str], object]] = {
    "base_url": host,
    "report_url": host,
    "auth_url": host,
    "currency": parse_currency,
    "proxy": proxy,
    "ca_bundle": bundle,
    "confirm_above": parse_amount,
    "late_arrival": duration,
    "key_lifetime": duration,
    "timezone": _zone,
    **dict.fromkeys(NESTED, patience),
}


def find(name: str, settings: Iterable[Setting]) -> Setting | None:
    """Return the setting of that name among the common ones and the provider's, or None.

    A limit that does not say exactly what it limits is no setting: a mistyped one would protect nobody.
    """
    if name in NESTED:
        return NESTED[name]
    if _LIMIT.fullmatch(name) or re.fullmatch(r"routes\.[a-z0-9 -]+", name):
        return Setting(name, "")
    return next((setting for setting in (*COMMON, *settings) if setting.name == name), None)


def check(setting: Setting, text: str) -> str:
    """Return the value as it is used, or raise ValueError with what is wrong and never with the value."""
    if setting.choices and text not in setting.choices:
        raise ValueError(f"write one of {', '.join(setting.choices)}")
    nest = setting.name.partition(".")[0]
    try:
        if nest == "routes":
            parse_route(text)
            return text
        if nest == "limits":
            return str(parse_amount(text))
        checked = _CHECKS.get(setting.name, str)(text)
    except ValueError as problem:
        said = str(problem)
        raise ValueError(said.replace(repr(text), "this value")) from None
    return checked if isinstance(checked, str) else text
