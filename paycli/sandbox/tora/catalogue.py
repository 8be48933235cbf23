"""What Tora's sandbox sells: topups, bills of three billers, and lottery tickets. All of it is made up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from paycli.sandbox.shapes import day
from paycli.sandbox.tora.images import barcode, logo, with_check_digit


@dataclass(frozen=True)
class Product:
    """A topup of a fixed price in cents."""

    code: str
    name: str
    cents: int
    ean: str

    def shown(self) -> dict[str, Any]:
        """Return it as the list of products shows it."""
        return {"productCode": self.code, "name": self.name, "barcode": self.ean, "media": [barcode(self.ean)]}


@dataclass(frozen=True)
class ProductProvider:
    """Whose topups these are."""

    code: str
    name: str
    products: tuple[Product, ...]

    def shown(self) -> dict[str, Any]:
        """Return it with its products and its logo."""
        return {
            "providerCode": self.code,
            "providerName": self.name,
            "products": [product.shown() for product in self.products],
            "media": [logo(sum(self.name.encode()))],
        }


@dataclass(frozen=True)
class BillOption:
    """A further value that a biller asks for."""

    key: str
    required: bool
    type: str
    header: str
    message: str

    def problem(self, value: str) -> str | None:
        """Return what is wrong with a value, or None."""
        if self.type == "DATE":
            return day(value)
        return None if value.strip() else "must not be empty"


@dataclass(frozen=True)
class BillProduct:
    """How a bill may be paid; the commission is in cents."""

    code: str
    name: str
    commission: int
    zero: bool = False
    partial: bool = False
    higher: bool = False
    options: tuple[BillOption, ...] = ()

    def shown(self) -> dict[str, Any]:
        """Return it as bill details; the document writes the commission as a string here, and only here."""
        return {
            "productCode": self.code,
            "productName": self.name,
            "commission": str(self.commission),
            "zeroAmountAllowed": self.zero,
            "partialAmountAllowed": self.partial,
            "higherAmountAllowed": self.higher,
            "options": [dict(vars(option)) for option in self.options],
        }


@dataclass
class Bill:
    """One bill: what is due in all, and what was paid of it."""

    code: str
    due: int
    products: Mapping[str, BillProduct]
    paid: int = 0

    @property
    def left(self) -> int:
        """Return what is still due."""
        return max(self.due - self.paid, 0)

    def copy(self) -> "Bill":
        """Return a bill of its own."""
        return replace(self, products=dict(self.products))


@dataclass(frozen=True)
class TicketProduct:
    """A lottery ticket: its draw, and the price of each of its barcodes in cents."""

    code: str
    draw: str
    barcode_cents: int
    barcodes: int = 5

    @property
    def cents(self) -> int:
        """Return the price of the whole ticket."""
        return self.barcode_cents * self.barcodes


def _topup(code: str, name: str, cents: int, number: str) -> Product:
    return Product(code, name, cents, with_check_digit(f"520{number}"))


PROVIDERS = (
    ProductProvider(
        "meltemi",
        "Μελτέμι Κινητή",
        (
            _topup("MEL10", "Μελτέμι 10 ευρώ", 1000, "110000010"),
            _topup("MEL25", "Μελτέμι 25 ευρώ", 2500, "110000025"),
        ),
    ),
    ProductProvider("pelagos", "Πέλαγος", (_topup("PEL5", "Πέλαγος Διαδίκτυο 5 ευρώ", 500, "220000005"),)),
    ProductProvider("safe", "paysafecard", (_topup("PSC50", "paysafecard 50 ευρώ", 5000, "330000050"),)),
)
_WATER = BillProduct(
    "NERO",
    "Ύδρευση Αιγιαλού",
    100,
    partial=True,
    higher=True,
    options=(
        BillOption("due_date", True, "DATE", "Λήξη", "Γράψτε την ημερομηνία που έχει ο λογαριασμός"),
        BillOption("meter", True, "TEXT", "Μετρητής", "Γράψτε τον αριθμό του μετρητή"),
    ),
)
_POWER = BillProduct("REVMA", "Ρεύμα Βορρά", 80)
_PHONE = BillProduct(
    "FONI",
    "Φωνή Τηλεφωνία",
    0,
    zero=True,
    higher=True,
    options=(BillOption("holder", False, "TEXT", "Κάτοχος", "Γράψτε το επώνυμο, αν το γνωρίζετε"),),
)
BILLS = (
    Bill("1000000001", 5000, {_WATER.code: _WATER}),
    Bill("1000000002", 12340, {_POWER.code: _POWER}),
    Bill("1000000003", 2990, {_PHONE.code: _PHONE}),
)
TICKETS = (TicketProduct("LAIKO-K", "ΚΛΑΣΙΚΗ", 200), TicketProduct("LAIKO-E", "ΕΟΡΤΑΣΤΙΚΗ", 400))
