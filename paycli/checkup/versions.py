"""Which versions work together here, for a report of a defect."""

import platform
import sqlite3
import ssl

from paycli import __version__
from paycli.checkup.note import OK, Note, Notes

LIBRARIES = ("typer", "httpx", "keyring", "rich", "pyyaml")


def versions() -> Notes:
    """Yield the versions of paycli, Python and the libraries that decide most."""
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {ssl.OPENSSL_VERSION}"
    yield Note("versions", f"paycli {__version__}", OK, f"{python}, {platform.system()} {platform.machine()}")
    yield Note("versions", "libraries", OK, ", ".join(f"{name} {_version(name)}" for name in LIBRARIES))


def _version(name: str) -> str:
    # It takes longer to import than everything else here, and completions import every command.
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
