"""One command line for the people who operate payments at several providers."""

__version__ = "0.1.0"
