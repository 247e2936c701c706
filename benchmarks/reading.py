"""Reading a large export, timed against Arrow's parsing of its messages in the same run.

    python benchmarks/reading.py [DIRECTORY] [--rounds 5]

The export is invented: 30,000 connections and 1,000,000 messages, and one of a tenth of that. Both
are written into the directory (a temporary one by default) unless they are there already. The
reference has the bytes of `messages.csv` in memory and parses them with two threads. Each is called
several times in a row, the first call is left out, and the median of the others counts. Not by
turns: after a whole export was read, the reference finds its memory cold and takes twice as long,
which would flatter us. It is timed again at the end; where the two differ much, something else
was running, and the table is worth nothing. Memory is measured in a new Python each.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.csv as pacsv

import netquality as nq
from netquality.sample import SampleSettings, write_sample

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE = SampleSettings(connections=30_000, messages=1_000_000)
TENTH = SampleSettings(connections=3_000, messages=100_000)
THREADS = 2

# What the process had at most, less what it had at most once everything was loaded. On Linux not by
# `resource`: a process begins with the most that the one which started it ever had.
MEMORY = """
import sys
from pathlib import Path
import netquality as nq

def most():
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

nq.load_sample()
before = most()
network = nq.read_linkedin(sys.argv[1])
print(most() - before)
"""


class Exports(NamedTuple):
    """The same export as a folder and as two ZIPs, and a tenth of it."""

    folder: Path
    stored: Path
    deflated: Path
    tenth: Path

    @property
    def messages(self) -> Path:
        """The file that takes the time."""
        return self.folder / "messages.csv"


class Line(NamedTuple):
    """One row of the table."""

    what: str
    measured: str
    ratio: float
    most: float | None


def exports(home: Path) -> Exports:
    """Write what is not there yet."""
    large, tenth = (_sample(home / name, size) for name, size in (("1", LARGE), ("0.1", TENTH)))
    deflated = home / "deflated" / large.with_suffix(".zip").name
    if not deflated.exists():
        deflated.parent.mkdir(parents=True, exist_ok=True)
        part = deflated.with_suffix(".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(path for path in large.rglob("*") if path.is_file()):
                archive.write(file, file.relative_to(large).as_posix())
        part.replace(deflated)
    return Exports(large, large.with_suffix(".zip"), deflated, tenth)


def _sample(home: Path, settings: SampleSettings) -> Path:
    folder = home / f"Complete_LinkedInDataExport_{settings.as_of:%m-%d-%Y}"
    if not folder.with_suffix(".zip").exists() or not (folder / "messages.csv").exists():
        write_sample(home, settings=settings)
        shutil.rmtree(home / "truth")
    return folder


def reference(messages: Path) -> Callable[[], object]:
    """Return what parses the messages' bytes, and nothing else."""
    data = pa.py_buffer(messages.read_bytes())
    options = pacsv.ParseOptions(newlines_in_values=True)
    return lambda: pacsv.read_csv(pa.BufferReader(data), parse_options=options)


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes, what it returns thrown away in time."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def median(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of calls in a row, after one that warms up."""
    return statistics.median([seconds(call) for _ in range(rounds + 1)][1:])


def growth(path: Path) -> int:
    """Return by how many bytes the memory of a new Python grows at most while it reads."""
    run = [sys.executable, "-c", MEMORY, str(path)]
    return int(subprocess.run(run, capture_output=True, check=True, text=True).stdout)


def compare(made: Exports, rounds: int) -> list[Line]:
    """Time and weigh everything."""
    pa.set_cpu_count(THREADS)
    folders = {"folder": made.folder, "stored": made.stored, "deflated": made.deflated}
    parse, size = reference(made.messages), made.messages.stat().st_size
    base = median(parse, rounds)
    took = {
        name: median(partial(nq.read_linkedin, path), rounds)
        for name, path in {**folders, "tenth": made.tenth}.items()
    }
    again = median(parse, rounds)
    lines = [
        Line(f"Arrow parses {size / 1e6:.0f} MB of messages", f"{base:.2f} s", 1.0, None),
        Line("the same at the end", f"{again:.2f} s", again / base, None),
    ]
    for name, title, most in (
        ("folder", "`read_linkedin`, folder", 6.0),
        ("stored", "`read_linkedin`, ZIP that stores", 8.0),
        ("deflated", "`read_linkedin`, ZIP that packs, as LinkedIn's", 8.0),
    ):
        lines.append(Line(title, f"{took[name]:.2f} s", took[name] / base, most))
    tenfold = took["folder"] / took["tenth"]
    lines.append(Line("ten times the rows, folder", f"{took['tenth']:.2f} s", tenfold, 11.0))
    if os.name == "posix":
        for name, path in folders.items():
            grown = growth(path)
            lines.append(Line(f"memory, {name}", f"{grown / 1e6:.0f} MB", grown / size, 2.5))
    return lines


def table(lines: list[Line]) -> str:
    """Return the table in Markdown."""
    rows = [
        f"| {line.what} | {line.measured} | {line.ratio:.1f} | "
        + (" | |" if line.most is None else f"{line.most:g} | {_reached(line.ratio, line.most)} |")
        for line in lines
    ]
    header = ["| what | measured | ratio | at most | reached |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*header, *rows])


def _reached(ratio: float, most: float) -> str:
    return "yes" if ratio <= most else "no"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", nargs="?", help="where the exports are, or are to be written")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (5)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(compare(exports(Path(chosen.directory or folder)), chosen.rounds)))
    if os.name != "posix":
        print("\nMemory is measured on Linux and macOS only.")


if __name__ == "__main__":
    main()
