"""What Toman holds: providers of payment terminals, accounts, terminals, payments and reports, made by chance."""

import copy
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from paycli.sandbox.toman.calendar import moment, persian_moment, second

IPG, POS = 0, 1
INITIATE, IN_PROGRESS, SUCCESS, FAILED, EXPIRED = range(5)
PSPS = ("NOVIN", "BEHGAR", "ARYA", "SADAF", "PARS", "آذرخش", "TABAN", "MEHR", "SEPID", "KAVEH", "RAYAN", "NEGIN")
CLOSED_PSP = "RAYAN"
SHOPS = ("کتاب‌فروشی", "نانوایی", "داروخانه", "رستوران", "گل‌فروشی", "فروشگاه")
NAMES = ("آفتاب", "بهار", "دریا", "سپهر", "البرز", "نارنج")
CARD_PREFIXES = ("603799", "610433", "627353", "589463", "502229")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAYMENTS = {IPG: 130, POS: 64}
ACCOUNTS, REPORTS = 23, 24
# The span of the seeded payments; a report about a span of days is expired after a month.
DAYS = 30


@dataclass
class Terminal:
    """A terminal of an account."""

    uuid: str
    terminal_type: int
    account: str
    psp: str
    number: str
    acceptor_code: int
    enabled: bool
    description: str | None
    created_at: datetime
    start_fetch_time: datetime

    def shown(self) -> dict[str, object]:
        """Return the terminal as the document shows it."""
        return {
            "uuid": self.uuid,
            "terminal_type": self.terminal_type,
            "psp_account_uuid": self.account,
            "psp": self.psp,
            "terminal_number": self.number,
            "acceptor_code": self.acceptor_code,
            "enabled": self.enabled,
            "description": self.description,
            "created_at": moment(self.created_at),
            "start_fetch_time": moment(self.start_fetch_time),
        }


@dataclass
class Payment:
    """A payment at a terminal; amounts are whole rials."""

    id: str
    terminal_type: int
    amount: int
    psp: str
    card: str
    number: str
    at: datetime
    status: int

    def __deepcopy__(self, _memo: object) -> "Payment":
        """Return a plain copy: there are hundreds, and nothing in one can change but its fields."""
        return copy.copy(self)

    def shown(self) -> dict[str, object]:
        """Return the payment as the document shows it."""
        return {
            "id": self.id,
            "amount": self.amount,
            "masked_paid_card_number": self.card,
            "terminal_number": self.number,
            "transaction_datetime": second(self.at),
            "status": self.status,
            "psp": self.psp,
        }


@dataclass
class Report:
    """A report about a span of time; its file has a name once it succeeded."""

    uuid: str
    status: int
    start: datetime
    end: datetime
    created_at: datetime
    filename: str | None = None

    def shown(self) -> dict[str, object]:
        """Return the report as the document shows it."""
        return {
            "uuid": self.uuid,
            "status": self.status,
            "report_type": 0,
            "storage_filename": self.filename,
            "start_datetime": moment(self.start),
            "end_datetime": moment(self.end),
            "created_at": moment(self.created_at),
        }


@dataclass
class Books:
    """Everything, in the order in which it was made; ``key`` signs the links to files."""

    chance: random.Random
    opened: datetime
    psps: list[dict[str, object]] = field(default_factory=list)
    accounts: dict[str, dict[str, object]] = field(default_factory=dict)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    payments: list[Payment] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    key: bytes = b""

    def __post_init__(self) -> None:
        self.key = self.chance.randbytes(16)
        self.psps += [{"id": number, "name": name, "enabled": name != CLOSED_PSP} for number, name in enumerate(PSPS)]
        for _ in range(ACCOUNTS):
            self.add_account(self._uuid())
        for number, account in enumerate(list(self.accounts)[:8]):
            self._add_terminal(account, number % 2)
        for kind, count in PAYMENTS.items():
            self._add_payments(kind, count)
        for number in range(REPORTS, 0, -1):
            self._add_past_report(number)

    def add_account(self, uuid: str) -> None:
        """Add an account with a shop's name."""
        name = f"{self.chance.choice(SHOPS)} {self.chance.choice(NAMES)}"
        created = self.opened - timedelta(days=self.chance.randrange(60, 900), seconds=self.chance.randrange(86400))
        psp = self.chance.choice([psp["name"] for psp in self.psps if psp["enabled"]])
        self.accounts[uuid] = {
            "uuid": uuid,
            "name": name,
            "psp": psp,
            "enabled": self.chance.random() < 0.9,  # noqa: PLR2004 most are
            "created_at": moment(created),
        }

    def add_payment(self, terminal: Terminal, at: datetime, *, paid: bool) -> Payment:
        """Add a payment at a terminal, with an amount as they occur: thousands of rials."""
        card = f"{self.chance.choice(CARD_PREFIXES)}******{self.chance.randrange(10000):04}"
        amount = self.chance.randrange(50, 30_000) * 1000 + self.chance.choice((0, 0, 0, 500))
        payment = Payment(
            self._ulid(at), terminal.terminal_type, amount, terminal.psp, card, terminal.number, at, int(paid)
        )
        self.payments.append(payment)
        return payment

    def add_report(self, uuid: str, status: int, start: datetime, end: datetime, created: datetime) -> Report:
        """Add a report."""
        report = self.reports[uuid] = Report(uuid, status, start, end, created)
        if status == SUCCESS:
            self.finish(report)
        return report

    def finish(self, report: Report) -> None:
        """Let a report succeed; its file's name holds spaces and colons, as the provider's do."""
        letters = "".join(self.chance.choices(CROCKFORD.lower() + CROCKFORD[10:], k=10))
        span = f"{persian_moment(report.start)}:{persian_moment(report.end)}"
        report.status, report.filename = SUCCESS, f"Toman_{span}_{letters}.xlsx"

    def _add_terminal(self, account: str, kind: int) -> None:
        created = self.opened - timedelta(days=self.chance.randrange(31, 60))
        number, code = str(self.chance.randrange(10**6, 10**7)), self.chance.randrange(100, 1000)
        psp = str(self.accounts[account]["psp"])
        uuid = self._uuid()
        self.terminals[uuid] = Terminal(uuid, kind, account, psp, number, code, True, None, created, created)

    def _add_payments(self, kind: int, count: int) -> None:
        terminals = [terminal for terminal in self.terminals.values() if terminal.terminal_type == kind]
        for ago in sorted((self.chance.randrange(DAYS * 86400) for _ in range(count)), reverse=True):
            at = self.opened - timedelta(seconds=ago)
            self.add_payment(self.chance.choice(terminals), at, paid=self.chance.random() < 0.85)  # noqa: PLR2004

    def _add_past_report(self, number: int) -> None:
        end = (self.opened - timedelta(days=3 * number - 3)).replace(hour=0, minute=0, second=0, microsecond=0)
        recent = {1: INITIATE, 2: IN_PROGRESS, 5: FAILED}
        status = recent.get(number, SUCCESS if number * 3 <= DAYS else EXPIRED)
        created = end + timedelta(minutes=self.chance.randrange(5, 600)) if number > 1 else self.opened
        self.add_report(self._uuid(), status, end - timedelta(days=20), end, created)

    def _uuid(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def _ulid(self, at: datetime) -> str:
        value = (int(at.timestamp() * 1000) << 80) | self.chance.getrandbits(80)
        return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))
