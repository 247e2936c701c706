"""Everybody in the report: one table to search and to sort, whose rows a script makes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from netquality import framed
from netquality.report.texts import short
from netquality.status import LABELS, STATUSES

__all__ = ["Roll", "roll_of"]

SCHEMA_VERSION: Final = 1
_OUTSIDE: Final = ", not connected"
_DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Roll:
    """What the page shows of everybody who has a status.

    Attributes
    ----------
    count : int
        How many there are.
    hidden_count : int
        How many are left out by the owner's own word.
    data : Markup
        The table, as JSON that can stand in a page.
    code : Markup
        The script that shows it.
    script : str
        What the page's policy must allow for it.
    named : frozenset of str
        Whom it names, by `person_id`.
    """

    count: int
    hidden_count: int
    data: Markup
    code: Markup
    script: str
    named: frozenset[str]


def roll_of(people: pd.DataFrame) -> Roll | None:
    """Return everybody with a status, those in touch first; None where there is nobody."""
    there = people[people["status"].notna()]
    is_hidden = there["is_hidden"].fillna(value=False).astype(bool)
    some = there[~is_hidden]
    if some.empty:
        return None
    place = some["status"].map({status: rank for rank, status in enumerate(STATUSES)})
    some = some.assign(place=place).sort_values(
        ["place", "last_talk_at", "mutual_contact_days", "person_id"],
        ascending=[True, False, False, True],
        kind="stable",
    )
    # both are ours: the data holds no letter that could end its element, and the script is a file
    code = files("netquality.report").joinpath("roll.js").read_text("utf-8")
    return Roll(
        count=len(some),
        hidden_count=int(is_hidden.sum()),
        data=Markup(framed.as_json(_payload(some))),  # noqa: S704
        code=Markup(code),  # noqa: S704
        script=framed.hash_of(code),
        named=frozenset(some["person_id"]),
    )


def _payload(some: pd.DataFrame) -> dict[str, Any]:
    """Return the columns; what many share stands once, and each row has its number (-1: none)."""
    company, companies = _once(some["company"].map(short, na_action="ignore"))
    reason, reasons = _once(some["status_reason"])
    shown = pd.Series(
        [
            said if said.startswith(label) else f"{said} (counted as {label})"
            for said, label in zip(some["status_shown"], some["status"].map(LABELS), strict=True)
        ],
        index=some.index,
        dtype="str",
    )
    shown = shown.where(some["is_connection"], shown + _OUTSIDE)
    statuses = sorted(set(shown), key=lambda text: (_place(text), text))
    status = shown.map({text: number for number, text in enumerate(statuses)}).tolist()
    days = (some["last_talk_at"].dt.tz_localize(None).dt.normalize() - pd.Timestamp(0)) // _DAY
    return {
        "schema_version": SCHEMA_VERSION,
        "name": [framed.showable(short(text)) for text in some["name"].fillna(some["person_id"])],
        "company": company,
        "companies": companies,
        "status": status,
        "statuses": [framed.showable(text) for text in statuses],
        "tones": [STATUSES[_place(text)].replace("_", "-") for text in statuses],
        "talk": _numbers(days),
        "mutual": _numbers(some["mutual_contact_days"]),
        "reason": reason,
        "reasons": reasons,
    }


def _place(shown: str) -> int:
    """Return the place among the statuses of what is shown, the owner's own word included."""
    return next(rank for rank, status in enumerate(STATUSES) if shown.startswith(LABELS[status]))


def _once(column: pd.Series) -> tuple[list[int], list[str]]:
    """Return the number of each text, in the order in which they come, and the texts."""
    codes, values = pd.factorize(column)
    return codes.tolist(), [framed.showable(text) for text in values]


def _numbers(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in column]
