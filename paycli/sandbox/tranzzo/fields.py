"""The request fields of Tranzzo's payments: which are there, which are required, what they may hold."""

from paycli.sandbox.tranzzo.cards import payer_card, recipient_card
from paycli.sandbox.tranzzo.checks import (
    Rules,
    amount,
    array,
    currency,
    day,
    ip,
    number,
    optional,
    pattern,
    required,
    table,
    text,
    url,
    uuid,
    whole,
    word,
)

PRODUCT: Rules = {
    **optional(["id", "url", "category", "name", "description"], text(2048)),
    **optional(["amount", "vat", "qty"], number),
    "currency": (False, currency),
    "price_type": (False, word("VAT", "NET")),
    "payload": (False, text(4000)),
}
FINGERPRINT = table(
    optional(
        [
            "browserColorDepth",
            "browserScreenHeight",
            "browserScreenWidth",
            "browserJavaEnabled",
            "browserLanguage",
            "browserTimeZone",
            "browserTimeZoneOffset",
            "browserAcceptHeader",
            "browserIpAddress",
            "browserUserAgent",
        ],
        text(2048),
    )
)
CUSTOMER: Rules = {
    **optional(["customer_id", "customer_fname", "customer_lname", "customer_email"], text(256)),
    **optional(["customer_phone", "customer_country"], text(64)),
    "customer_ip": (False, ip),
}
PAYMENT: Rules = {
    "pos_id": (True, uuid),
    "mode": (True, word("direct")),
    "method": (True, word("auth", "purchase")),
    "amount": (True, amount),
    "currency": (True, currency),
    "description": (True, text(2048)),
    "order_id": (True, text(256)),
    "order_3ds_bypass": (True, word("supported", "always", "never")),
    **CUSTOMER,
    **optional(["server_url", "result_url", "validation_url"], url),
    "merchant_mcc": (False, text(5)),
    "payload": (False, text(4000)),
}
PRODUCTS: Rules = {"products": (False, array(PRODUCT))}
QR: Rules = {**PAYMENT, **PRODUCTS, "mode": (True, word("hosted")), "customer_lang": (False, text(16))}
HOSTED: Rules = {
    **QR,
    "payway": (False, word("applepay")),
    "equivalent_amount": (False, amount),
    "equivalent_currency": (False, currency),
}
CARD: Rules = {
    "cc_number": (True, payer_card),
    "exp_month": (True, whole(1, 12)),
    "exp_year": (True, whole(0, 99)),
    "card_cvv": (True, pattern("[0-9]{3}", "must be three digits")),
}
BROWSER: Rules = {"browser_fingerprint": (False, FINGERPRINT), "customer_referrer": (False, url)}
CRYPTOGRAM: Rules = {"type": (True, word("applepay", "gpay")), **required(["cryptogram", "eci"], text(1024))}
DIRECT: Rules = {**PAYMENT, **PRODUCTS, **CARD, **BROWSER}
# A decrypted wallet has a card number and no CVV.
DECRYPTED: Rules = {
    **DIRECT,
    "card_cvv": (False, CARD["card_cvv"][1]),
    "cryptogram": (True, table(CRYPTOGRAM)),
}
TOKEN: Rules = {**PAYMENT, **PRODUCTS, **BROWSER, "cc_token": (True, text(255))}
PRIVAT24: Rules = {**PAYMENT, **PRODUCTS, "payway": (True, word("privat24"))}
WALLET: Rules = {**TOKEN, "cc_token": (True, text(65536)), "payway": (True, word("applepay", "gpay"))}
MVISA: Rules = {
    **DIRECT,
    **{name: (False, check) for name, (_, check) in CARD.items()},
    "cc_token": (False, text(255)),
    "payway": (True, word("mvisa")),
    "properties": (True, table({"mvisa_qr": (True, pattern("000201[ -~]{1,506}", "must be a raw QR code"))})),
}


