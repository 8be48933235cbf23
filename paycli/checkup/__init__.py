"""What ``paycli doctor`` looks at: files, profiles, variables, secrets, keyring, network, clock, journal."""
