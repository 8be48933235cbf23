"""Who asks: profiles from the file, the environment and the built-in sandbox, and where their secrets come from."""
