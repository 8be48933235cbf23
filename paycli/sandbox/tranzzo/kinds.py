"""The direct ways to pay, told apart by method, payway and token."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from paycli.sandbox.tranzzo import fields
from paycli.sandbox.tranzzo.alternatives import ways, wrong_fields
from paycli.sandbox.tranzzo.answers import Wrong
from paycli.sandbox.tranzzo.checks import Rules, word
from paycli.sandbox.tranzzo.checks import violations as violated

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A way to pay: its fields, and whether the payer has to go to another page to agree."""

    check: Callable[[Body], Wrong]
    leaves: bool = False


def of(rules: Rules, *, leaves: bool = False) -> Kind:
    """Return a way to pay whose fields follow rules."""
    return Kind(lambda body: violated(body, rules), leaves)


def direct_kind(body: Body) -> Kind:
    """Return the way to pay that a body asks for, by its method, payway and token."""
    by_token = "cc_token" in body
    method, payway = body.get("method"), body.get("payway")
    if method == "lookup":
        return of(fields.LOOKUP)
    if method == "p2p":
        return Kind(_p2p_by_token) if by_token else of(fields.P2P_CARD)
    if "payway" not in body:
        if method == "credit":
            return of(fields.CREDIT_TOKEN if by_token else fields.CREDIT_CARD)
        if "cryptogram" in body:
            return of(fields.DECRYPTED)
        return of(fields.TOKEN if by_token else fields.DIRECT)
    known = {name for name, _ in ways(str(method))}
    if isinstance(payway, str) and payway in known:
        return Kind(wrong_fields, leaves=method != "credit")
    return _by_payway(payway, known)


def _by_payway(payway: object, known: set[str]) -> Kind:
    own = {
        "privat24": of(fields.PRIVAT24, leaves=True),
        "privat_payparts": of(fields.PAYPARTS, leaves=True),
        "applepay": of(fields.WALLET),
        "gpay": of(fields.WALLET),
        "mvisa": Kind(_mvisa),
    }
    names = {*known, *own}
    return own[payway] if isinstance(payway, str) and payway in own else of({"payway": (True, word(*sorted(names)))})


def _p2p_by_token(body: Body) -> Wrong:
    missing = [("recipient_cc_token", "is required, or recipient_cc_number")]
    named = "recipient_cc_token" in body or "recipient_cc_number" in body
    return [*violated(body, fields.P2P_TOKEN), *([] if named else missing)]


def _mvisa(body: Body) -> Wrong:
    absent = [] if "cc_token" in body else [name for name in fields.CARD if name not in body]
    return [*violated(body, fields.MVISA), *((name, "is required, or cc_token") for name in absent)]