def parts(value: object) -> str | None:
    """Check a number of parts; the document's table has a string, its example a number."""
    told = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    fits = told.isascii() and told.isdigit() and len(told) <= 2 and 1 < int(told) <= 25  # noqa: PLR2004 the document's bounds
    return None if fits else "must be from 2 to 25"


PAYPARTS: Rules = {
    **PRIVAT24,
    "payway": (True, word("privat_payparts")),
    "currency": (True, word("UAH")),
    "amount": (True, lambda value: amount(value) or (None if value > 300 else "must be above 300 UAH")),  # noqa: PLR2004 the document's bound
    "properties": (True, table({"parts_count": (True, parts)})),
}
_TRANSFER: Rules = {
    **PAYMENT,
    "method": (True, word("p2p")),
    "external_fee": (False, number),
    "browser_fingerprint": (False, FINGERPRINT),
}
P2P_CARD: Rules = {**_TRANSFER, **CARD, "recipient_cc_number": (True, recipient_card)}
P2P_TOKEN: Rules = {
    **_TRANSFER,
    "cc_token": (True, text(255)),
    "recipient_cc_token": (False, text(255)),
    "recipient_cc_number": (False, recipient_card),
}
LOOKUP: Rules = {**PAYMENT, **PRODUCTS, **CARD, "method": (True, word("lookup"))}
LOOKUP_HOSTED: Rules = {
    **PAYMENT,
    **PRODUCTS,
    "mode": (True, word("hosted")),
    "method": (True, word("lookup")),
    "customer_lang": (False, text(16)),
}
RECIPIENT: Rules = {
    **optional(
        [
            "recipient_first_name",
            "recipient_middle_name",
            "recipient_last_name",
            "recipient_doc_number",
            "recipient_doc_issued_by",
            "recipient_phone",
            "recipient_birth_place",
            "recipient_country",
            "recipient_city",
            "recipient_address",
            "recipient_postcode",
            "wallet_number",
        ],
        text(1024),
    ),
    **optional(["recipient_doc_issue_date", "recipient_birth_date"], day),
}
_CREDIT: Rules = {
    **PAYMENT,
    "method": (True, word("credit")),
    "customer_city": (False, text(256)),
    "customer_birthday": (False, day),
    "properties": (False, table(RECIPIENT)),
}
CREDIT_CARD: Rules = {**_CREDIT, "cc_number": (True, recipient_card)}
CREDIT_TOKEN: Rules = {**_CREDIT, "cc_token": (True, text(255))}
SPLIT: Rules = {"split": (True, array({"amount": (True, amount), "sub_merchant_id": (True, uuid)}, filled=True))}
SPLIT_HOSTED: Rules = {**QR, **SPLIT}
SPLIT_DIRECT: Rules = {**PAYMENT, **PRODUCTS, **CARD, **SPLIT, "browser_fingerprint": (False, FINGERPRINT)}
_SECONDARY: Rules = {
    "pos_id": (True, uuid),
    "order_id": (True, text(32)),
    "order_currency": (True, currency),
    "comment": (False, text(2048)),
    "server_url": (False, url),
}
CAPTURE: Rules = {**_SECONDARY, "charge_amount": (False, amount)}
VOID: Rules = _SECONDARY
REFUND: Rules = {**_SECONDARY, "refund_amount": (False, amount)}
_P2P_CREDIT: Rules = {**_SECONDARY, "credit_amount": (False, amount), "description": (False, text(2048))}
P2P_CREDIT_CARD: Rules = {**_P2P_CREDIT, "cc_number": (True, recipient_card)}
P2P_CREDIT_TOKEN: Rules = {**_P2P_CREDIT, "cc_token": (True, text(255))}
SPLIT_CAPTURE: Rules = {**_SECONDARY, **SPLIT, "charge_amount": (True, amount)}
SPLIT_REFUND: Rules = {**_SECONDARY, **SPLIT, "refund_amount": (True, amount)}
# A newer page than the document lists these without pos_id, which stands in the path.
RECURRING_REFUND: Rules = {
    **{name: rule for name, rule in REFUND.items() if name != "order_id"},
    "pos_id": (False, uuid),
}
