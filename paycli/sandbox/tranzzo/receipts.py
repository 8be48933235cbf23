"""Receipts: of an order as HTML or PDF, of a day as a ZIP of them."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from paycli.sandbox.http import Call, Reply
from paycli.sandbox.tranzzo.answers import Wrong, not_found, violations
from paycli.sandbox.tranzzo.checks import day as checked_day
from paycli.sandbox.tranzzo.orders import Order
from paycli.sandbox.tranzzo.pages import facts, page
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]
TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


def of_order(shop: Shop, call: Call, named: Named) -> Reply:
    """Answer the receipt of an order that was paid."""
    if wrong := _strange(call):
        return violations(wrong)
    order = shop.orders.get(named["order_id"])
    if order is None or not _paid(order):
        return not_found("paid order with this order_id")
    form = call.query["format"]
    return Reply(200, receipt(order, form), {"Content-Type": TYPES[form]})


def of_day(shop: Shop, call: Call, named: Named) -> Reply:
    """Answer the receipts of every order that was paid on a day; the archive is empty when there are none."""
    wrong = _strange(call)
    if problem := checked_day(named["date"]):
        wrong = [*wrong, ("date", problem)]
    if wrong:
        return violations(wrong)
    form = call.query["format"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for order in shop.orders.values():
            if _paid(order) and order.operations[0]["created_at"].startswith(named["date"]):
                archive.writestr(f"receipt-{order.payment_id}.{form}", receipt(order, form))
    return Reply(200, packed.getvalue(), {"Content-Type": "application/zip"})


def _strange(call: Call) -> Wrong:
    if call.query.keys() != {"format"} or call.query["format"] not in TYPES:
        return [("format", "must be html or pdf, and the only parameter")]
    return []


def _paid(order: Order) -> bool:
    return bool(order.primary and order.primary["status"] == "success")


def receipt(order: Order, form: str) -> bytes:
    """Return a receipt in a form."""
    first = order.operations[0]
    told = {
        "Order": order.order_id,
        "Amount": f"{first['amount']} {first['currency']}",
        "Operation": first["method"],
        "Card": first.get("cc_mask", ""),
        "Paid at": first["created_at"],
        "Transaction": first["transaction_id"],
    }
    if form == "html":
        return page("Receipt", facts(told)).body
    return pdf(["Receipt", *(f"{name}: {value}" for name, value in told.items())])


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page; a letter that its built-in font lacks becomes a question mark."""
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    drawn = f"BT /F1 12 Tf 16 TL 60 780 Td\n{shown}ET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(parts) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return bytes(made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))


def _escaped(line: str) -> str:
    plain = "".join(letter if letter.isprintable() else "?" for letter in line)
    return re.sub(r"([\\()])", r"\\\1", plain)
