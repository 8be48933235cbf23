"""How long paycli takes, beside the programs that people would use instead: ``python -m tests.benchmarks``."""
