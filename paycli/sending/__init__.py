"""How an operation goes out: one pipeline for every provider command."""
