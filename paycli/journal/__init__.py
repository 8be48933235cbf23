"""What this machine sent, durably: on disk before the first byte leaves, closed before anything is shown."""
