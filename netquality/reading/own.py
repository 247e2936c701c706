"""The owner's own jobs and schools: text rows in, one typed row per record out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.reading.dates import parse_periods
from netquality.reading.fields import Parsed, column, notes_of, present
from netquality.tables import EDUCATION, POSITIONS, build

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["parse_education", "parse_positions", "parse_profile_name"]


def parse_positions(rows: pd.DataFrame) -> Parsed:
    """Parse `Positions.csv` to `netquality.tables.POSITIONS`, the owner's own jobs.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"company name": "Bake Co", "started on": "Feb 2020", "finished on": ""}
    >>> parse_positions(pd.DataFrame([row], dtype="str")).rows["is_current"].tolist()
    [True]
    """
    ends = rows["finished on"].str.strip()
    started, finished = parse_periods(rows["started on"]), parse_periods(ends, is_end=True)
    table = build(
        POSITIONS,
        {
            "company": present(rows["company name"]),
            "started_on": started.found,
            "finished_on": finished.found,
            "is_current": ends == "",
            "is_month_known": ~rows["started on"].str.strip().str.fullmatch(r"\d{4}"),
        },
    )
    return Parsed(table, notes_of(started.notes, finished.notes))


def parse_education(rows: pd.DataFrame) -> Parsed:
    """Parse `Education.csv` to `netquality.tables.EDUCATION`, the owner's own schools.

    What the owner wrote about them (`Notes`, `Activities`) is not kept.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"school name": "Old Mill", "start date": "2001", "end date": "Jun 2004"}
    >>> parse_education(pd.DataFrame([row], dtype="str")).rows["finished_on"].item()
    Timestamp('2004-06-30 00:00:00')
    """
    started = parse_periods(rows["start date"])
    finished = parse_periods(rows["end date"], is_end=True)
    table = build(
        EDUCATION,
        {
            "school": present(rows["school name"]),
            "degree": present(column(rows, "degree name")),
            "started_on": started.found,
            "finished_on": finished.found,
        },
    )
    return Parsed(table, notes_of(started.notes, finished.notes))


def parse_profile_name(rows: pd.DataFrame) -> str | None:
    """Return the owner's name from `Profile.csv`, or None where the file has no row.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_profile_name(pd.DataFrame({"first name": ["Olga"], "last name": ["Ownerin "]}))
    'Olga Ownerin'
    """
    if rows.empty:
        return None
    parts = (rows["first name"].iloc[0].strip(), rows["last name"].iloc[0].strip())
    return " ".join(part for part in parts if part) or None
