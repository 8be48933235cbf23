"""Errors in the shapes of Tranzzo's document."""

from paycli.sandbox.http import Reply, as_json

Wrong = list[tuple[str, str]]


def error(status: int, message: str, code: str) -> Reply:
    """Return an error in the document's shape for one code."""
    return as_json(status, {"message": message, "args": {"code": code}})


def violations(wrong: Wrong) -> Reply:
    """Return an error in the shape for several fields."""
    arguments = [{"field_name": name, "violation": violation} for name, violation in wrong]
    return as_json(400, {"message": "The request is not valid", "args": arguments})


def not_found(what: str) -> Reply:
    """Return the error for something that is not there."""
    return error(404, f"No {what} is found", "P-404")
