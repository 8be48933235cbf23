"""The providers that there are, each imported on first use."""

import importlib
from collections.abc import Iterator

from paycli.operations.operation import Operation
from paycli.operations.provider import Provider

PROVIDERS = {
    "tranzzo": "Tranzzo: payments, captures, refunds, payouts, transfers, look-ups",
    "mobilepay": "MobilePay at the till: payments, captures, refunds, terminals, tokens",
    "tora": "Tora: topups, bill payments and e-laiko tickets in Greece",
    "toman": "Toman: payments, reports and terminals of payment service providers in Iran",
    "terapay": "TeraPay: batches, transfers, wallets, clients, portal users, SMS in Sierra Leone",
}


def provider(name: str) -> Provider:
    """Return the provider's declarations; raises KeyError for a name that is not one."""
    if name not in PROVIDERS:
        raise KeyError(name)
    found: Provider = importlib.import_module(f"paycli.providers.{name}").PROVIDER
    return found


def all_operations() -> Iterator[Operation]:
    """Yield every declared operation of every provider."""
    for name in PROVIDERS:
        yield from provider(name).load().values()
