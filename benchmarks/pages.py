"""Tables that a script makes, in a page that a person writes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).resolve().parent.parent / "docs"
MARKS = ("<!-- {}: begin -->", "<!-- {}: end -->")


def put(name: str, made: str, what: str = "tables") -> str:
    """Return the page of this name with what was made between its marks."""
    begin, end = (mark.format(what) for mark in MARKS)
    before, rest = read(name).split(begin)
    return f"{before}{begin}\n\n{made}\n\n{end}{rest.split(end)[1]}"


def read(name: str) -> str:
    """Return the page of this name."""
    return (DOCS / name).read_text("utf-8")


def print_or_write(name: str, make: Callable[[], str], about: str, what: str = "tables") -> None:
    """Run a script that makes tables: print them, and with --write put them into the page."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{name}")
    write = parser.parse_args().write
    made = make()
    if write:
        (DOCS / name).write_text(put(name, made, what), "utf-8", newline="\n")
    print(made)
