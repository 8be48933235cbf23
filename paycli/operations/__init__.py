"""What can be asked of a provider, as declarations without I/O."""
