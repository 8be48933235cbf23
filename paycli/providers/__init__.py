"""The providers: a package each, with the same file names in each."""
