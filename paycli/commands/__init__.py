"""Declared operations as Typer commands, and the commands above the providers."""
