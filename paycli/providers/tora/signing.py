"""Tora's credentials: HTTP Basic on every request."""

from base64 import b64encode

from paycli.operations.provider import Signature, Unsigned, Values


def sign(_unsigned: Unsigned, values: Values) -> Signature:
    """Return the header that says who asks."""
    user, password = values.get("username", "<username>"), values["password"]
    proof = b64encode(f"{user}:{password}".encode()).decode()
    made = f"Basic $(printf '%s' \"{user}:{password}\" | base64 | tr -d '\\n')"
    return Signature({"Authorization": f"Basic {proof}"}, "", {"Authorization": made})
