"""Answers as they are printed: for a spreadsheet, for a script, on a terminal."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, Final

from netquality.words import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["JSON_VERSION", "bold", "put_json", "put_table", "put_text"]

JSON_VERSION: Final = 1
"""Of what `--format json` prints; one more when a key comes to mean something else."""


def put_table(table: pd.DataFrame, form: str, kind: str = "table") -> None:
    """Print a table for a spreadsheet or a script."""
    from netquality.tablefiles.sheet import csv_of

    if form == "csv":
        put_text(csv_of(table))
    else:
        put_json(kind, {"rows": table})


def put_json(kind: str, facts: Mapping[str, object]) -> None:
    """Print facts for a script: keys in one order, dates as ISO 8601, null for what is missing."""
    made = {"kind": kind, "schema_version": JSON_VERSION, **facts}
    put_text(json.dumps(made, indent=2, ensure_ascii=False, default=_plain) + "\n")


def put_text(text: str) -> None:
    """Write a text for a program: UTF-8 and its own line ends, whatever the console is set to."""
    out = sys.stdout
    if out.isatty() or not hasattr(out, "buffer"):
        out.write("\n".join(printable(line) for line in text.splitlines()) + "\n")
        return
    out.flush()
    out.buffer.write(text.encode("utf-8", "replace"))


def _plain(value: Any) -> Any:
    """Return what JSON has no word for in words that it has."""
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        cells = value.astype(object).where(value.notna(), None)
        return [dict(zip(cells, row, strict=True)) for row in cells.itertuples(index=False)]
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        is_day = value.tzinfo is None and value == value.normalize()
        return value.date().isoformat() if is_day else value.isoformat()
    return value.item() if hasattr(value, "item") else str(value)


def bold(text: str) -> str:
    """Return a text that stands out on a terminal, and as it is everywhere else."""
    is_plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.name == "nt"
    text = printable(text)
    return text if is_plain else f"\x1b[1m{text}\x1b[0m"
