"""Where paycli keeps its files on this machine."""

import os
from collections.abc import Callable
from pathlib import Path

NOWHERE = Path(os.devnull) / "paycli"
"""Where there is no home, as in a container whose user has no name: nothing is there, and nothing can be put there."""


def config_directory() -> Path:
    """Return ``$PAYCLI_CONFIG_DIR``, else the platform's directory for configuration."""
    if named := os.environ.get("PAYCLI_CONFIG_DIR"):
        return _named(named)
    import platformdirs

    return _usual(platformdirs.user_config_dir)


def state_directory() -> Path:
    """Return ``$PAYCLI_STATE_DIR``, else the platform's directory for state."""
    if named := os.environ.get("PAYCLI_STATE_DIR"):
        return _named(named)
    import platformdirs

    return _usual(platformdirs.user_state_dir)


def profiles_file() -> Path:
    """Return the path of profiles.yaml, whether or not it exists."""
    return config_directory() / "profiles.yaml"


def _named(directory: str) -> Path:
    # A variable that no shell expanded, as in a unit of systemd, would make a directory of the name ~.
    return Path(os.path.expanduser(directory))  # noqa: PTH111 Path.expanduser raises where there is no home


def _usual(directory: Callable[..., str]) -> Path:
    try:
        return Path(directory("paycli", appauthor=False))
    except RuntimeError:
        return NOWHERE
