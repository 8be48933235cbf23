"""Questions of the commands above the providers: default No, and no question without a terminal."""

from paycli.errors import RefusedHere
from paycli.profiles.person import ask, present


def confirmed(question: str, *, yes: bool) -> None:
    """Return when the user agrees. Raises RefusedHere when they do not, or when nobody can be asked."""
    if yes:
        return
    if not present():
        raise RefusedHere(f"{question} Nobody can be asked here.", next_step="add --yes")
    if ask(f"{question} [y/N] ").strip().lower() not in {"y", "yes"}:
        raise RefusedHere("You said no; nothing was changed.")
