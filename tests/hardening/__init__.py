"""The tool as an attacker would judge it."""
