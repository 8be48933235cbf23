"""Payments: every way to begin an order."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from paycli.sandbox.http import Call, Message, Reply, as_json, parse_json
from paycli.sandbox.tranzzo import codes, fields
from paycli.sandbox.tranzzo.answers import Wrong, error, violations
from paycli.sandbox.tranzzo.cards import WALLETS, asks_for_secure, fresh_token, has_expired, masked, wallet_refusal
from paycli.sandbox.tranzzo.checks import Rules
from paycli.sandbox.tranzzo.checks import violations as violated
from paycli.sandbox.tranzzo.kinds import Body, Kind, direct_kind, of
from paycli.sandbox.tranzzo.notices import notice
from paycli.sandbox.tranzzo.orders import Order, shares, shares_sum
from paycli.sandbox.tranzzo.shop import Fate, Shop

CARD_OF_A_WALLET = "424242******4242"
TOKEN_LIFE = timedelta(days=730)
ECHOED = (
    "description",
    "payway",
    "customer_id",
    "customer_ip",
    "customer_fname",
    "customer_lname",
    "customer_email",
    "customer_phone",
    "customer_country",
    "customer_city",
    "customer_birthday",
    "result_url",
    "payload",
    "properties",
)


def payment(shop: Shop, call: Call, _named: Mapping[str, str]) -> Reply:
    """Begin an order: on a page of the provider, or directly."""
    body = parse_json(call.body)
    strange = [name for name, value in call.query.items() if (name, value) != ("qr", "true")]
    if strange:
        return violations([(strange[0], "is not a parameter of this request, or not with this value")])
    if body.get("mode") != "direct" or call.query:
        return hosted(shop, body, _hosted_rules(body, call), qr=bool(call.query))
    return direct(shop, call, body, direct_kind(body))


def split_purchase(shop: Shop, call: Call, _named: Mapping[str, str]) -> Reply:
    """Begin an order whose money goes to several merchants."""
    body = parse_json(call.body)
    if body.get("mode") != "direct":
        return hosted(shop, body, fields.SPLIT_HOSTED)
    return direct(shop, call, body, of(fields.SPLIT_DIRECT))


def _hosted_rules(body: Body, call: Call) -> Rules:
    if call.query:
        return fields.QR
    return fields.LOOKUP_HOSTED if body.get("method") == "lookup" else fields.HOSTED


def refused(shop: Shop, body: Body, wrong: Wrong) -> Reply | None:
    """Return the error of a request that begins no order, or None."""
    if wrong:
        return violations(wrong)
    if body["currency"] == codes.TEST_CURRENCY and not 1 <= body["amount"] <= 2:  # noqa: PLR2004 test mode takes 1 to 2 XTS
        return violations([("amount", "must be from 1 to 2 in test mode")])
    if body["order_id"] in shop.orders:
        return error(400, "An order with this order_id exists", "P-409")
    return None


def hosted(shop: Shop, body: dict[str, Any], rules: Rules, *, qr: bool = False) -> Reply:
    """Make a payment page; nothing is charged before the payer agrees on it."""
    wrong = violated(body, rules)
    if not wrong and "split" in body and shares_sum(body["split"]) != body["amount"]:
        wrong = [("split", "must add up to the amount")]
    if reply := refused(shop, body, wrong):
        return reply
    order = shop.new_order(body["order_id"], body)
    order.split = shares(body.get("split", []))
    if qr:
        return as_json(200, {"qr_link": shop.page(order, "qr")}, executed=True)
    return Reply(303, b"", {"Location": shop.page(order, "form")}, executed=True)


def direct(shop: Shop, call: Call, body: dict[str, Any], kind: Kind) -> Reply:
    """Charge or pay out at once, unless the payer has to agree first."""
    if reply := refused(shop, body, kind.check(body)):
        return reply
    if body.get("payway") in WALLETS and (
        reply := wallet_refusal(body["payway"], body["cc_token"], shop.world.fresh_id()[:16])
    ):
        return reply
    order = Order(body["order_id"], shop.world.fresh_id())
    paid_with = instrument(shop, body)
    fate = verdict(shop, call, body, kind, paid_with["cc_mask"])
    if fate[0] != "failure" and (question := preflight(shop, call, order.payment_id, body)):
        return Reply(200, question=question)
    shop.orders[order.order_id] = order
    order.split = shares(body.get("split", []))
    more = shown(shop, order, body, fate, paid_with)
    hook = body.get("server_url")
    operation = shop.add(order, body["method"], body["amount"], body["currency"], fate, hook=hook, **more)
    # A wallet's token is echoed, and not kept.
    told = {**operation, **{name: body[name] for name in ("cc_token",) if name in body}}
    return as_json(200, told, executed=fate[0] != "failure")


def instrument(shop: Shop, body: Body) -> dict[str, Any]:
    """Return what is shown of a card, a token or a wallet; without any of them, of the payer's card."""
    if "cc_token" in body and body.get("payway") not in WALLETS:
        return {"cc_mask": shop.tokens.get(body["cc_token"], ""), "cc_token": body["cc_token"]}
    mask = masked(body["cc_number"]) if "cc_number" in body else CARD_OF_A_WALLET
    token = next((token for token, known in shop.tokens.items() if known == mask), None)
    if token is None:
        token = fresh_token(shop.world.chance)
        shop.tokens[token] = mask
    expires = (shop.world.clock.now() + TOKEN_LIFE).replace(tzinfo=None).isoformat(timespec="seconds")
    return {"cc_mask": mask, "cc_token": token, "cc_token_expiration": expires}


