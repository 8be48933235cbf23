"""The panel before real money moves, and the question below it: default No; above a limit the amount is typed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from paycli.errors import RefusedHere, UsageProblem
from paycli.operations.money import parse_amount
from paycli.operations.operation import Effect
from paycli.output.visible import one_line
from paycli.profiles.person import ask, present
from paycli.sending.terms import Panel

NOTHING = "Nothing was sent."


def confirm_panel(panel: Panel, say: Callable[[str], None], *, yes: bool) -> None:
    """Return when the change may go out; a live profile asks where money moves or nothing can be taken back.

    Raises RefusedHere when the answer is no, or when nobody can be asked and ``yes`` was not given.
    """
    if not panel.profile.live or not (_moves_money(panel) or panel.operation.irrevocable):
        return
    for line in lines(panel):
        say(line)
    if yes:
        return
    if not present():
        raise RefusedHere("A live change needs someone to confirm it.", next_step="add --yes", money=NOTHING)
    if not _agreed(panel):
        raise RefusedHere("You said no.", money=NOTHING)


def lines(panel: Panel) -> list[str]:
    """Return what will happen, to what, how much, and what is left after."""
    money = panel.weighed.money or panel.identity.money
    whole = "all of it" if panel.operation.retry.settled_by else "as the provider prices it"
    how_much = [f"  how much {money or whole}"] if _moves_money(panel) else ["  it cannot be taken back"]
    told = [
        f"  {panel.operation.summary}",
        f"  what     {panel.operation.name} {one_line(panel.identity.named or panel.identity.target)}",
        *how_much,
        f"  where    {panel.profile.name}, LIVE, {urlsplit(panel.host).netloc}",
    ]
    told += [f"  so far   {one_line(line)}" for line in panel.weighed.lines]
    if panel.weighed.after:
        told.append(f"  after    {panel.weighed.after} left")
    return told


def _moves_money(panel: Panel) -> bool:
    return panel.operation.effect is Effect.MOVES_MONEY


def _agreed(panel: Panel) -> bool:
    money = panel.weighed.money or panel.identity.money
    above = panel.limit_of_yes if _moves_money(panel) else None
    if above is not None and (money is None or money.amount > above):
        if money is None:
            raise UsageProblem(
                "How much this moves cannot be told; confirm_above wants it typed.",
                next_step="type --amount instead of --all, or add --yes",
                money="Nothing was sent.",
            )
        typed = ask(f"Type the amount, {money.currency} without the currency, to go on: ").strip()
        try:
            return parse_amount(typed) == money.amount
        except ValueError:
            return False
    return ask("Go on? [y/N] ").strip().lower() in {"y", "yes"}
