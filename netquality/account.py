"""What an export can and cannot tell, in five lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netquality.words import day_text, month_text, plural

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

__all__ = ["five_lines"]

_MESSAGES: Final = ("message between two people", "message in a group")
"""In `coverage`: what messages that count are."""
_LONG_MONTHS: Final = 24
"""Invitations are a rolling window of half a year to a year; a longer one is not remarkable."""
_DAYS_A_MONTH: Final = 30.44
_UNKNOWABLE: Final = (
    "No export knows what you said by mail, on the phone or over dinner, nor whom you are no "
    "longer connected with: silence here is not the end of a friendship."
)


def five_lines(
    *,
    people: pd.DataFrame,
    interactions: pd.DataFrame,
    coverage: pd.DataFrame,
    kinds: Collection[str],
    as_of: pd.Timestamp,
    as_of_source: str,
) -> tuple[str, str, str, str, str]:
    """Say what an export is, what became of its rows, who is told how, and what is missing.

    Parameters
    ----------
    people, interactions, coverage : pandas.DataFrame
        As in `netquality.Network`.
    kinds : collection of str
        Which files were read.
    as_of : pandas.Timestamp
    as_of_source : str

    Returns
    -------
    tuple of str
        Five lines without names.
    """
    return (
        (
            f"As of {day_text(as_of)} ({source_said(as_of_source)}): "
            f"{_what(people, interactions, coverage, kinds)}."
        ),
        _rows(people, coverage),
        _who(people, coverage),
        _absent(interactions, coverage, kinds, as_of),
        _UNKNOWABLE,
    )


def source_said(as_of_source: str) -> str:
    """Return in words what the date of an export comes from.

    Examples
    --------
    >>> source_said("caller"), source_said("newest row")
    ('the date that you gave', 'newest row')
    """
    return as_of_source.replace("caller", "the date that you gave")


def _what(
    people: pd.DataFrame, interactions: pd.DataFrame, coverage: pd.DataFrame, kinds: Collection[str]
) -> str:
    connections = plural(int(people["is_connection"].sum()), "connection")
    said = [connections if "connections" in kinds else "no list of connections"]
    messages = interactions[interactions["kind"] == "message"]
    if "messages" not in kinds:
        said.append("no messages")
    elif messages.empty:
        said.append("a messages file without a message between people")
    else:
        count = int(coverage.loc[coverage["reason"].isin(_MESSAGES), "row_count"].sum())
        first, last = messages["at"].min(), messages["at"].max()
        span = f"from {month_text(first)} to {month_text(last)}"
        said.append(f"{plural(count, 'message')} between people {span}")
    return ", ".join(said)


def _rows(people: pd.DataFrame, coverage: pd.DataFrame) -> str:
    counts = coverage.groupby("outcome")["row_count"].sum()
    used, aside, bad = (int(counts.get(name, 0)) for name in ("used", "set aside", "rejected"))
    opened = coverage[coverage["row_count"].notna() & (coverage["outcome"] != "absent")]
    files = plural(opened["file"].nunique(), "file")
    damage = f"{bad:,} could not be read (`rejects`)" if bad else "none was unreadable"
    dates = people.loc[people["is_connection"], "connected_on"]
    if undated := int(dates.isna().sum()):
        which = plural(undated, "connection has", "connections have")
        which = "no connection has a" if undated == len(dates) else f"{which} no"
        damage += f"; {which} date that can be read"
    return (
        f"Rows in {files}: {used + aside + bad:,}, of which used {used:,}, set aside with a reason "
        f"(`coverage`) {aside:,}; {damage}."
    )


def _who(people: pd.DataFrame, coverage: pd.DataFrame) -> str:
    own = people[people["is_connection"]]
    keyed = int((own["matched_by"] == "profile").sum())
    said = [f"{keyed:,} of {plural(len(own), 'connection')} are told by their profile URL"]
    by_name = len(own) - keyed
    if by_name:
        said.append(f"{by_name:,} by name only (`matched_by`)")
    shared = int(people["is_ambiguous"].sum())
    if shared:
        share = plural(shared, "person shares", "people share")
        said.append(f"{share} a name, and rows that bear only it are given to none of them")
    hidden = coverage.loc[coverage["reason"].str.startswith("hidden member"), "row_count"].sum()
    if hidden:
        rows = plural(int(hidden), "row names", "rows name")
        said.append(f"{rows} nobody: hidden members")
    return "; ".join(said) + "."


def _absent(
    interactions: pd.DataFrame,
    coverage: pd.DataFrame,
    kinds: Collection[str],
    as_of: pd.Timestamp,
) -> str:
    """Say what the most important missing file means, and name the others."""
    said = []
    invited = interactions.loc[interactions["kind"] == "invitation", "at"]
    if "invitations" in kinds and len(invited):
        months = round((as_of - invited.min()).days / _DAYS_A_MONTH)
        if months < _LONG_MONTHS:
            said.append(
                f"Invitations reach back {plural(months, 'month')} only: before that an "
                "invitation's note can't be told from a message for sure."
            )
    absent = coverage[coverage["outcome"] == "absent"]
    first = absent[absent["file"].isin(["Connections.csv", "messages.csv", "Invitations.csv"])]
    said += first["reason"].tolist()
    others = sorted(absent["file"][~absent["file"].isin(first["file"])])
    if others:
        said.append(f"Not in this export: {', '.join(others)}.")
    return " ".join(said) or "Every file that can be used is there."
