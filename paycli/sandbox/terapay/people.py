"""Who may do what at TeraPay: permissions over routes, roles that bundle them, and users that hold both."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any


def seal(secret: str) -> str:
    """Return a digest to know a secret again by, without keeping it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass
class Permission:
    """Access to one method of the routes that match a pattern; * stands for anything, {id} for one segment.

    One without a method or a pattern gives access to nothing.
    """

    id: str
    name: str
    method: str | None
    pattern: str | None

    def covers(self, method: str, path: str) -> bool:
        """Return whether it speaks about a request."""
        if self.pattern is None:
            return False
        expression = re.sub(r"\\\{[^/}]*\\\}", "[^/]+", re.escape(self.pattern)).replace(r"\*", ".*")
        return self.method in {"*", method} and re.fullmatch(expression, path, re.IGNORECASE) is not None

    def shown(self) -> dict[str, str | None]:
        """Return it as an answer shows it."""
        return {
            "permissionId": self.id,
            "name": self.name,
            "httpMethod": self.method,
            "routePattern": self.pattern,
        }


@dataclass
class Role:
    """A named set of permissions."""

    id: str
    name: str
    permissions: list[str]

    def shown(self) -> dict[str, Any]:
        """Return it as an answer shows it."""
        return {"roleId": self.id, "name": self.name, "permissionIds": self.permissions}


@dataclass
class User:
    """A person of the portal, a developer, or a program with a key: all of them have roles."""

    id: str
    name: str
    email: str
    roles: list[str]
    password: str | None = None
    reset_token: str | None = None
    overrides: dict[str, bool] = field(default_factory=dict)


@dataclass
class Key:
    """An API key: whose it is, and the digest of its secret."""

    user: str
    secret: str
