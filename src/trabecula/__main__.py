"""`python -m trabecula`."""

from trabecula.cli import main

main()
