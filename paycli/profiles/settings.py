"""The profile fields that every provider has, and how each is checked.

Nested settings are named with points: ``timeout.connect``, ``limits.refund.per_day``, ``routes.topups create``.
"""

import re
from collections.abc import Callable, Iterable

from paycli.operations.money import parse_amount, parse_currency
from paycli.operations.provider import Setting

LOOPBACK = re.compile(r"localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]")
_DURATION = re.compile(r"(\d+)(s|m|h|d)?")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, None: 1}
_HOST = re.compile(r"(https?)://([^/?#@\s\\]+)(/[^?#@\s\\]*)?")
_ROUTE = re.compile(r"(GET|POST|PUT|PATCH|DELETE) /\S*")
TRUTH = ("true", "false")


def duration(text: str) -> float:
    """Return seconds from ``90``, ``15m``, ``1h``; raises ValueError."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError("write a number of seconds, or such as 15m, 1h")
    return float(int(match[1]) * _SECONDS[match[2]])


def host(text: str) -> str:
    """Return the address of a host, without a trailing slash; https, or http on a loopback address."""
    match = _HOST.fullmatch(text)
    if not match:
        raise ValueError("write an address such as https://api.example.com, without user, query or fragment")
    scheme, authority, _ = match.groups()
    if scheme != "https" and not is_loopback(authority):
        raise ValueError("only https is allowed, except on a loopback address")
    return text.rstrip("/")


def is_loopback(authority: str) -> bool:
    """Return whether ``host`` or ``host:port`` is this very machine."""
    name = re.sub(r":\d+$", "", authority)
    return LOOPBACK.fullmatch(name) is not None


def route(text: str) -> str:
    """Return a method and a path such as ``POST /v2/topups``; raises ValueError."""
    if not _ROUTE.fullmatch(text):
        raise ValueError("write a method and a path, such as POST /v2/topups")
    return text


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
OPEN_NESTS = ("limits", "routes")
SCALARS = frozenset(setting.name for setting in COMMON)

_CHECKS: dict[str, Callable[[str], object]] = {
    "base_url": host,
    "report_url": host,
    "auth_url": host,
    "currency": parse_currency,
    "confirm_above": parse_amount,
    "late_arrival": duration,
    "key_lifetime": duration,
    "timezone": _zone,
    **dict.fromkeys(NESTED, duration),
}


def find(name: str, settings: Iterable[Setting]) -> Setting | None:
    """Return the setting of that name among the common ones and the provider's, or None."""
    if name in NESTED:
        return NESTED[name]
    nest = name.partition(".")[0]
    if nest in OPEN_NESTS and nest != name:
        return Setting(name, "")
    return next((setting for setting in (*COMMON, *settings) if setting.name == name), None)


def check(setting: Setting, text: str) -> str:
    """Return the value as it is used, or raise ValueError with what is wrong and never with the value."""
    if setting.choices and text not in setting.choices:
        raise ValueError(f"write one of {', '.join(setting.choices)}")
    nest = setting.name.partition(".")[0]
    try:
        if nest == "routes":
            return route(text)
        if nest == "limits":
            return str(parse_amount(text))
        checked = _CHECKS.get(setting.name, str)(text)
    except ValueError as problem:
        said = str(problem)
        raise ValueError(said.replace(repr(text), "this value")) from None
    return checked if isinstance(checked, str) else text
