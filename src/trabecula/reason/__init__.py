"""What follows from a graph; every conclusion carries the statements and evidence behind it."""
