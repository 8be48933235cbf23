"""What is shown: data on standard output, everything else on standard error."""
