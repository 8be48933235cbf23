"""Toman's errors.

The document shows none of the API's own; these have the form of the framework that its token server and its paging
point to: ``detail``, or a list of sentences per field.
"""

from collections.abc import Mapping

from paycli.sandbox.http import Reply, as_json


def detail(status: int, told: str) -> Reply:
    """Return an error as one sentence."""
    return as_json(status, {"detail": told})


def not_found(told: str = "Not found.") -> Reply:
    """Return that nothing is there."""
    return detail(404, told)


def invalid(wrong: Mapping[str, str]) -> Reply:
    """Return what is wrong, by field."""
    return as_json(400, {name: [told] for name, told in wrong.items()})


def unauthorized(told: str) -> Reply:
    """Return that a token is missing or dead."""
    content = detail(401, told)
    return Reply(401, content.body, {**content.headers, "WWW-Authenticate": 'Bearer realm="api"'})