def verdict(shop: Shop, call: Call, body: Body, kind: Kind, mask: str) -> Fate:
    """Return what becomes of a direct payment."""
    if call.answer is False:
        return "failure", codes.TURNED_DOWN
    tokens = [body[name] for name in ("cc_token", "recipient_cc_token") if name in body]
    if body.get("payway") not in WALLETS and any(token not in shop.tokens for token in tokens):
        return "failure", codes.NO_TOKEN
    if has_expired(dict(body), shop.world.clock.now()):
        return "failure", codes.EXPIRED_CARD
    if "split" in body and shares_sum(body["split"]) != body["amount"]:
        return "failure", codes.SPLIT_SUM
    fate = shop.fate(body["method"], body["amount"], body["currency"], call)
    if fate[0] != "success" or body["method"] == "credit":
        return fate
    if kind.leaves:
        return "pending", codes.SECURE if body["payway"].startswith("privat") else codes.REDIRECT
    return ("pending", codes.SECURE) if asks_for_secure(body["order_3ds_bypass"], mask) else fate


def preflight(shop: Shop, call: Call, payment_id: str, body: Body) -> Message | None:
    """Return the question that a shop wants to be asked before it is paid, or None when that is done or not wanted."""
    if not shop.world.reaches_out or call.answer is not None or "validation_url" not in body:
        return None
    now = shop.world.stamp()
    names = ("order_id", "pos_id", "mode", "method", "amount", "currency", "payload")
    asked = {
        "payment_id": payment_id,
        **{name: body[name] for name in names if name in body},
        "status": "init",
        "status_code": codes.OPENED,
        "status_description": codes.DESCRIPTIONS[codes.OPENED],
        "created_at": now,
        "processing_time": now,
    }
    return notice(body["validation_url"], asked)


def shown(shop: Shop, order: Order, body: Body, fate: Fate, paid_with: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that an answer to a primary operation has beside the amount and the status."""
    action = fate[0] == "pending" and fate[1] in {codes.SECURE, codes.REDIRECT}
    page = "3ds" if fate[1] == codes.SECURE else "confirm"
    return {
        "mode": body["mode"],
        "gateway_order_id": f"{shop.world.chance.getrandbits(64):016X}:{shop.world.chance.randrange(10**8)}",
        "billing_order_id": str(shop.world.chance.randrange(10**10)),
        "user_action_required": action,
        **({"user_action_url": shop.page(order, page)} if action else {}),
        "eci": "7",
        "mcc": body.get("merchant_mcc", "4900"),
        "options_3ds": body["order_3ds_bypass"],
        **paid_with,
        **{name: body[name] for name in ECHOED if name in body},
        "bank_short_name": "Sandbox Bank",
        **({"split_fee": None} if "split" in body else {}),
        **(_bank_numbers(shop) if "cc_token" in body else {}),
    }


def _bank_numbers(shop: Shop) -> dict[str, str]:
    chance = shop.world.chance
    return {"rnn": f"{chance.randrange(10**12):012}", "authcode": f"{chance.randrange(10**6):06}"}
