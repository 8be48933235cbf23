"""The names of Tora's own headers."""

TERMINAL_ID = "TORA-Terminal-Id"
IDEMPOTENCY_KEY = "TORA-Idempotency-Key"
