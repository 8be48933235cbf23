"""Where paycli keeps its files on this machine."""

import os
from pathlib import Path


def config_directory() -> Path:
    """Return ``$PAYCLI_CONFIG_DIR``, else the platform's directory for configuration."""
    if named := os.environ.get("PAYCLI_CONFIG_DIR"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_config_dir("paycli", appauthor=False))


def state_directory() -> Path:
    """Return ``$PAYCLI_STATE_DIR``, else the platform's directory for state."""
    if named := os.environ.get("PAYCLI_STATE_DIR"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_state_dir("paycli", appauthor=False))


def profiles_file() -> Path:
    """Return the path of profiles.yaml, whether or not it exists."""
    return config_directory() / "profiles.yaml"
