"""What is known of a card's first digits and of an IP address. All of it is made up."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.tranzzo.answers import not_found, violations
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]
SHORTEST_BIN = 6
LONGEST_BIN = 8
_UNKNOWN = "UNDEFINED"
_COUNTRIES = {
    "GB": ("UNITED KINGDOM", "826", "GBR"),
    "UA": ("UKRAINE", "804", "UKR"),
}
_BINS = {
    "424242": ("VISA", "CREDIT", "GB"),
    "545454": ("MASTERCARD", "DEBIT", "UA"),
    "555555": ("MASTERCARD", "CREDIT", "UA"),
}
# Documentation networks stand for shops' customers, beside two well-known name servers.
_PLACES = {
    "8.8.8.0/24": ("North America", "United States", "California", "Mountain View", "37.4056", "-122.0775"),
    "2001:4860::/32": ("North America", "United States", "California", "Mountain View", "37.4056", "-122.0775"),
    "192.0.2.0/24": ("Europe", "Poland", "Masovia", "Warsaw", "52.2297", "21.0122"),
    "203.0.113.0/24": ("Europe", "Ukraine", "Kyiv city", "Kyiv", "50.4501", "30.5234"),
    "2001:db8::/32": ("Europe", "Ukraine", "Kyiv city", "Kyiv", "50.4501", "30.5234"),
}
_FURNISHED_BIN = ("VISA", "DEBIT", "UA")


def bins(shop: Shop, _call: Call, named: Named) -> Reply:
    """Answer what is known of a BIN."""
    given = named["bin"]
    if not (given.isascii() and given.isdigit() and SHORTEST_BIN <= len(given) <= LONGEST_BIN):
        return violations([("bin", f"must be {SHORTEST_BIN} to {LONGEST_BIN} digits")])
    known = _BINS.get(given[:SHORTEST_BIN]) or (_FURNISHED_BIN if given in shop.bins else None)
    return as_json(200, _card(int(given), *known)) if known else not_found("information about this BIN")


def _card(number: int, system: str, kind: str, country: str) -> dict[str, Any]:
    name, digits, letters = _COUNTRIES[country]
    return {
        "card": {"bin": number, "payment_system": system, "card_type": kind, "card_variant": _UNKNOWN},
        "country": {
            "country": name,
            "country_digit_code": digits,
            "iso_a2_code": country,
            "iso_a3_code": letters,
            "region": "Europe",
        },
        "bank": {"bank": "Sandbox Bank", "bank_website": _UNKNOWN, "bank_phone": _UNKNOWN},
        "risk_level": _UNKNOWN,
    }


def addresses(shop: Shop, _call: Call, named: Named) -> Reply:
    """Answer where an IP address lies."""
    try:
        given = ipaddress.ip_address(named["ip"])
    except ValueError:
        return violations([("ip", "is no IP address")])
    place = next((place for network, place in _PLACES.items() if given in ipaddress.ip_network(network)), None)
    if place is None and str(given) in shop.addresses:
        place = _PLACES["203.0.113.0/24"]
    if place is None:
        return not_found("location of this address")
    names = ("continent", "country", "stateprov", "city", "latitude", "longitude")
    return as_json(200, dict(zip(names, place, strict=True)))
