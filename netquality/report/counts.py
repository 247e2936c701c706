"""A report of counts only: what `netquality.aggregate` lets be said, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.privacy import aggregate
from netquality.words import MONTHS

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["counts_of"]

_PARTS: Final = {
    "status": (
        "Where they stand",
        "Status",
        "Each connection has one status, by what is on record in the messages.",
    ),
    "first year": (
        "Talk within a year of connecting",
        "Within a year",
        "Whether there was a message and an answer within a year of connecting.",
    ),
    "depth": (
        "How deep the written exchange went",
        "Depth",
        "By the days and years with talk, and whether both wrote.",
    ),
    "origin": (
        "How the ties began",
        "Origin",
        "The first that is on file; of most nothing is.",
    ),
    "connected": ("When they were connected", "Year", "By the year in which each was made."),
    "in touch": (
        "In touch at the end of each year",
        "Year",
        "As that day would have been judged then. These are no parts of one whole.",
    ),
}


def counts_of(network: Network, people: pd.DataFrame | None) -> dict[str, Any]:
    """Return everything that such a page shows, by the name it has in the template."""
    table = aggregate(network, people)
    year, month = table.attrs["as_of"].split("-")
    total = table.loc[table["question"] == "connections", "person_count"]
    return {
        "month": f"{MONTHS[int(month) - 1]} {year}",
        "rule": table.attrs["rule"],
        "total": int(total.iloc[0]) if len(total) else 0,
        "parts": [
            _part(name, table[table["question"] == name])
            for name in _PARTS
            if (table["question"] == name).any()
        ],
        "scripts": "",
    }


def _part(name: str, table: pd.DataFrame) -> dict[str, Any]:
    """Return a question and its answers; bars are as long as the largest count allows."""
    heading, column, about = _PARTS[name]
    rows = [
        {
            "answer": row["answer"],
            "count": None if pd.isna(row["person_count"]) else int(row["person_count"]),
            "is_merged": row["is_merged"],
        }
        for row in table.to_dict("records")
    ]
    return {
        "id": name.replace(" ", "-"),
        "heading": heading,
        "column": column,
        "about": about,
        "rows": rows,
        "most": max([row["count"] or 0 for row in rows]),
    }
