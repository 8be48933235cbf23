"""Commands above the providers."""
