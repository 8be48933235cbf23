"""Years of bad days: seeded histories of commands over a simulated clock, disk, network and machines."""
