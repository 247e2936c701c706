"""Judging a large network, timed against pandas sorting the same interactions in the same run.

    python benchmarks/assessing.py [DIRECTORY] [--rounds 5]

The export is that of reading.py: 30,000 connections and 1,000,000 messages. The reference sorts
the table of interactions by person and time. Each is called several times in a row, the first call
is left out, and the median of the others counts; the reference is timed at the end again.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from reading import Line, exports, median, table

import netquality as nq


def compare(network: nq.Network, rounds: int) -> list[Line]:
    """Time everything that judges."""
    rows = network.interactions
    sort = partial(rows.sort_values, ["person_id", "at"])
    base = median(sort, rounds)
    lines = [Line(f"pandas sorts {len(rows):,} interactions", f"{base:.2f} s", 1.0, None)]
    for name, call, most in (
        ("`assess`", partial(nq.assess, network), 2.0),
        ("`contact_chance` alone", partial(nq.contact_chance, rows, network.as_of), None),
        ("`backtest`, eight half-years", partial(nq.backtest, network), None),
        ("`sensitivity`, sixteen definitions", partial(nq.sensitivity, network), None),
        ("`status_over_time`, months of twelve years", partial(nq.status_over_time, network), None),
    ):
        took = median(call, rounds)
        lines.append(Line(name, f"{took:.2f} s", took / base, most))
    again = median(sort, rounds)
    lines.append(Line("pandas sorts again at the end", f"{again:.2f} s", again / base, None))
    return lines


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", nargs="?", help="where the exports are, or are to be written")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (5)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        network = nq.read_linkedin(exports(Path(chosen.directory or folder)).folder)
    print(table(compare(network, chosen.rounds)))


if __name__ == "__main__":
    main()
