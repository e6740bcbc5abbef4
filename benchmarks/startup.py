"""How long a person waits: whole processes, beside importing the libraries they stand on.

Run: .venv/bin/python benchmarks/startup.py [rounds]

Every round runs each command once, so that a busy machine slows all of them alike; the figures
are medians and ratios to the imports that a script of one's own would begin with.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
BASE = [sys.executable, "-c", "import rdflib, networkx, pyvis, click"]
COMMANDS = {
    "import rdflib, networkx, pyvis, click": BASE,
    "python -c pass": [sys.executable, "-c", "pass"],
    "trabecula --help": ["--help"],
    "trabecula search calcitrol": ["search", "calcitrol"],
    "trabecula show PTH --evidence": ["show", "PTH", "--evidence"],
    "trabecula extract magnesium -k 2 -o part.ttl": ["extract", "magnesium", "-k", "2", "-o", "part.ttl"],
    "trabecula extract magnesium -k 2 -o part.graphml": ["extract", "magnesium", "-k", "2", "-o", "part.graphml"],
    "trabecula query --name contested": ["query", "--name", "contested"],
    "trabecula view -o page.html": ["view", "-o", "page.html"],
}  # fmt: skip


def main(rounds: int) -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds + 1):
            for name, arguments in COMMANDS.items():
                argv = (
                    arguments
                    if arguments[0] == sys.executable
                    else [str(BIN / "trabecula"), *arguments]
                )
                start = time.perf_counter()
                subprocess.run(argv, cwd=folder, check=True, capture_output=True, env=os.environ)
                times[name].append(time.perf_counter() - start)
    base = statistics.median(times["import rdflib, networkx, pyvis, click"][1:])
    print(f"{'median of ' + str(rounds):50}{'seconds':>9}{'ratio':>8}")
    for name, seconds in times.items():  # the first round warms the caches and is left out
        median = statistics.median(seconds[1:])
        print(f"{name:50}{median:9.2f}{median / base:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
