"""The first minutes with netquality, timed as ratios to a named reference in the same run.

    python benchmarks/first_minutes.py [--rounds 5]

Seconds differ between machines and days; a ratio to something everybody has differs less. Each
command runs in a new Python, the subject and its reference by turns, and the fastest round of each
counts: what else the machine does can only add time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Race:
    """Something a user waits for, and what it is held against."""

    what: str
    subject: list[str]
    against: str
    reference: list[str]


def python(code: str) -> list[str]:
    """Return a command that runs code in a new interpreter."""
    return [sys.executable, "-c", code]


def netquality(*arguments: str) -> list[str]:
    """Return a command that does what `netquality` does at a terminal."""
    return python(f"import sys; from netquality.cli import main; sys.exit(main({arguments!r}))")


RACES = [
    Race(
        "import netquality", python("import netquality"), "import pandas", python("import pandas")
    ),
    Race(
        "import what reads and judges",
        python("import netquality as nq; nq.read_linkedin; nq.assess; nq.reconnect"),
        "import pandas",
        python("import pandas"),
    ),
    Race("netquality --help", netquality("--help"), "an empty Python", python("pass")),
    Race(
        "netquality report, on the sample",
        netquality("report", "-o", "report.html"),
        "import pandas and matplotlib",
        python("import pandas, matplotlib.pyplot"),
    ),
]


def seconds(command: list[str], folder: str) -> float:
    """Return how long a command takes; one that fails ends the benchmark."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def run(race: Race, rounds: int, folder: str) -> tuple[float, float]:
    """Return the fastest round of the subject and of the reference, after one to warm up."""
    times = [
        (seconds(race.subject, folder), seconds(race.reference, folder)) for _ in range(rounds + 1)
    ]
    subject, reference = zip(*times[1:], strict=True)
    return min(subject), min(reference)


def main() -> None:
    """Run all races and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (5)")
    rounds = parser.parse_args().rounds
    print(f"{'what':34}{'seconds':>9}   {'against':30}{'seconds':>9}{'ratio':>8}{'more':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for race in RACES:
            subject, reference = run(race, rounds, folder)
            print(
                f"{race.what:34}{subject:9.2f}   {race.against:30}{reference:9.2f}"
                f"{subject / reference:7.1f}x{subject - reference:+7.2f}s"
            )


if __name__ == "__main__":
    main()
