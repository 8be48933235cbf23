"""The tool as an attacker, and as an accident, would use it."""
